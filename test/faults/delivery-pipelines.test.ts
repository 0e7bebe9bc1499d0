// Pipelined requests under delivery faults: each strikes in its turn, and the answers before it arrive as they are.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { probe, requestText } from '../../src/doctor/probe.ts';
import { type OpenUpstream, openUpstream } from '../support/open-upstream.ts';

let upstream: OpenUpstream;
beforeAll(async () => {
  upstream = await openUpstream();
});
afterEach(async () => void (await upstream.heal()));
afterAll(() => upstream.close());

const ask = (id: string, path: string): string => requestText('GET', path, { 'X-Request-Id': id });
const PAIR = ask('first', '/v1/sessions?limit=2') + ask('second', '/v1/health');
const pipeline = (forMs: number) => probe({ port: upstream.port, request: PAIR, forMs, linger: true });
const onSecond = { operations: ['getHealth'] };

describe('the first is late, and the second is struck by', () => {
  test.each([
    ['lost-reply', 'rst', ''],
    ['empty-reply', 'fin', ''],
    ['garbage', 'fin', /^[\x80-\xff]/],
    ['hang-after-work', 'open', ''],
    ['truncated-body', 'fin', /^HTTP\/1\.1 200 OK\r\n/],
    ['early-hints-forever', 'open', /^HTTP\/1\.1 103 Early Hints\r\n/],
    ['wrong-length', 'open', /^HTTP\/1\.1 200 OK\r\n/],
    ['duplicate-headers', 'open', /^HTTP\/1\.1 200 OK\r\n/],
  ])('%s: the first arrives whole before it', async (fault, ending, then) => {
    const [only] = PAIR.split('GET /v1/health');
    const honest = await probe({ port: upstream.port, request: only ?? '', forMs: 30_000 });
    upstream.arm(
      { fault: 'latency', with: { fixed: '50ms' }, match: { operations: ['listSessions'] } },
      { fault, match: onSecond },
    );
    const sight = await pipeline(ending === 'open' ? 1500 : 30_000);
    expect(sight.ending).toBe(ending);
    expect(sight.body.slice(0, honest.body.length)).toBe(honest.body);
    expect(sight.body.slice(honest.body.length)).toMatch(then === '' ? /^$/ : then);
  });
});

test('what waits for its turn is not yet held, and an all clear frees it of its fault', async () => {
  upstream.arm(
    { fault: 'hang', id: 'h', match: { operations: ['listSessions'] } },
    { fault: 'hang-after-work', match: onSecond },
  );
  const watched = pipeline(3000);
  const second = () => upstream.world.journal.query({ kind: 'exchange', limit: 1 }).data[0];
  await expect.poll(() => upstream.world.holds.size).toBe(1);
  await expect.poll(() => second()?.workedAt ?? null).not.toBeNull();
  expect([...upstream.world.holds.countByRule()]).toEqual([['h', 1]]);
  expect(await upstream.heal('answer')).toEqual({ dropped: 0, answered: 1 });
  const { raw } = await watched;
  expect([...raw.matchAll(/X-Request-Id: (\w+)/g)].map(([, id]) => id)).toEqual(['first', 'second']);
  expect(second()).toMatchObject({ requestId: 'second', ended: 'answered' });
});

test('an RST for the first ends those behind it too, and the journal says whose it was', async () => {
  upstream.arm({ fault: 'lost-reply', match: { operations: ['listSessions'] } });
  expect(await pipeline(30_000)).toMatchObject({ ending: 'rst', raw: '' });
  await expect
    .poll(() => upstream.world.journal.query({ limit: 2 }).data.map(({ ended }) => ended))
    .toEqual(['reset', 'reset']);
});
