// Whether the client keeps its connections, and opens no more of them than it needs.
import { z } from 'zod';
import { defineCriterion, type Finding } from '../criterion.ts';
import { type Attempt, calmOf, type Evidence } from '../evidence.ts';
import { afterFailures, mostOpenAtOnce, poolingOf } from '../pooling.ts';
import { arrivedIn, isWithin, isWithinAny, lengthOf } from '../spans.ts';
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
  better: 'more',
  weight: 30,
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
  judge: ({ evidence }, { churn: mostChurn, ...limits }): Finding => {
    const calm = calmOf(evidence);
    const before = arrivedIn(evidence.attempts, calm);
    const pooling = poolingOf(evidence.attempts);
    const opened = pooling.opened.filter(({ at }) => calm && isWithin(at, calm));
    const openAtOnce = mostOpenAtOnce(before);
    const n = before.length;
    if (opened.length === 0 || n < Math.max(MIN_REQUESTS, limits.pass * openAtOnce))
      return noData(
        n,
        `${MIN_REQUESTS} requests without a fault are needed, and ${limits.pass} for each of those that are open at once.`,
      );
    const { figure, low, high } = reuseOf(opened.length, n);
    const isKept = arrivedIn(opened, { from: middleOf(before), to: evidence.whole.to }).length === 0;
    if (isKept && figure < limits.pass)
      return noData(
        n,
        `${limits.pass} requests for each of the ${opened.length} connections that it keeps are needed.`,
      );
    const verdict = isKept ? 'pass' : atLeast({ figure, low, high }, limits);
    const without = pooling.needless.filter(({ at }) => isWithinAny(at, evidence.faults));
    const needless = afterFailures(without, evidence.attempts);
    const churn = churnOf(evidence, opened.length, needless.length);
    const isChurning = verdict === 'pass' && churn !== null && churn > mostChurn;
    return {
      ...{ verdict: isChurning ? 'warn' : verdict, n, figure },
      advice: adviceOn(figure, verdict === 'pass', isChurning),
      evidence: idsOf(isChurning ? needless : opened),
      more: { low, high, connections: opened.length, openAtOnce, churn },
    };
  },
});

function adviceOn(figure: number, isKept: boolean, isChurning: boolean): string {
  const is = `It sent ${figure.toFixed(1)} requests on each connection`;
  if (!isKept)
    return `${is}; share one keep-alive agent in the whole process, and let it keep sockets longer than calls are apart.`;
  if (isChurning)
    return `${is}, and opened more than it needed after errors; do not make a new client for each, and read their answers to the end.`;
  return `${is}, which is well.`;
}

/** When half of them had come; who opens nothing more from then on keeps what it has. */
const middleOf = (attempts: readonly Attempt[]): number => attempts[Math.floor(attempts.length / 2)]?.at ?? 0;

/** From the share of requests that open one. */
function reuseOf(opened: number, requests: number): Estimate {
  const { figure, low, high } = shareEstimate(opened, requests);
  return { figure: 1 / figure, low: 1 / high, high: 1 / low };
}

/** New ones a second in the faults that were not needed, to all new ones a second in the calm; null without a fault. */
function churnOf(evidence: Evidence, opened: number, needless: number): number | null {
  const calm = calmOf(evidence);
  const faultMs = sum(evidence.faults.map(lengthOf));
  if (!calm || faultMs < MIN_FAULT_MS) return null;
  return needless / faultMs / (opened / lengthOf(calm));
}
