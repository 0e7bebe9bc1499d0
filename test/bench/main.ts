// The bench: Showstopper beside raw node:http and bare Koa, interleaved; it reports, and exits 0 whether or not goals are met.
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { pinned } from './children.ts';
import { flood } from './flood.ts';
import { held } from './held.ts';
import { latency } from './latency.ts';
import { startLoad } from './load-process.ts';
import { purchases } from './purchases.ts';
import { scorecards } from './scorecards.ts';
import { soak } from './soak.ts';
import { starts } from './start.ts';
import { startsInProcess } from './start-in-process.ts';
import { say } from './table.ts';
import { throughput } from './throughput.ts';
import { webhooks } from './webhooks.ts';
import { worlds } from './worlds.ts';

/** Longer than any pass but the soak; what hangs is ended. */
const MAX_MS = 300_000;

const PARTS = [
  ...(['throughput', 'held', 'start', 'start-in-process', 'latency', 'flood'] as const),
  ...(['worlds', 'webhooks', 'purchases', 'scorecards', 'soak'] as const),
] as const;
const { values: flags } = parseArgs({ options: { quick: { type: 'boolean' }, only: { type: 'string' } } });
const quick = flags.quick === true;

const full = {
  throughput: { listRounds: 21, mapRounds: 11, sliceMs: 400 },
  held: { connections: 15_000, watchMs: 4000 },
  starts: 11,
  latency: { ms: 8000, perSecond: 500 },
  flood: { connections: 10_000, rate: 1000, watchMs: 3000 },
  worlds: { count: 1000, rounds: 11, sliceMs: 500 },
  webhooks: { count: 1500, rounds: 7 },
  purchases: { count: 2000, rounds: 7 },
  scorecards: { entries: 1_000_000, rounds: 3 },
  soakMs: 600_000,
};
const short = {
  throughput: { listRounds: 4, mapRounds: 3, sliceMs: 300 },
  held: { connections: 4000, watchMs: 1000 },
  starts: 3,
  latency: { ms: 3000, perSecond: 500 },
  flood: { connections: 3000, rate: 2000, watchMs: 1000 },
  worlds: { count: 200, rounds: 4, sliceMs: 300 },
  webhooks: { count: 1000, rounds: 3 },
  purchases: { count: 1000, rounds: 3 },
  scorecards: { entries: 200_000, rounds: 1 },
  soakMs: 30_000,
};

async function main(): Promise<void> {
  const began = performance.now();
  const plan = quick ? short : full;
  const wanted = (part: (typeof PARTS)[number]): boolean =>
    flags.only === undefined || flags.only.split(',').includes(part);
  const [cpu] = cpus();
  say(`Node ${process.version}, ${cpus().length} cores (${cpu?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB`);
  say(pinned ? 'Servers on core 0, load on core 1, over loopback.' : 'Cores as the system gives them, over loopback.');
  say('Ratios are medians of pairs that were measured one after the other.\n');
  const load = startLoad();
  if (wanted('throughput')) await throughput(load, plan.throughput);
  if (wanted('held')) await held(load, plan.held);
  if (wanted('start')) await starts(plan.starts);
  if (wanted('start-in-process')) await startsInProcess(plan.starts);
  if (wanted('latency')) await latency(load, plan.latency);
  if (wanted('flood')) await flood(plan.flood);
  if (wanted('worlds')) await worlds(load, plan.worlds);
  if (wanted('webhooks')) await webhooks(plan.webhooks);
  if (wanted('purchases')) await purchases(plan.purchases);
  if (wanted('scorecards')) await scorecards(plan.scorecards);
  if (wanted('soak')) await soak(plan.soakMs);
  await load.stop();
  say(`Took ${Math.round((performance.now() - began) / 1000)} s.`);
}

setTimeout(() => {
  process.stderr.write('bench: not done in time\n');
  process.exit(1);
}, MAX_MS + full.soakMs).unref();

await main();
process.exit(0);
