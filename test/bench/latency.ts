// How far an injected latency is from what was asked for, beside the same requests with nothing armed.
import type { Timed } from './load/jobs.ts';
import type { LoadProcess } from './load-process.ts';
import { ask, LIST, requestFor } from './requests.ts';
import { startShowstopper } from './subjects.ts';
import { ms, printGoals, printTable, say } from './table.ts';

export interface LatencyPlan {
  readonly ms: number;
  readonly perSecond: number;
}

const ASKED_MS = 50;
const CONNECTIONS = 200;
const WARM_UP_MS = 1500;

export async function latency(load: LoadProcess, plan: LatencyPlan): Promise<void> {
  const { admin, port, stop } = await startShowstopper();
  const target = { port, request: requestFor(LIST), connections: CONNECTIONS };
  const run = (timeMs: number): Promise<Timed> =>
    load.run({ kind: 'open', ...target, perSecond: plan.perSecond, ms: timeMs });
  const armed = (): Promise<unknown> =>
    ask(`${admin}/v1/rules`, 'POST', { fault: 'latency', with: { fixed: `${ASKED_MS}ms` } });
  const healed = (): Promise<unknown> => ask(`${admin}/v1/heal`, 'POST', {});
  try {
    await run(WARM_UP_MS);
    await armed();
    await run(WARM_UP_MS);
    await healed();
    const unarmed = await run(plan.ms);
    await armed();
    const late = await run(plan.ms);
    say(`Latency of ${ASKED_MS} ms, ${plan.perSecond} requests/s at a fixed pace, write to first byte`);
    const row = (name: string, timed: Timed, less: number): string[] => [
      name,
      String(timed.requests),
      ...[timed.min, timed.p50, timed.p99].map((value) => ms(value - less)),
    ];
    printTable(
      ['', 'requests', 'min ms', 'p50 ms', 'p99 ms'],
      [row('nothing armed', unarmed, 0), row(`observed less the ${ASKED_MS} ms asked for`, late, ASKED_MS)],
    );
    printGoals([
      { what: 'earliest', value: late.min - ASKED_MS, digits: 2, unit: ' ms', atLeast: 0 },
      { what: 'error p99', value: late.p99 - ASKED_MS, digits: 2, unit: ' ms', atMost: 3 },
    ]);
  } finally {
    await stop();
  }
}
