// Mistakes by the line they are on.
export interface LineMark {
  readonly line?: number | undefined;
  readonly path: string;
  readonly message: string;
}

export function byLine(marks: readonly LineMark[]): ReadonlyMap<number, readonly LineMark[]> {
  const lines = new Map<number, LineMark[]>();
  for (const mark of marks) if (mark.line !== undefined) lines.set(mark.line, [...(lines.get(mark.line) ?? []), mark]);
  return lines;
}

export const wordsOfMark = ({ path, message }: LineMark): string => (path === '' ? message : `${path}: ${message}`);
