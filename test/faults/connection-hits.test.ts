// Connections in the counts: slots are counted where a connection finds none, living ones are in the journal, doors are not counted.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { probe, requestText } from '../../src/doctor/probe.ts';
import { type OpenUpstream, openUpstream } from '../support/open-upstream.ts';

let upstream: OpenUpstream;
beforeEach(async () => {
  upstream = await openUpstream();
});
afterEach(async () => {
  await upstream.heal();
  await upstream.close();
});

const LIST = requestText('GET', '/v1/sessions?limit=1');
const entries = () => upstream.world.journal.query({ limit: 50 }).data.filter(({ kind }) => kind === 'connection');

test('connection-slots: each connection that finds no slot is a hit, once, and those that are served are none', async () => {
  upstream.arm({ fault: 'connection-slots', id: 'slots', with: { slots: 1, waiting: 1 } });
  const leaving = new AbortController();
  const stays = { port: upstream.port, request: LIST, forMs: 30_000, linger: true, signal: leaving.signal };
  const first = probe(stays);
  await expect.poll(() => upstream.door.connections.size).toBe(1);
  const waiting = probe(stays);
  await expect.poll(() => upstream.door.waiting).toBe(1);
  expect((await probe({ port: upstream.port, request: LIST, forMs: 30_000 })).ending).toBe('rst');
  expect(upstream.world.engine.rules[0]?.counts).toMatchObject({ matched: 2, acted: 2 });
  leaving.abort();
  await Promise.all([first, waiting]);
  await expect
    .poll(() => entries().map(({ hits, ended }) => [hits.map(({ rule }) => rule), ended !== null]))
    .toEqual([
      [['slots'], true],
      [['slots'], true],
    ]);
});

test('a living connection that a rule reaches is in the journal, with the rule for its hit', async () => {
  const living = probe({ port: upstream.port, request: LIST, forMs: 30_000, linger: true });
  await expect.poll(() => upstream.world.journal.query({ limit: 1 }).data[0]?.ended).toBe('answered');
  upstream.arm({ fault: 'reset-connection', id: 'cut', connections: 'all' });
  await upstream.doors.reachLiving(upstream.world.engine.rules);
  expect((await living).ending).toBe('rst');
  expect(upstream.world.engine.rules[0]?.counts).toMatchObject({ matched: 1, acted: 1 });
  await expect.poll(entries).toMatchObject([{ hits: [{ rule: 'cut' }], ended: 'reset' }]);
});

test('a rule of connections takes no unit that its limit does not have', async () => {
  upstream.arm({ fault: 'reset-connection', limit: 1 });
  const endings = [];
  for (let i = 0; i < 3; i++) endings.push((await probe({ port: upstream.port, request: LIST, forMs: 30_000 })).ending);
  expect(endings).toEqual(['rst', 'open', 'open']);
  expect(upstream.world.engine.rules[0]?.counts).toMatchObject({ matched: 3, acted: 1, limited: 2 });
});
