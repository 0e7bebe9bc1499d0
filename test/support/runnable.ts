// Which blocks of a page are run: all shell commands but those that a list names with the reason.
import { NOT_RUN, type NotRun } from './not-run.ts';
import { type Block, blocksOf, type Page } from './pages.ts';

const isShell = ({ language }: Block): boolean => language === 'sh';

export const runnable = (page: Page): Block[] =>
  blocksOf(page).filter((block) => isShell(block) && !whyNotRun(page, block));

export const whyNotRun = ({ path }: Page, { text }: Block): NotRun | undefined =>
  NOT_RUN.find(({ page, begins }) => page === path && text.startsWith(begins));

/** Entries of the list that no block is any more. */
export function strayReasons(pages: readonly Page[]): NotRun[] {
  const used = new Set(
    pages.flatMap((page) =>
      blocksOf(page)
        .filter(isShell)
        .map((block) => whyNotRun(page, block)),
    ),
  );
  return NOT_RUN.filter((entry) => !used.has(entry));
}
