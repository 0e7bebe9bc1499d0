// A count with its noun: `1 rule`, `2 rules`.

export const counted = (count: number | bigint, noun: string): string =>
  `${count} ${noun}${Number(count) === 1 ? '' : 's'}`;
