// How the client takes what it is told by webhooks.
import { z } from 'zod';
import { type Case, defineCriterion, type Finding, type Verdict } from '../criterion.ts';
import type { Delivery } from '../evidence.ts';
import { type Estimate, quantileEstimate } from '../statistics.ts';
import { atMost, idsOf, type Limits, noData } from '../verdict.ts';
import { actedOnTwice, isAccepted, lookedUp } from '../webhook-habits.ts';

const MIN_DELIVERIES = 20;
/** No answer counts as one after so long: Standard Webhooks gives a receiver 15 to 30 s. */
const NO_ANSWER_MS = 30_000;
/** From the worst. */
const ORDER: readonly Verdict[] = ['fail', 'warn', 'pass', 'no-data'];

export const webhookManners = defineCriterion({
  name: 'webhook-manners',
  asks: 'Does it take webhooks soon, check them, and ask before it acts?',
  unit: 'ms',
  counts: 'judged',
  better: 'less',
  weight: 10,
  thresholds: z.strictObject({
    pass: z.number().positive().default(5000).describe('milliseconds to an answer, 95th percentile, at most'),
    warn: z.number().positive().default(15_000).describe('up to which it is a warning'),
    lookedUp: z
      .number()
      .min(0)
      .max(1)
      .default(0.9)
      .describe('share of accepted webhooks about orders that are looked up, at least; less is a warning'),
  }),
  threshold: ({ pass, warn, lookedUp: share }) =>
    `answers within ${pass} ms, warns up to ${warn} ms; no bad signature accepted; nothing completed again; warns below ${share * 100} % looked up`,
  source: 'Standard Webhooks 1.0; pretix on webhooks; the thresholds are our own',
  judge: (of, { lookedUp: leastLookedUp, ...limits }): Finding => {
    const { deliveries } = of.evidence;
    const parts = [signatures(deliveries), repeats(of), answers(deliveries, limits), lookUps(of, leastLookedUp)];
    const worst = [...parts].sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict))[0] as Part;
    const n = deliveries.length;
    // a single webhook can show that something is wrong, but not that all is well
    if (n < MIN_DELIVERIES && worst.verdict !== 'fail')
      return noData(n, `${MIN_DELIVERIES} tries to deliver a webhook are needed.`);
    return {
      ...{ verdict: worst.verdict, n, figure: n === 0 ? null : slowest(deliveries).figure },
      advice: worst.verdict === 'pass' ? adviceOnAll(deliveries) : worst.advice,
      evidence: worst.evidence,
      more: Object.fromEntries(parts.map(({ name, figure }) => [name, figure])),
    };
  },
});

interface Part {
  readonly name: string;
  readonly verdict: Verdict;
  readonly figure: number | null;
  readonly advice: string;
  readonly evidence: readonly string[];
}

const adviceOnAll = (deliveries: readonly Delivery[]): string =>
  deliveries.some(({ isForged }) => isForged)
    ? 'It answers soon, checks signatures, and asks before it acts.'
    : 'It answers soon, and asks before it acts; whether it checks signatures shows only under the kind bad-signature.';

const tookMs = (deliveries: readonly Delivery[]): number[] =>
  deliveries.map((delivery) => Math.min(NO_ANSWER_MS, delivery.tookMs ?? NO_ANSWER_MS));

const slowest = (deliveries: readonly Delivery[]): Estimate => quantileEstimate(tookMs(deliveries), 0.95);

function answers(deliveries: readonly Delivery[], limits: Limits): Part {
  const told = {
    name: 'unanswered',
    evidence: idsOfWebhooks(deliveries.filter((one) => (one.tookMs ?? NO_ANSWER_MS) > limits.pass)),
  };
  const figure = deliveries.filter(({ status }) => status === null).length;
  if (deliveries.length < MIN_DELIVERIES) return { ...told, verdict: 'no-data', figure, advice: '' };
  const verdict = atMost(slowest(deliveries), limits);
  return { ...told, verdict, figure, advice: 'It answers webhooks late; put them in a queue, and answer at once.' };
}

function signatures(deliveries: readonly Delivery[]): Part {
  const forged = deliveries.filter(({ isForged }) => isForged);
  const taken = forged.filter(isAccepted);
  return {
    name: 'badSignaturesAccepted',
    verdict: taken.length > 0 ? 'fail' : forged.length > 0 ? 'pass' : 'no-data',
    figure: forged.length > 0 ? taken.length : null,
    advice: `It accepted ${taken.length} of ${forged.length} webhooks with a bad signature; check webhook-signature, and answer 401.`,
    evidence: idsOfWebhooks(taken),
  };
}

function repeats({ evidence }: Case): Part {
  const twice = actedOnTwice(evidence);
  return {
    name: 'completedAgain',
    verdict: twice.length > 0 ? 'fail' : 'no-data',
    figure: twice.length,
    advice: `After a webhook it completed ${twice.length} orders again that were completed; remember each webhook-id, and ask getOrder before acting.`,
    evidence: idsOf(twice),
  };
}

function lookUps({ evidence }: Case, least: number): Part {
  const { n, unseen } = lookedUp(evidence);
  const share = n === 0 ? null : (n - unseen.length) / n;
  return {
    name: 'lookedUp',
    verdict: share === null || n < MIN_DELIVERIES ? 'no-data' : share < least ? 'warn' : 'pass',
    figure: share,
    advice: `It accepted ${unseen.length} of ${n} webhooks about orders without asking for the order; a webhook says only that there is something to ask for.`,
    evidence: idsOfWebhooks(unseen),
  };
}

/** Webhooks have no request of the client's to be shown. */
const idsOfWebhooks = (deliveries: readonly Delivery[]): string[] =>
  idsOf([...new Set(deliveries.map(({ webhookId }) => webhookId))].map((requestId) => ({ requestId })));
