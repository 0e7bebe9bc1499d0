// Whether the client finds out what became of an order when the answer was lost though the work was done.
import { z } from 'zod';
import { ambiguousOf, type Outcome, outcomesOf } from '../ambiguity.ts';
import { defineCriterion, type Finding } from '../criterion.ts';
import { median, shareEstimate } from '../statistics.ts';
import { atLeast, idsOf, noData, warnsTo } from '../verdict.ts';

const MIN_AMBIGUOUS = 3;
const SECOND_MS = 1000;

export const ambiguityResolved = defineCriterion({
  name: 'ambiguity-resolved',
  asks: 'Does it find out what became of an order whose answer was lost?',
  unit: 'share',
  counts: 'gate',
  better: 'more',
  weight: 140,
  thresholds: z.strictObject({
    pass: z.number().min(0).max(1).default(1).describe('share of lost answers that are cleared up in time, at least'),
    warn: z.number().min(0).max(1).default(1).describe('down to which it is a warning'),
    within: z.number().positive().default(60).describe('seconds in which it must ask'),
  }),
  threshold: ({ pass, warn, within }) =>
    `at least ${pass * 100} % cleared up within ${within} s${warnsTo(`down to ${warn * 100} %`, { pass, warn })}`,
  source: 'Spektrix Connect: confirming an order is the point of no return; Oztix, 2022',
  judge: (of, { within, ...limits }): Finding => {
    const ambiguous = ambiguousOf(of);
    const outcomes = outcomesOf(of, ambiguous.orders, within * SECOND_MS);
    const known = outcomes.filter(({ became }) => became !== 'open');
    const unresolved = known.filter(({ became }) => became !== 'resolved');
    const n = known.length;
    if (n === 0 || (n < MIN_AMBIGUOUS && unresolved.length === 0))
      return noData(n, whatIsMissing(outcomes.length - n, within));
    const { figure, low, high } = shareEstimate(n - unresolved.length, n);
    return {
      ...{ verdict: atLeast({ figure, low, high }, limits), n, figure },
      advice: adviceOn({ unresolved: unresolved.length, n, open: outcomes.length - n }, within),
      evidence: idsOf((unresolved.length > 0 ? unresolved : known).map(({ lost }) => lost)),
      more: { low, high, ...countsOf(outcomes), lostReservations: ambiguous.reservations.length },
    };
  },
});

function whatIsMissing(open: number, within: number): string {
  const needed = `${MIN_AMBIGUOUS} orders or completions are needed that were done and whose answer was lost`;
  return open === 0
    ? `${needed}.`
    : `${needed}; ${open} more were, about which it still has time to ask: look again in ${within} s.`;
}

function countsOf(outcomes: readonly Outcome[]): Record<string, number | null> {
  const took = outcomes.flatMap(({ tookMs }) => (tookMs === undefined ? [] : [tookMs]));
  const count = (what: Outcome['became']): number => outcomes.filter(({ became }) => became === what).length;
  return {
    medianSeconds: took.length > 0 ? median(took) / SECOND_MS : null,
    late: count('late'),
    never: count('never'),
    open: count('open'),
  };
}

function adviceOn({ unresolved, n, open }: Record<'unresolved' | 'n' | 'open', number>, within: number): string {
  if (unresolved === 0)
    return open === 0
      ? 'Whenever an answer was lost, it asked what had become of the order.'
      : `Of ${n} lost answers it asked each time what had become of the order; of ${open} more it had not yet asked, and still had time to.`;
  const others = open === 0 ? '' : ` Of ${open} more it had not yet asked, and still had time to.`;
  return `It never learned in time what became of ${unresolved} of ${n} orders; within ${within} s repeat the request under its key, or ask findOrders for the reference.${others}`;
}
