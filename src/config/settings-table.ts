// The reference of settings as a Markdown table.
import { settings } from './settings.ts';

export function settingsMarkdown(): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  const rows = settings.map(
    ({ variable, flag, placeholder, shownDefault, fallback, help }) =>
      `| \`${variable}\` | ${flag ? `\`${flag}${placeholder ? ` ${cell(placeholder)}` : ''}\`` : ''} | ${fallback === undefined ? cell(shownDefault) : `\`${fallback}\``} | ${cell(help)} |`,
  );
  return ['| variable | flag | default | what |', '|---|---|---|---|', ...rows, ''].join('\n');
}
