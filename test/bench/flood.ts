// How soon a flood stands, how the admin listener fares meanwhile and under it, and how soon heal has closed it all.
import { AdminWatch, type Watched } from './admin-watch.ts';
import { openFilesLimit, quantile, residentKb } from './figures.ts';
import { passed } from './load/closed-loop.ts';
import { ask } from './requests.ts';
import { startShowstopper } from './subjects.ts';
import { printGoals, say, whole } from './table.ts';

export interface FloodPlan {
  readonly connections: number;
  readonly rate: number;
  readonly watchMs: number;
}

/** Descriptors that a server keeps for itself, and some more. */
const SPARE_FILES = 1000;
const MAX_MS = 60_000;
const MANNERS = ['idle', 'slow-headers', 'hanging', 'full'] as const;

export async function flood({ connections, rate, watchMs }: FloodPlan): Promise<void> {
  const count = Math.min(connections, openFilesLimit() - SPARE_FILES);
  say(`A flood of ${whole(count)} connections at ${whole(rate)} a second, server and flood on whatever core they get`);
  for (const manner of MANNERS) await one({ connections: count, rate, hold: '5m', manner }, watchMs);
}

async function one(params: { connections: number; rate: number; hold: string; manner: string }, watchMs: number) {
  const { admin, pid, stop } = await startShowstopper({ part: 'anywhere' });
  const before = residentKb(pid);
  const growing = await timed(admin, async () => {
    await ask(`${admin}/v1/rules`, 'POST', { fault: 'connection-flood', with: params });
    await until(admin, (now) => now >= params.connections);
  });
  const standing = await timed(admin, () => passed(watchMs));
  const kb = (residentKb(pid) - before) / params.connections;
  const healing = await timed(admin, async () => {
    await ask(`${admin}/v1/heal`, 'POST', {});
    await until(admin, (now) => now === 0);
  });
  await stop();
  say(`in the manner ${params.manner}, ${kb.toFixed(1)} kB a connection`);
  printGoals([
    { what: 'time until all stand', value: growing.ms / 1000, digits: 1, unit: ' s', atMost: 15 },
    { what: 'admin p99 while they come', value: p99(growing.watched), digits: 1, unit: ' ms', atMost: 50 },
    { what: 'admin p99 while they stand', value: p99(standing.watched), digits: 1, unit: ' ms', atMost: 50 },
    { what: 'time until heal has closed them all', value: healing.ms, digits: 0, unit: ' ms', atMost: 1000 },
    { what: 'slowest admin answer meanwhile', value: Math.max(...healing.watched.ms), digits: 1, unit: ' ms' },
  ]);
}

const p99 = ({ ms }: Watched): number => quantile(ms, 0.99);

async function timed(admin: string, act: () => Promise<unknown>): Promise<{ ms: number; watched: Watched }> {
  const watch = new AdminWatch(admin);
  const began = performance.now();
  await act();
  const ms = performance.now() - began;
  return { ms, watched: await watch.stop() };
}

async function until(admin: string, enough: (connections: number) => boolean): Promise<void> {
  const began = performance.now();
  while (!enough((await ask<{ connections: number }>(`${admin}/v1/state`)).connections)) {
    if (performance.now() - began > MAX_MS) throw new Error('the flood did not become what was waited for');
    await passed(5);
  }
}
