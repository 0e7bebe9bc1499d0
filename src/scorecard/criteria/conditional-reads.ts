// Whether the client asks for a seat map again only if it has changed.
import { z } from 'zod';
import { defineCriterion, type Finding } from '../criterion.ts';
import type { Attempt, Evidence } from '../evidence.ts';
import { lengthOf } from '../spans.ts';
import { greatest, shareEstimate } from '../statistics.ts';
import { hasFailed } from '../trace.ts';
import { atLeast, idsOf, noData } from '../verdict.ts';

const MIN_READS = 20;
const SECOND_MS = 1000;

export const conditionalReads = defineCriterion({
  name: 'conditional-reads',
  asks: 'Does it read a seat map again only if it has changed?',
  unit: 'share',
  counts: 'told',
  better: 'more',
  weight: 0,
  thresholds: z.strictObject({
    pass: z.number().min(0).max(1).default(0.5).describe('share of repeated reads with If-None-Match, at least'),
    warn: z.number().min(0).max(1).default(0.1).describe('down to which it is a warning'),
  }),
  threshold: ({ pass, warn }) => `at least ${pass * 100} % of repeated reads, warns down to ${warn * 100} %`,
  source: 'pretix’s API on conditional fetching; RFC 9110, section 13.1.2; the thresholds are our own',
  judge: ({ evidence }, limits): Finding => {
    const again = readsAgain(evidence);
    const n = again.length;
    if (n < MIN_READS) return noData(n, `${MIN_READS} reads of a seat map that it had read before are needed.`);
    const plain = again.filter(({ isConditional }) => !isConditional);
    const { figure, low, high } = shareEstimate(n - plain.length, n);
    const verdict = atLeast({ figure, low, high }, limits);
    const is = `It asked only for what had changed, by If-None-Match, in ${n - plain.length} of ${n} reads of a seat map that it had read before`;
    return {
      ...{ verdict, n, figure },
      advice: verdict === 'pass' ? `${is}.` : `${is}; keep the ETag of each, and send it along when reading it again.`,
      evidence: idsOf(plain),
      more: { low, high, readsPerSecond: busiest(evidence, again), staleReservations: staleOf(evidence) },
    };
  },
});

/** Of sessions whose seat map it had been given before. */
function readsAgain({ attempts }: Evidence): Attempt[] {
  const given = new Map<string, number>();
  return attempts.filter((attempt) => {
    const { operation, session, at, endedAt, status } = attempt;
    if (operation !== 'getSeatMap' || session === null) return false;
    const since = given.get(session);
    const isWhole = endedAt !== null && status === 200 && !hasFailed(attempt);
    if (isWhole && endedAt < (since ?? Number.POSITIVE_INFINITY)) given.set(session, endedAt);
    return since !== undefined && since <= at;
  });
}

/** Reads a second, over the whole time, of the session that is read most. */
function busiest({ whole }: Evidence, reads: readonly Attempt[]): number {
  const counts = new Map<string | null, number>();
  for (const { session } of reads) counts.set(session, (counts.get(session) ?? 0) + 1);
  return (greatest([...counts.values()]) / lengthOf(whole)) * SECOND_MS;
}

/** The share of reservations that wanted seats which were gone; null of none. */
function staleOf({ attempts }: Evidence): number | null {
  const asked = attempts.filter(({ operation, ended }) => operation === 'reserveSeats' && ended === 'answered');
  if (asked.length === 0) return null;
  return asked.filter(({ code }) => code === 'seat_unavailable').length / asked.length;
}
