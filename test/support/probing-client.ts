// A client that asks one thing and tells in a word what it sees: the rules' whole way, and the capacity, without sockets.
import type { Terms } from '../../src/box-office/terms.ts';
import type { CapacityDriver } from '../../src/capacity/driver.ts';
import type { Engine } from '../../src/faults/engine.ts';
import type { Plan } from '../../src/faults/plan.ts';
import { BEFORE_HEAD, type Delivery } from '../../src/wire/answer/delivery.ts';
import type { Reply } from '../../src/wire/answer/reply.ts';
import { type Arrival, arrivalOfConnection } from '../../src/wire/arrival.ts';
import type { ConnectionFate } from '../../src/wire/connection/connection-fate.ts';
import { arrival } from './arrivals.ts';
import type { ManualClock } from './manual-clock.ts';

/** A client takes what comes later than this for slow, and leaves when nothing has come after its patience. */
const LATE_MS = 3000;
export const PATIENCE_MS = 5000;

/** `hang`: nothing within its patience · `wrong`: a whole answer that is not true · `page`: HTML for JSON · or a status. */
export type Seen =
  | 'served'
  | 'late'
  | 'hang'
  | 'refused'
  | 'reset'
  | 'closed'
  | 'cut'
  | 'stalled'
  | 'wrong'
  | `page ${number}`
  | `${number}`;

interface Asked {
  readonly engine: Engine;
  readonly capacity: CapacityDriver;
  readonly clock: ManualClock;
}

/** Operations that are asked by sending a form. */
const FORMS: ReadonlySet<string> = new Set(['paymentPage', 'threeDSecure']);

/** One request on a connection of its own; the clock must be moved on by its patience meanwhile. */
export async function whatIsSeen({ engine, capacity, clock }: Asked, operation: string, nth: number): Promise<Seen> {
  const { door } = engine.conditionsAt('main');
  if (door !== 'open') return door === 'shut' ? 'refused' : 'hang';
  const openedAt = clock.now();
  const arrived = arrivalOfConnection({ id: nth, door: 'main', remote: '127.0.0.1', openedAt });
  const fates = (engine.meet(arrived) ?? []).map(({ fate }) => fate);
  if (fates.some(({ admission }) => admission === 'reset')) return 'reset';
  if (fates.some(({ admission }) => admission === 'park')) return 'hang';
  const url = `/v1/${operation}/${nth}`;
  const method = FORMS.has(operation) ? 'POST' : 'GET';
  const connected = { connectionId: nth, connectedAt: openedAt };
  const asked = arrival({ operation, client: 'shop', method, url, ...connected, at: openedAt });
  const plan = engine.plan(asked);
  const before = beforeTheWork(plan);
  if (typeof before === 'string') return before;
  const queued = await inTheQueue(capacity, clock, asked);
  if (typeof queued === 'string') return queued;
  return afterTheWork(plan, asked, { waitedMs: before + queued, fates });
}

/** Milliseconds of waiting, or what is seen instead of the work. */
function beforeTheWork(plan: Plan): number | Seen {
  let waitedMs = 0;
  for (const { does } of plan.arriveSteps()) {
    if (!does) continue;
    if ('waitMs' in does) waitedMs += does.waitMs;
    else if (waitedMs > PATIENCE_MS) return 'hang';
    else if ('reply' in does) return statusSeen(does.reply);
    else return does.noAnswer === 'close' ? 'closed' : does.noAnswer;
  }
  return waitedMs;
}

async function inTheQueue(
  capacity: CapacityDriver,
  clock: ManualClock,
  { operation }: Arrival,
): Promise<number | Seen> {
  const beganMs = clock.now();
  const leaves = Promise.withResolvers<'left'>();
  const cancel = clock.after(PATIENCE_MS, () => leaves.resolve('left'));
  const outcome = await Promise.race([capacity.serve(operation, () => false), leaves.promise]);
  cancel();
  if (outcome === 'left') return 'hang';
  return outcome === 'served' ? clock.now() - beganMs : '503';
}

interface SoFar {
  readonly waitedMs: number;
  readonly fates: readonly ConnectionFate[];
}

function afterTheWork(plan: Plan, asked: Arrival, { waitedMs, fates }: SoFar): Seen {
  const honest = honestReply(asked);
  const touched = plan.strikes.length > 0;
  const { discount, loseFlow }: Terms = touched ? plan.work({}).terms : {};
  if (waitedMs > PATIENCE_MS) return 'hang';
  if (loseFlow) return '404';
  const { delivery } = plan.deliver(touched ? plan.answer(honest).reply : honest);
  const onTheWay = wayOf(delivery, fates);
  if (onTheWay !== undefined) return onTheWay;
  if (delivery.reply.status !== 200) return statusSeen(delivery.reply);
  if (discount) return 'wrong';
  const sendMs = (1000 * delivery.reply.body.length) / (delivery.bytesPerSecond ?? Number.POSITIVE_INFINITY);
  return waitedMs + sendMs > LATE_MS ? 'late' : 'served';
}

function wayOf({ cutAt, ending, reply }: Delivery, fates: readonly ConnectionFate[]): Seen | undefined {
  if (ending === 'hang') return cutAt === BEFORE_HEAD ? 'hang' : 'stalled';
  if (cutAt === BEFORE_HEAD) return ending === 'reset' ? 'reset' : 'closed';
  const budgets = fates.map(({ life }) => life?.resetAfterBytes ?? Number.POSITIVE_INFINITY);
  const bytes = Math.min(cutAt ?? Number.POSITIVE_INFINITY, ...budgets);
  return bytes < reply.body.length ? 'cut' : undefined;
}

function statusSeen({ status, headers }: Reply): Seen {
  const html = headers.some(([name, value]) => name === 'Content-Type' && value.startsWith('text/html'));
  return html ? `page ${status}` : `${status}`;
}

/** A seat map is long, and everything else is short. */
const honestReply = ({ operation }: Arrival): Reply => ({
  status: 200,
  headers: [['Content-Type', 'application/json']],
  body: JSON.stringify({ told: 'x'.repeat(operation === 'getSeatMap' ? 20_000 : 500) }),
});
