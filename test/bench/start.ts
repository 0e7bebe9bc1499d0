// From the start of a process to its first 200 on health, beside a bare Koa app of one file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, pairwise } from './figures.ts';
import { fetchAnswer } from './requests.ts';
import { type Subject, startCompared, startShowstopper } from './subjects.ts';
import { printGoals, printTable, say } from './table.ts';

const HEALTH = '/v1/health';
const ANSWERS = { [HEALTH]: { status: 200, headers: [], body: '{"status":"ok"}' } };

export async function starts(count: number): Promise<void> {
  const cache = mkdtempSync(join(tmpdir(), 'showstopper-bench-'));
  try {
    const cached = { NODE_COMPILE_CACHE: cache };
    const koa = (): Promise<Subject> => startCompared('koa', ANSWERS, { part: 'anywhere' });
    const again = (): Promise<Subject> => startShowstopper({ part: 'anywhere', env: cached });
    const first = (): Promise<Subject> => {
      rmSync(cache, { recursive: true });
      return again();
    };
    const [koaMs, firstMs, againMs]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round < count; round++) {
      koaMs.push(await timed(koa));
      firstMs.push(await timed(first));
      againMs.push(await timed(again));
    }
    say(`Start of the process to the first 200 on health, ${count} starts each`);
    const row = (name: string, times: readonly number[]): string[] => [
      name,
      median(times).toFixed(0),
      Math.min(...times).toFixed(0),
      Math.max(...times).toFixed(0),
    ];
    printTable(
      ['', 'median ms', 'least', 'most'],
      [
        row('bare Koa 3', koaMs),
        row('Showstopper, first start (no compile cache yet)', firstMs),
        row('Showstopper, later starts', againMs),
      ],
    );
    const ratio = (what: string, times: readonly number[]) => {
      const of = pairwise(times, koaMs);
      return { what, value: median(of), of, digits: 2 };
    };
    printGoals([{ ...ratio('later start / bare Koa', againMs), atMost: 2 }, ratio('first start / bare Koa', firstMs)]);
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

/** A clean end lets the compile cache be written, as an ordinary stop does. */
async function timed(start: () => Promise<Subject>): Promise<number> {
  const began = performance.now();
  const subject = await start();
  const { status } = await fetchAnswer(`http://127.0.0.1:${subject.port}${HEALTH}`);
  const ms = performance.now() - began;
  if (status !== 200) throw new Error(`health answered ${status}`);
  await subject.stop('SIGTERM');
  return ms;
}
