// Evidence for tests, in virtual time: ordinary attempts and happenings, of which a test names only what it is about.
import type { Happening } from '../../src/journal/entry.ts';
import { caseOf } from '../../src/scorecard/case.ts';
import type { Criterion, Finding } from '../../src/scorecard/criterion.ts';
import type { Attempt, Delivery, Evidence, Happened } from '../../src/scorecard/evidence.ts';
import { evidenceOf as attemptsAlone, attempt as plain } from './virtual-client.ts';

const READS = ['listSessions', 'getSession', 'getSeatMap', 'getReservation', 'getOrder', 'findOrders', 'getHealth'];
const methodOf = (operation: string): string =>
  READS.includes(operation) ? 'GET' : operation === 'releaseReservation' ? 'DELETE' : 'POST';

/** How long an ordinary request takes, and after how long its work is done, in milliseconds. */
export const TOOK_MS = 20;
export const WORK_MS = 10;

/** `tookMs`: from its arrival to its end. One that has not `ended` as `answered` had no answer. */
export type AttemptParts = Partial<Attempt> & { readonly tookMs?: number };

/** One that was answered as it should be, unless told otherwise; its id says its operation and its time. */
export function attempt(at: number, { tookMs = TOOK_MS, ...about }: AttemptParts = {}): Attempt {
  const { operation = 'listSessions', ended = 'answered' } = about;
  const method = about.method ?? methodOf(operation);
  const isAnswered = ended === 'answered';
  return plain({
    requestId: `${operation}@${at}`,
    ...{ at, ended, operation, method, endedAt: ended === null ? null : at + tookMs },
    firstByteAt: isAnswered ? at + tookMs : null,
    workedAt: at + Math.min(WORK_MS, tookMs),
    status: isAnswered ? 200 : null,
    fingerprint: [method, operation, about.session, about.reservation, about.order, about.customer].join(' '),
    ...about,
  });
}

/** To an order `o1` of the reservation `r1`, unless told otherwise. */
export const happened = (at: number, what: Happening, about: Partial<Happened> = {}): Happened => ({
  ...{
    at,
    happened: what,
    boxOfficeAt: at,
    session: 's1',
    reservation: 'r1',
    order: null,
    externalRef: null,
    seats: 2,
  },
  ...about,
});

/** Acknowledged at once, unless told otherwise. */
export const delivery = (at: number, about: Partial<Delivery> = {}): Delivery => ({
  ...{ webhookId: `w${at}`, at, tookMs: TOOK_MS, status: 204, isForged: false, order: null },
  ...about,
});

/** Of what happened and was told, too; from 0 to the end of its last attempt and without a fault, unless told otherwise. */
export function evidenceOf(about: Partial<Evidence> = {}): Evidence {
  const { happened: all = [], deliveries = [] } = about;
  const { whole, ...rest } = attemptsAlone(about);
  const to = Math.max(whole.to, ...all.map(({ at }) => at), ...deliveries.map(({ at }) => at));
  const byTime = <Item extends { readonly at: number }>(items: readonly Item[]) =>
    [...items].sort((a, b) => a.at - b.at);
  return { ...rest, whole: about.whole ?? { from: 0, to }, happened: byTime(all), deliveries: byTime(deliveries) };
}

/** Judged by its thresholds as published, but for those given. */
export const judged = (criterion: Criterion, about: Partial<Evidence>, thresholds: object = {}): Finding =>
  criterion.judge(caseOf(evidenceOf(about)), criterion.thresholds.parse(thresholds));

/** So many things, each made of its number. */
export const many = <Item>(count: number, make: (number: number) => Item): Item[] =>
  Array.from({ length: count }, (_, number) => make(number));
