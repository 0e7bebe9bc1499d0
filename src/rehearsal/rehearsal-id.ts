// The id of a rehearsal: when it began, as somebody would look for it, and some digits of chance.

/** As `r-20261126-085530-3fa91c02`, in UTC. */
export function rehearsalId(now: number, randomHex: string): string {
  const stamp = new Date(now)
    .toISOString()
    .replaceAll(/[-:]|\.\d+Z/g, '')
    .replace('T', '-');
  return `r-${stamp}-${randomHex}`;
}
