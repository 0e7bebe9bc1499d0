// The log: ready at every level, nothing secret, JSON for programs and text for people.
import { execFileSync } from 'node:child_process';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createLog, type LogOptions } from '../../src/telemetry/log.ts';

async function logTo(options: Partial<LogOptions> = {}) {
  const written: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk));
      done();
    },
  });
  const log = await createLog({ level: 'info', pretty: false, destination, ...options });
  const lines = () => written.join('').trimEnd().split('\n').filter(Boolean);
  return { log, lines, json: () => lines().map((line) => JSON.parse(line) as Record<string, unknown>) };
}
const ready = { upstream: 'http://127.0.0.1:1', admin: 'http://127.0.0.1:2', seed: 7, startMs: 12 };

test.each(['info', 'error', 'silent'] as const)('ready is told at level %s', async (level) => {
  const { log, json } = await logTo({ level });
  log.ready(ready);
  expect(json()).toEqual([expect.objectContaining({ msg: 'ready', ...ready })]);
});

test('silent says nothing else', async () => {
  const { log, lines } = await logTo({ level: 'silent' });
  log.fatal('gone');
  expect(lines()).toEqual([]);
});

test('values under telling names are redacted, however deep', async () => {
  const { log, json } = await logTo();
  const facts = { token: 'a', headers: { authorization: 'b', accept: 'c' }, sellers: [{ apiKey: 'd', name: 'e' }] };
  log.info(facts, 'seen');
  expect(json()[0]).toMatchObject({
    token: '[redacted]',
    headers: { authorization: '[redacted]', accept: 'c' },
    sellers: [{ apiKey: '[redacted]', name: 'e' }],
  });
  expect(facts.token).toBe('a');
});

test('an error shows where it came from', async () => {
  const { log, json } = await logTo();
  log.error({ err: new Error('boom') }, 'failed');
  expect(json()[0]).toMatchObject({
    level: 'error',
    msg: 'failed',
    err: { message: 'boom', stack: expect.any(String) },
  });
});

test('facts that contain themselves do not run away', async () => {
  const { log, lines } = await logTo();
  const facts: Record<string, unknown> = {};
  facts.self = facts;
  log.info(facts, 'round');
  expect(lines()).toHaveLength(1);
});

test('for people, ready is one line of text', async () => {
  const { log, lines } = await logTo({ pretty: true, level: 'silent' });
  log.ready(ready);
  expect(lines()).toHaveLength(1);
  expect(lines()[0]).toMatch(/INFO: ready .*http:\/\/127\.0\.0\.1:1/);
});

test('flush resolves, also when nothing was said', async () => {
  const { log } = await logTo();
  await expect(log.flush()).resolves.toBeUndefined();
});

test('in a pipe it is JSON, and nothing is lost when the process ends at once', () => {
  const module = new URL('../../src/telemetry/log.ts', import.meta.url);
  const script = `const { createLog } = await import('${module}');
    const log = await createLog({ level: 'info' });
    for (let i = 0; i < 1000; i++) log.info({ i }, 'line');
    log.ready(${JSON.stringify(ready)});
    process.exit(0);`;
  const lines = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
    .trim()
    .split('\n');
  expect(lines).toHaveLength(1001);
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ msg: 'ready', seed: 7 });
});
