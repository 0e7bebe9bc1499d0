// How many calls the client makes for each order that it completes.
import { z } from 'zod';
import { counted } from '../../base/counted.ts';
import { ByName } from '../by-name.ts';
import { type Case, defineCriterion, type Finding } from '../criterion.ts';
import type { Attempt, Evidence } from '../evidence.ts';
import { addTo } from '../groups.ts';
import type { Name } from '../names.ts';
import { Pairs } from '../pairs.ts';
import type { Sale } from '../sales.ts';
import { countIn, isWithinAny } from '../spans.ts';
import { ratioEstimate, sum } from '../statistics.ts';
import { hasFailed, type Trace } from '../trace.ts';
import { atMost, idsOf, MAX_EVIDENCE, noData } from '../verdict.ts';

const MIN_ORDERS = 10;
/** The interval comes from how calls and orders of so long vary. */
const WINDOW_MS = 10_000;
/** Purchases begun anew for each order; fewer are not why it makes too many calls. */
const MIN_RESTARTS = 0.1;

export const flowCost = defineCriterion({
  name: 'flow-cost',
  asks: 'How many calls does an order take?',
  unit: 'calls',
  counts: 'told',
  better: 'less',
  weight: 0,
  thresholds: z.strictObject({
    pass: z.number().positive().default(12).describe('calls for each completed order, at most'),
    warn: z.number().positive().default(25).describe('up to which it is a warning'),
  }),
  threshold: ({ pass, warn }) => `at most ${pass} calls for each order, warns up to ${warn}`,
  source:
    'Eight steps that each succeed with q, begun again where one fails: (q^-8 - 1)/(1 - q) calls, 13 at 90 %, 25 at 80 %',
  judge: ({ evidence, named, byOperation, sales, retried, traces }, limits): Finding => {
    const windows = windowsOf(evidence, sales);
    const orders = windows.map((window) => window.orders);
    const n = sum(orders);
    if (n < MIN_ORDERS || windows.length < 2)
      return noData(n, `${MIN_ORDERS} completed orders are needed, and ${WINDOW_MS / 1000} s.`);
    const { figure, low, high } = ratioEstimate(
      windows.map(({ calls }) => calls),
      orders,
    );
    const verdict = atMost({ figure, low, high }, limits);
    const is = `It made ${figure.toFixed(1)} calls for each completed order`;
    const again = restartsOf(byOperation.get('reserveSeats') ?? [], sales);
    const restarts = again.items.length / n;
    const begun = named.filter(({ reservation }) => reservation !== null && again.has(reservation));
    const more = { low, high, restartsPerOrder: restarts };
    if (verdict === 'pass') return { verdict, n, figure, advice: `${is}.`, evidence: idsOf(begun), more };
    const calls = busiestOf(byOperation);
    const { operation } = calls;
    const perOrder = calls.count / n;
    const isByRestarts = restarts >= MIN_RESTARTS && figure <= limits.pass * (1 + restarts); // without them it would pass
    const isByRetries = retriesOf(operation, retried) > calls.count / 2;
    const lost = isByRestarts || isByRetries ? undefined : lostUnderFaults({ evidence, sales, traces }, limits.pass);
    if (lost)
      return {
        ...{ verdict, n, figure },
        advice: `${is}, and ${lost.calmCost.toFixed(1)} outside faults: ${lostWords(lost)}.`,
        evidence: idsOf(lost.some),
        more: { ...more, lostAt: lost.operation, lostThere: lost.count, calmCost: lost.calmCost },
      };
    const remedy = isByRestarts
      ? `and began ${restarts.toFixed(1)} purchases anew for each; take a failed step again instead of the whole purchase`
      : remedyFor(calls, isByRetries);
    return {
      ...{ verdict, n, figure },
      advice: `${is}, ${perOrder.toFixed(1)} of them ${operation}, ${remedy}.`,
      evidence: idsOf(isByRestarts ? begun : calls.some),
      more: { ...more, mostCalled: operation, mostCalledPerOrder: perOrder },
    };
  },
});

/** The calls of one operation. */
interface Calls {
  readonly operation: string;
  readonly count: number;
  /** The first of them. */
  readonly some: readonly Attempt[];
}

/** What would be fewer of the calls that it makes most of. */
function remedyFor({ some }: Calls, isByRetries: boolean): string {
  if (isByRetries) return 'mostly to try again what had failed; wait longer between tries, and make fewer';
  return some[0]?.method === 'GET'
    ? 'more than of anything else; keep what it has read, and read less often'
    : 'more than of anything else; look for what calls it so often';
}

/** Of the operation that it calls most; of at least one. */
const busiestOf = (byOperation: ReadonlyMap<string, readonly Attempt[]>): Calls =>
  [...byOperation]
    .map(([operation, calls]) => ({ operation, count: calls.length, some: calls.slice(0, MAX_EVIDENCE) }))
    .reduce((most, calls) => (calls.count > most.count ? calls : most));

/** Tries of it after the first. */
const retriesOf = (operation: string, retried: readonly Trace[]): number =>
  sum(retried.filter(({ first }) => first.operation === operation).map(({ count }) => count - 1));

interface Lost extends Calls {
  /** Calls for each order that was completed outside faults. */
  readonly calmCost: number;
}

/** Where purchases ended under faults, if it is for those that an order takes so many calls; undefined: it is not. */
function lostUnderFaults(
  { evidence, sales, traces }: Pick<Case, 'evidence' | 'sales' | 'traces'>,
  pass: number,
): Lost | undefined {
  const { attempts, faults } = evidence;
  const calls = attempts.length - sum(faults.map((fault) => countIn(attempts, fault)));
  const orders = sales.filter(
    ({ soldAt, isCompleted }) => soldAt !== null && isCompleted && !isWithinAny(soldAt, faults),
  ).length;
  if (orders < MIN_ORDERS || calls > pass * orders) return undefined;
  const lost = new Map<string, Attempt[]>();
  for (const { attempts: tries } of traces.begunIn(faults)) {
    const last = tries.at(-1);
    if (last === undefined || !hasFailed(last)) continue;
    addTo(lost, last.operation, last);
  }
  return lost.size > 0 ? { ...busiestOf(lost), calmCost: calls / orders } : undefined;
}

const lostWords = ({ operation, count }: Lost): string =>
  `under them purchases were lost, most at ${operation}, where ${counted(count, 'operation')} came to nothing; bring that step through, and the calls before it are not in vain`;

interface Window {
  readonly calls: number;
  readonly orders: number;
}

/** Also those in which nothing happened. */
function windowsOf({ attempts, whole }: Evidence, sales: readonly Sale[]): Window[] {
  const windows = Array.from({ length: Math.floor((whole.to - whole.from) / WINDOW_MS) + 1 }, (_, place) => {
    const from = whole.from + place * WINDOW_MS;
    return { calls: countIn(attempts, { from, to: from + WINDOW_MS }), orders: 0 };
  });
  const of = (at: number) =>
    windows[Math.min(windows.length - 1, Math.max(0, Math.floor((at - whole.from) / WINDOW_MS)))];
  for (const { soldAt, isCompleted } of sales) {
    const window = soldAt !== null && isCompleted ? of(soldAt) : undefined;
    if (window) window.orders++;
  }
  return windows;
}

/** Reservations after the first of one customer in one session, where nothing had come of the one before: by id. */
function restartsOf(reservations: readonly Attempt[], sales: readonly Sale[]): ByName<true> {
  const sold = new ByName<true>();
  for (const { reservation, soldAt } of sales) if (soldAt !== null) sold.set(reservation, true);
  const pairs = new Pairs();
  const last: Name[] = [];
  const again = new ByName<true>();
  for (const { session, customer, reservation } of reservations) {
    if (customer === null || reservation === null) continue;
    const pair = pairs.of(session ?? '', customer);
    const before = last[pair];
    if (before !== undefined && before !== reservation && !sold.has(before)) again.set(reservation, true);
    last[pair] = reservation;
  }
  return again;
}
