// Servers that a program starts, one after the other in one process, until both of their listeners answer.
import { median } from './figures.ts';
import { printGoals, say } from './table.ts';

/** `start` of the package as it is built, so that it reads and parses what a user's does. */
const INDEX = new URL('../../dist/index.js', import.meta.url).href;

type Package = typeof import('../../src/index.ts');

export async function startsInProcess(count: number): Promise<void> {
  const { start } = (await import(INDEX)) as Package;
  const timed = async (catalog: 'festival' | 'small'): Promise<number> => {
    const began = performance.now();
    const server = await start({ catalog });
    const ms = performance.now() - began;
    const answers = await Promise.all([fetch(`${server.upstream}/v1/health`), fetch(`${server.admin}/readyz`)]);
    if (answers.some(({ ok }) => !ok)) throw new Error('it said that it was ready, and was not');
    await server.stop();
    return ms;
  };
  const first = await timed('small');
  const [small, festival]: [number[], number[]] = [[], []];
  for (let round = 0; round < count; round++) {
    small.push(await timed('small'));
    festival.push(await timed('festival'));
  }
  say(
    `Start of a server in a process that has one already, ${count} starts each; the very first took ${first.toFixed(0)} ms`,
  );
  const goal = (what: string, of: readonly number[]) => ({
    what,
    value: median(of),
    of,
    digits: 1,
    unit: ' ms',
    atMost: 50,
  });
  printGoals([goal('small catalogue', small), goal('festival catalogue', festival)]);
}
