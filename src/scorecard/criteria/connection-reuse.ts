// Whether the client keeps its connections, and opens no more of them than it needs.
import { z } from 'zod';
import { type Case, defineCriterion, type Finding } from '../criterion.ts';
import { calmOf } from '../evidence.ts';
import { type Pooling, poolingIn } from '../pooling.ts';
import { lengthOf } from '../spans.ts';
import { type Estimate, shareEstimate, sum } from '../statistics.ts';
import { atLeast, idsOf, noData } from '../verdict.ts';

const MIN_REQUESTS = 50;
/** Faults that are shorter are too short for a rate. */
const MIN_FAULT_MS = 10_000;

export const connectionReuse = defineCriterion({
  name: 'connection-reuse',
  asks: 'Does it keep its connections?',
  unit: 'ratio',
  counts: 'judged',
  thresholds: z.strictObject({
    pass: z.number().min(1).default(10).describe('requests on each connection in the calm, at least'),
    warn: z.number().min(1).default(2).describe('down to which it is a warning'),
    churn: z
      .number()
      .positive()
      .default(2)
      .describe('times as many new connections a second without need in a fault as in the calm; more is a warning'),
  }),
  threshold: ({ pass, warn, churn }) =>
    `at least ${pass} requests on each connection, warns down to ${warn}; warns above ${churn} times the new ones a second`,
  source: 'Google’s SRE book, chapter 22, on load from connections; the thresholds are our own',
  judge: (of, { churn: mostChurn, ...limits }): Finding => {
    const { attempts } = of.evidence;
    const calm = calmOf(of.evidence);
    const pooling = poolingIn(attempts, calm ? [calm] : []);
    const { requests, opened, peak } = pooling;
    if (opened.length === 0 || requests < Math.max(MIN_REQUESTS, limits.pass * peak))
      return noData(
        requests,
        `${MIN_REQUESTS} requests without a fault are needed, and ${limits.pass} for each of those that are open at once.`,
      );
    const { figure, low, high } = reuseOf(pooling);
    const verdict = atLeast({ figure, low, high }, limits);
    const churn = churnOf(of, pooling);
    const isChurning = churn.ratio !== null && churn.ratio > mostChurn;
    const is = `It sent ${figure.toFixed(1)} requests on each connection`;
    return {
      ...{ verdict: verdict === 'pass' && isChurning ? 'warn' : verdict, n: requests, figure },
      advice:
        verdict !== 'pass'
          ? `${is}; share one keep-alive agent in the whole process, and let it keep sockets longer than calls are apart.`
          : isChurning
            ? `${is}, and opened more than it needed in the fault; do not make a new client after an error.`
            : `${is}, which is well.`,
      evidence: idsOf(verdict === 'pass' && isChurning ? churn.shown : opened),
      more: { low, high, connections: opened.length, openAtOnce: peak, churn: churn.ratio },
    };
  },
});

/** From the share of requests that open one. */
function reuseOf({ opened, requests }: Pooling): Estimate {
  const { figure, low, high } = shareEstimate(opened.length, requests);
  return { figure: 1 / figure, low: 1 / high, high: 1 / low };
}

/** New ones a second that replaced none that broke and had room among the idle, to all new ones a second in the calm; null: no fault. */
function churnOf({ evidence }: Case, { opened }: Pooling): { ratio: number | null; shown: Pooling['needless'] } {
  const calm = calmOf(evidence);
  const faultMs = sum(evidence.faults.map(lengthOf));
  if (!calm || faultMs < MIN_FAULT_MS) return { ratio: null, shown: [] };
  const { needless } = poolingIn(evidence.attempts, evidence.faults);
  return { ratio: needless.length / faultMs / (opened.length / lengthOf(calm)), shown: needless };
}
