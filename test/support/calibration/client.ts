// A client under calibration as a process of its own: asked at a steady rate, whatever becomes of it; tells how late its loop was.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Manner } from './manner.ts';
import { isMannerName, MANNERS } from './manners.ts';
import { LOOP_RESOLUTION_MS, lagOf, type Orders, type Report } from './messages.ts';

/** Of its delays. */
const DRAWS = 10_000;

const name = process.argv[2];
if (!isMannerName(name)) throw new Error(`there is no client ${name}: ${Object.keys(MANNERS).join(', ')}`);
const manner: Manner = await MANNERS[name]();

process.once('disconnect', () => process.exit(0)); // what is open until then is left open
process.once('message', (orders: Orders) => void serve(orders).then((report) => process.send?.(report)));
process.send?.('ready');

async function serve(orders: Orders): Promise<Report> {
  const loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  loop.enable();
  const performed = await load(orders);
  await Promise.race([Promise.all(performed), sleep(orders.settleMs)]);
  loop.disable();
  const draws = Array.from({ length: manner.draw ? DRAWS : 0 }, () => manner.draw?.() ?? []);
  return { lagMs: lagOf(loop), draws: summedUp(draws), counted: { ...manner.counted } };
}

/** One operation each time that it is due, and none waits for another. */
async function load({ base, session, perS, forMs }: Orders): Promise<Promise<unknown>[]> {
  const performed: Promise<unknown>[] = [];
  const begun = performance.now();
  const count = Math.round((forMs / 1000) * perS);
  for (let number = 0; number < count; number++) {
    await sleep(Math.max(0, begun + (number * 1000) / perS - performance.now()));
    performed.push(manner.perform({ base, session, number }).catch(() => {}));
  }
  return performed;
}

/** Mean and standard deviation of each retry's delay. */
function summedUp(draws: readonly (readonly number[])[]): Report['draws'] {
  const numbers = draws[0]?.map((_, number) => number) ?? [];
  return numbers.map((number) => {
    const delays = draws.map((drawn) => drawn[number] as number);
    const mean = delays.reduce((total, delay) => total + delay, 0) / delays.length;
    const square = delays.reduce((total, delay) => total + (delay - mean) ** 2, 0) / delays.length;
    return { mean, deviation: Math.sqrt(square) };
  });
}
