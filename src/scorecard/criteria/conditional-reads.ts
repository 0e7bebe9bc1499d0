// Whether the client asks for a seat map again only if it has changed.
import { z } from 'zod';
import { defineCriterion, type Finding } from '../criterion.ts';
import type { Attempt } from '../evidence.ts';
import { lengthOf } from '../spans.ts';
import { greatest, shareEstimate } from '../statistics.ts';
import { isServed } from '../trace.ts';
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
  judge: ({ evidence, byOperation }, limits): Finding => {
    const { again, most } = readsAgain(byOperation.get('getSeatMap') ?? []);
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
      more: {
        low,
        high,
        readsPerSecond: (most / lengthOf(evidence.whole)) * SECOND_MS,
        staleReservations: staleOf(byOperation.get('reserveSeats') ?? []),
      },
    };
  },
});

/** Of sessions whose seat map it had been given before; and how many of them are of the session that is read most. */
function readsAgain(reads: readonly Attempt[]): { again: Attempt[]; most: number } {
  const again: Attempt[] = [];
  const bySession = new Map<string, { givenAt: number; again: number }>();
  for (const attempt of reads) {
    const { session } = attempt;
    if (session === null) continue;
    let known = bySession.get(session);
    if (!known) {
      known = { givenAt: Number.POSITIVE_INFINITY, again: 0 };
      bySession.set(session, known);
    }
    if (known.givenAt <= attempt.at) {
      again.push(attempt);
      known.again++;
    } else if (attempt.status === 200 && isServed(attempt))
      known.givenAt = Math.min(known.givenAt, attempt.endedAt ?? known.givenAt);
  }
  return { again, most: greatest([...bySession.values()].map((known) => known.again)) };
}

/** The share of reservations that wanted seats which were gone; null of none. */
function staleOf(reservations: readonly Attempt[]): number | null {
  const asked = reservations.filter(({ ended }) => ended === 'answered');
  if (asked.length === 0) return null;
  return asked.filter(({ code }) => code === 'seat_unavailable').length / asked.length;
}
