// Whether the client takes a page in the place of JSON for the failure that it is.
import { z } from 'zod';
import { defineCriterion, type Finding } from '../criterion.ts';
import { shareEstimate } from '../statistics.ts';
import { atLeast, idsOf, noData } from '../verdict.ts';
import { followedBlindly, pagesOf } from '../wrong-type.ts';

const MIN_PAGES = 5;

export const wrongTypeTolerance = defineCriterion({
  name: 'wrong-type-tolerance',
  asks: 'Does it take a page in the place of JSON for a failure?',
  unit: 'share',
  counts: 'judged',
  better: 'more',
  weight: 20,
  thresholds: z.strictObject({
    pass: z
      .number()
      .min(0)
      .max(1)
      .default(1)
      .describe('share of such answers after which nothing is built on them, at least'),
    warn: z.number().min(0).max(1).default(0.9).describe('down to which it is a warning'),
  }),
  threshold: ({ pass, warn }) => `at least ${pass * 100} % taken for failures, warns down to ${warn * 100} %`,
  source: 'Congestion pages on JSON routes: TicketLeap, 2010; the thresholds are our own',
  judge: (of, limits): Finding => {
    const pages = pagesOf(of.evidence);
    const blind = followedBlindly(of, pages);
    const n = pages.length;
    if (n === 0 || (n < MIN_PAGES && blind.length === 0))
      return noData(n, `${MIN_PAGES} answers of a wrong type are needed, as by the kind congestion-page.`);
    const { figure, low, high } = shareEstimate(n - blind.length, n);
    return {
      ...{ verdict: atLeast({ figure, low, high }, limits), n, figure },
      advice:
        blind.length === 0
          ? 'Nothing was built on an answer that was no JSON.'
          : `It went on after ${blind.length} of ${n} answers that were no JSON; check status and Content-Type before reading a body, and end the purchase there.`,
      evidence: idsOf(blind.flatMap(({ page, next }) => [page, next])),
      more: { low, high, withStatus200: pages.filter(({ status }) => status === 200).length },
    };
  },
});
