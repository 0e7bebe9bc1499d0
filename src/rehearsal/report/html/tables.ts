// The tables of the page as columns and rows of words.
import type { Comparison } from '../comparison.ts';
import {
  DIFFERENCE_COLUMNS,
  differenceRow,
  lastOfEach,
  MAX_SHOWN,
  reconciledWords,
  whoseWords,
} from '../reconciled.ts';
import type { Report } from '../report.ts';
import { summaries } from '../summary.ts';
import { changeWords, figureWords, lengthWords, roundWords, shortWords } from '../words.ts';

export interface Table {
  readonly label: string;
  /** `n`: figures, at the right. */
  readonly columns: readonly { readonly head: string; readonly kind: '' | 'n' }[];
  readonly rows: readonly (readonly string[])[];
}

const words = (head: string) => ({ head, kind: '' as const });
const figures = (...heads: string[]) => heads.map((head) => ({ head, kind: 'n' as const }));

export const phaseTable = (report: Report): Table => ({
  label: 'Figures of each phase',
  columns: [
    words('Phase'),
    ...figures('Length', 'Offered/s', 'Answered/s', 'Goodput/s', 'Held', 'Open', 'p50', 'p95', 'p99'),
  ],
  rows: summaries(report).map(({ name, from, to, offered, answered, goodput, held, open, p50Ms, p95Ms, p99Ms }) => [
    ...[name, lengthWords(to - from), ...[offered, answered, goodput, held, open].map(roundWords)],
    ...[p50Ms, p95Ms, p99Ms].map((ms) => figureWords(ms, 'ms')),
  ]),
});

export const salesTable = ({ sales }: Report): Table => ({
  label: 'What was sold, by client',
  columns: [words('Client'), ...figures('Reserved', 'Ordered', 'Completed', 'Seats', 'Canceled', 'Refunded', 'Lapsed')],
  rows: sales.map((one) => [
    one.client,
    ...[one.reserved, one.ordered, one.completed, one.seatsSold, one.canceled, one.refunded, one.lapsed].map(String),
  ]),
});

export const wrongSales = ({ sales }: Report): string[] =>
  sales.flatMap(({ client, paidWithoutTicket, soldTwice }) => [
    ...paidWithoutTicket.map((id) => `${client}: order ${id} is paid, and has no ticket`),
    ...soldTwice.map((reference) => `${client}: more than one order of the reference ${reference} has tickets`),
  ]);

/** Of each seller the last one, those before it in words. */
export const reconciledTables = ({ reconciliations, startedAt }: Report): object[] =>
  lastOfEach(reconciliations).map(({ earlier, ...last }) => {
    const { client, agree, differences, count } = last;
    const shown = differences.slice(0, MAX_SHOWN);
    return {
      ...{ whose: whoseWords(client), agree, says: reconciledWords(last, startedAt) },
      before: earlier.map((one) => reconciledWords(one, startedAt)),
      table: {
        label: `Where the books of ${whoseWords(client)} differ`,
        columns: DIFFERENCE_COLUMNS.map(words),
        rows: shown.map(differenceRow),
      } satisfies Table,
      more: count - shown.length,
    };
  });

const CHANGE_SIGNS: Readonly<Record<string, string>> = { better: '▲ ', worse: '▼ ' };

export const changeTable = ({ rows }: Comparison): Table => ({
  label: 'Figure by figure',
  columns: [words('Figure'), words('Client'), ...figures('Before', 'Now'), words('Change')],
  rows: rows.map(({ client, metric, unit, before, now, change }) => [
    ...[metric, client, shortWords(before, unit), shortWords(now, unit)],
    `${CHANGE_SIGNS[change] ?? ''}${changeWords(change)}`,
  ]),
});
