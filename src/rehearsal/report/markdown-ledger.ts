// The ledger in the Markdown report: of each seller how its books came out, and where they differ.
import { table, text } from './markdown-text.ts';
import {
  DIFFERENCE_COLUMNS,
  differenceRow,
  type LastReconciliation,
  lastOfEach,
  MAX_SHOWN,
  NOBODY_RECONCILED,
  reconciledWords,
  whoseWords,
} from './reconciled.ts';
import type { Report } from './report.ts';

export function ledgerLines({ reconciliations, startedAt }: Report): string[] {
  if (reconciliations.length === 0) return [text(NOBODY_RECONCILED)];
  return lastOfEach(reconciliations).flatMap((last, index) => [
    ...(index === 0 ? [] : ['']),
    ...reconciledLines(last, startedAt),
  ]);
}

function reconciledLines({ earlier, ...last }: LastReconciliation, startedAt: number): string[] {
  const { client, differences, count } = last;
  const shown = differences.slice(0, MAX_SHOWN);
  const more = count - shown.length;
  return [
    `- **${text(whoseWords(client))}**, ${text(reconciledWords(last, startedAt))}`,
    ...earlier.map((one) => `  - before, ${text(reconciledWords(one, startedAt))}`),
    ...(shown.length > 0 ? ['', ...table(DIFFERENCE_COLUMNS, shown.map(differenceRow))] : []),
    ...(more > 0 ? ['', `And ${more} more.`] : []),
  ];
}
