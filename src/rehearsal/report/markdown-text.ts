// Tables, fences and words in Markdown, of words that others wrote and that must stay words.

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => text(cell) || ' ').join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)];
}

/** In a fence longer than any within. */
export function fenced(yaml: string): string[] {
  const longest = (yaml.match(/`{3,}/g) ?? []).reduce((max, run) => Math.max(max, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return [`${fence}yaml`, yaml.trimEnd(), fence];
}

/** Words of others stay words: no markup, no HTML, no new line. */
export const text = (words: string): string =>
  words.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|~]/g, (mark) => `\\${mark}`);

export const code = (words: string): string => `\`${words.replace(/[`\s|]+/g, ' ')}\``;
