// Prints plain tables, and beside each goal whether it was met.

export const say = (text = ''): void => {
  process.stdout.write(`${text}\n`);
};

/** The first column to the left, numbers to the right. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((_name, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  for (const row of [head, ...rows]) {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    say(`  ${cells.join('  ')}`.trimEnd());
  }
  say();
}

export interface Goal {
  readonly what: string;
  readonly value: number;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly digits: number;
  readonly unit?: string;
  /** All values measured, for the span. */
  readonly of?: readonly number[];
}

const met = ({ value, atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY }: Goal): boolean =>
  value >= atLeast && value <= atMost;

const goalText = ({ atLeast, atMost, unit = '' }: Goal): string =>
  [
    ...(atLeast === undefined ? [] : [`at least ${atLeast}${unit}`]),
    ...(atMost === undefined ? [] : [`at most ${atMost}${unit}`]),
  ].join(', ') || '-';

export function printGoals(goals: readonly Goal[]): void {
  const rows = goals.map((goal) => {
    const { what, value, digits, unit = '', of = [] } = goal;
    const span = of.length > 1 ? `${Math.min(...of).toFixed(digits)} to ${Math.max(...of).toFixed(digits)}` : '';
    const text = goalText(goal);
    return [what, `${value.toFixed(digits)}${unit}`, span, text, text === '-' ? '' : met(goal) ? 'met' : 'missed'];
  });
  printTable(['', 'measured', 'span', 'goal', ''], rows);
}

export const whole = (value: number): string => Math.round(value).toLocaleString('en');
export const ms = (value: number): string => value.toFixed(2);
