// One stall of a second, met by real sockets: clients that retry at once keep the upstream down, a breaker lets it up again.
import {
  ConsecutiveBreaker,
  circuitBreaker,
  handleAll,
  type IPolicy,
  retry,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel';
import { Agent, request } from 'undici';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type AdminClient, createAdminClient } from '../src/sdk/admin-client.ts';
import type { RunningServer } from '../src/server.ts';
import { startInProcess } from './support/run-server.ts';

/** It serves 100 a second, is asked 60 times, and clients wait 300 ms: 30 in the queue are still safe. */
const CAPACITY = { servers: 2, serviceTime: { mean: '20ms', cv: 0 }, queue: 2000 } as const;
const EVERY_MS = 1000 / 60;
const PATIENCE_MS = 300;
const RETRIES = 3;
const [CALM_MS, STALL_MS, AFTER_MS, JUDGED_MS] = [700, 1000, 3000, 1000];

let server: RunningServer;
let admin: AdminClient;
beforeAll(async () => {
  server = await startInProcess();
  admin = createAdminClient({ url: server.admin });
  // a server that has just started is slower than the patience of these clients allows
  for (let calls = 0; calls < 50; calls++) await (await fetch(`${server.upstream}/v1/health`)).text();
});
afterEach(() => admin.heal());
afterAll(() => server.stop());

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A call that gives up after its patience, and whose socket is then closed. */
type Call = (signal: AbortSignal) => Promise<void>;

interface Seen {
  readonly calm: number;
  readonly stalled: number;
  /** Long after the stall. */
  readonly after: number;
}

/** Share of operations that were done, of those begun in each phase. */
async function throughAStall(operate: (call: Call) => Promise<void>): Promise<Seen> {
  const agent = new Agent();
  const call: Call = async (signal) => {
    const { statusCode, body } = await request(`${server.upstream}/v1/health`, { dispatcher: agent, signal });
    await body.dump();
    if (statusCode !== 200) throw new Error(String(statusCode));
  };
  const outcomes: Promise<boolean>[] = [];
  const arrivals = setInterval(() => outcomes.push(operate(call).then(ok, failed)), EVERY_MS);
  await admin.setCapacity(CAPACITY);
  await pause(CALM_MS);
  const stall = outcomes.length;
  await admin.setCapacity({ ...CAPACITY, factor: 0 });
  await pause(STALL_MS);
  await admin.setCapacity(CAPACITY);
  const mended = outcomes.length;
  await pause(AFTER_MS);
  const judged = outcomes.length;
  await pause(JUDGED_MS);
  clearInterval(arrivals);
  const done = await Promise.all(outcomes);
  await agent.destroy();
  return {
    calm: share(done.slice(0, stall)),
    stalled: share(done.slice(stall, mended)),
    after: share(done.slice(judged)),
  };
}

const ok = (): boolean => true;
const failed = (): boolean => false;
const share = (done: readonly boolean[]): number => done.filter(Boolean).length / done.length;

async function naively(call: Call): Promise<void> {
  for (let retries = 0; ; retries++)
    try {
      return await call(AbortSignal.timeout(PATIENCE_MS));
    } catch (error) {
      if (retries === RETRIES) throw error;
    }
}

function withBreaker(): (call: Call) => Promise<void> {
  const breaker = circuitBreaker(handleAll, { halfOpenAfter: 500, breaker: new ConsecutiveBreaker(5) });
  const policy: IPolicy = wrap(
    retry(handleAll, { maxAttempts: RETRIES }),
    breaker,
    timeout(PATIENCE_MS, TimeoutStrategy.Aggressive),
  );
  return (call) => policy.execute(({ signal }) => call(signal));
}

test('the same stall never ends for naive clients, and ends for those with a breaker', {
  timeout: 120_000,
}, async () => {
  const naive = await throughAStall(naively);
  const { totals } = (await admin.capacity()).observed ?? {};
  await admin.heal();
  const breaker = await throughAStall(withBreaker());
  expect(naive.calm).toBeGreaterThan(0.9);
  expect(breaker.calm).toBeGreaterThan(0.9);
  expect([naive.stalled, breaker.stalled].every((done) => done < 0.9)).toBe(true);
  expect(naive.after).toBeLessThan(0.2);
  expect(breaker.after).toBeGreaterThan(0.8);
  expect(totals?.wasted).toBeGreaterThan(100);
});
