// showstopper scorecard: verdicts, and why they may be wrong.
import { expect, onTestFinished, test } from 'vitest';
import { run, serve } from './command.ts';

async function served(most: string) {
  const server = await serve(['--journal-max', most, '--catalog', 'small']);
  onTestFinished(async () => void (await server.stop()));
  const read = async (times: number): Promise<void> => {
    for (let nth = 0; nth < times; nth++)
      await (await fetch(`${server.upstream}/v1/sessions/s1`, { headers: { Authorization: 'Bearer shop' } })).text();
  };
  return { read, scorecard: (...options: string[]) => run(['scorecard', '--admin', server.admin, ...options]) };
}

test('where entries are gone, the gate and what has no data are unsure, and it is said why once', async () => {
  const { read, scorecard } = await served('10');
  await read(15);
  const { status, out, err } = await scorecard('--client', 'shop');
  expect(err).toBe('the gate is unsure, and proves nothing: shop\n');
  expect(status).toBe(0);
  const lines = out.trim().split('\n');
  expect(lines[0]).toBe('shop, gate: no-data (unsure)');
  expect(lines.filter((line) => line.includes('no-data')).every((line) => line.includes('(unsure)'))).toBe(true);
  expect(lines.filter((line) => line.startsWith('unsure'))).toEqual([
    expect.stringMatching(/^unsure: 5 entries had left the journal before they were judged, and may have shown more; /),
  ]);
});

test('where nothing is gone, nothing is said of it, and a score is there only when asked for', async () => {
  const { read, scorecard } = await served('100');
  await read(3);
  const { out, err } = await scorecard();
  expect(err).toBe('');
  expect(out).not.toContain('unsure');
  expect(out.split('\n')[0]).toBe('shop, gate: no-data');
  expect((await scorecard('--score')).out.split('\n')[0]).toBe(
    'shop, gate: no-data, score: none, since 0 of 100 of its weight had data',
  );
});
