// The pages for people, README, CONTRIBUTING, docs/ and the example's, taken apart into their fenced blocks and their links.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './shipped.ts';

export interface Page {
  /** From the project's root. */
  readonly path: string;
  readonly text: string;
}

/** A fenced block. */
export interface Block {
  readonly language: string;
  readonly text: string;
  readonly line: number;
  /** Of commands: the `text` block right behind it, which is what they print. */
  readonly prints: string | undefined;
}

export function pages(): Page[] {
  const docs = readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`);
  const paths = ['README.md', 'CONTRIBUTING.md', ...docs, 'examples/shop/README.md'];
  return paths
    .filter((path) => path.endsWith('.md') && existsSync(join(ROOT, path)))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

export function page(path: string): Page {
  const found = pages().find((one) => one.path === path);
  if (!found) throw new Error(`there is no page ${path}`);
  return found;
}

const FENCED = /^```(\w*)\n([\s\S]*?)^```$/gm;
const PRINTS = /^\n\n```text\n([\s\S]*?)^```$/m;

export function blocksOf({ text }: Page): Block[] {
  return [...text.matchAll(FENCED)].map(({ index, 0: whole, 1: language = '', 2: inside = '' }) => {
    const behind = text.slice(index + whole.length);
    const printed = PRINTS.exec(behind);
    return {
      language,
      text: inside,
      line: text.slice(0, index).split('\n').length,
      prints: printed?.index === 0 ? printed[1] : undefined,
    };
  });
}

/** The same without its fenced blocks. */
export const proseOf = ({ text }: Page): string => text.replace(FENCED, '');

/** What stands between backticks in the prose. */
export const codeOf = (one: Page): string[] => [...proseOf(one).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
