// A process of the bench: fills a journal, judges all that is in it once, and says as a line of JSON what that took.
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Scorecards } from '../../../src/admin/scorecards.ts';
import { systemClock } from '../../../src/base/clock.ts';
import type { Director } from '../../../src/director/director.ts';
import type { World } from '../../../src/director/world-port.ts';
import { thresholdsOf } from '../../../src/scorecard/thresholds.ts';
import { peakKb, residentKb } from '../figures.ts';
import { FullJournal } from './full-journal.ts';

export interface Measured {
  readonly seconds: number;
  /** Of the whole process, its threads too. */
  readonly cpuSeconds: number;
  /** Resident memory at its peak, beyond what the journal takes. */
  readonly megabytes: number;
  /** How late the event loop came to anything, in milliseconds: the 99th percentile, and the worst. */
  readonly delayMs: number;
  readonly longestDelayMs: number;
}

/** Of the event loop; finer than what may be late. */
const RESOLUTION_MS = 1;
const NS_A_MS = 1e6;

async function main(entries: number, clients: number): Promise<Measured> {
  const names = Array.from({ length: clients }, (_, at) => `client-${at}`);
  const { journal, fault } = new FullJournal(entries, names, systemClock);
  // all that a scorecard reads of a world and of its director
  const world = {
    journal,
    clock: systemClock,
    boxOfficeClock: { scale: 1 },
    webhooks: { deliveries: () => ({ data: [] }) },
  };
  const director = { faultTimes: () => [{ ...fault, clients: [] }] };
  const scorecards = new Scorecards(director as unknown as Director, thresholdsOf());
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  const before = residentKb(process.pid);
  forgetPeak();
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const [cpu, began] = [process.cpuUsage(), performance.now()];
  const judged = await scorecards.of(world as unknown as World, { client: null, demand: null });
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  delay.disable();
  if (judged.length !== clients) throw new Error(`${judged.length} clients were judged instead of ${clients}`);
  return {
    ...{ seconds, cpuSeconds: (user + system) / 1e6, megabytes: (peakKb(process.pid) - before) / 1024 },
    ...{ delayMs: delay.percentile(99) / NS_A_MS, longestDelayMs: delay.max / NS_A_MS },
  };
}

/** From now on the peak is counted anew; see proc(5). */
const forgetPeak = (): void => writeFileSync('/proc/self/clear_refs', '5');

const [entries, clients] = process.argv.slice(2).map(Number) as [number, number];
process.stdout.write(`${JSON.stringify(await main(entries, clients))}\n`);
