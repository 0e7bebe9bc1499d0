// What it takes to judge all that a full journal holds, beside an event loop that must not wait.
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { startNode } from './children.ts';
import { median } from './figures.ts';
import type { Measured } from './scorecards/measure.ts';
import { printGoals, say, whole } from './table.ts';

export interface ScorecardsPlan {
  readonly entries: number;
  readonly rounds: number;
}

const MEASURE = fileURLToPath(new URL('scorecards/measure.ts', import.meta.url));
const CLIENTS = [4, 1];

export async function scorecards({ entries, rounds }: ScorecardsPlan): Promise<void> {
  say(`Scorecards of ${whole(entries)} journal entries, ${rounds} processes each, on all cores`);
  const measured = new Map<number, Measured[]>(CLIENTS.map((clients) => [clients, []]));
  for (let round = 0; round < rounds; round++)
    for (const [clients, all] of measured) all.push(await measure(entries, clients));
  for (const [clients, all] of measured) {
    const goal = (what: string, value: (one: Measured) => number, atMost?: number) => {
      const of = all.map(value);
      return { what, value: median(of), of, digits: 1, ...(atMost !== undefined && { atMost }) };
    };
    say(clients === 1 ? 'One client' : `${clients} clients`);
    printGoals([
      goal('seconds', ({ seconds }) => seconds, 5),
      goal('seconds of processor time', ({ cpuSeconds }) => cpuSeconds),
      goal('MB beside the journal', ({ megabytes }) => megabytes, 500),
      goal('event loop late by, 99th percentile, ms', ({ delayMs }) => delayMs, 10),
      goal('event loop late by, at most, ms', ({ longestDelayMs }) => longestDelayMs),
    ]);
  }
}

async function measure(entries: number, clients: number): Promise<Measured> {
  const child = startNode(['--expose-gc', MEASURE, String(entries), String(clients)], { part: 'anywhere' });
  const exit = once(child, 'exit');
  if (!child.stdout) throw new Error('a child without stdout');
  const said = await text(child.stdout);
  const [code] = await exit;
  if (code !== 0) throw new Error(`judging ${entries} entries ended with ${code}`);
  return JSON.parse(said) as Measured;
}
