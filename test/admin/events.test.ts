// Server-sent events: what a reader hears, and who may read.
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { EventEntry } from '../../src/journal/entry.ts';
import { connectionEntry, eventEntry, exchangeEntry as exchange } from '../support/entries.ts';
import { type Admin, openAdmin } from './open-admin.ts';

interface Told {
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** A reader of /v1/events, as a browser is one. */
async function follow(
  { listener }: Admin,
  headers: Record<string, string> = {},
): Promise<{ answer: IncomingMessage; next(): Promise<Told> }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => server.closeAllConnections());
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const answer = await new Promise<IncomingMessage>((resolve) => get({ port, path: '/v1/events', headers }, resolve));
  answer.setEncoding('utf8');
  const chunks = answer[Symbol.asyncIterator]();
  let waiting = '';
  const next = async (): Promise<Told> => {
    for (;;) {
      const parts = /^.*?\n\n/s.exec(waiting);
      if (!parts) {
        waiting += (await chunks.next()).value;
        continue;
      }
      waiting = waiting.slice(parts[0].length);
      const event = /^event: (.*)$/m.exec(parts[0])?.[1];
      if (event) return { event, data: JSON.parse(/^data: (.*)$/m.exec(parts[0])?.[1] ?? 'null') };
    }
  };
  return { answer, next };
}

const RESERVED: Partial<EventEntry> = {
  ...{ at: 0, happened: 'reserved', boxOfficeAt: 0 },
  ...{ session: 's', client: 'a', reservation: 'r', order: null },
};

describe('events', () => {
  test('begin with the state, then tell each exchange as it ends, and each action with the state after it', async () => {
    const admin = await openAdmin();
    const { answer, next } = await follow(admin);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    });
    expect(await next()).toMatchObject({ event: 'state', data: { version: '1.2.3', activations: [] } });
    const entry = exchange({ client: 'a' });
    admin.world.journal.open(entry);
    admin.world.journal.close(entry, 'answered', admin.clock.now());
    expect(await next()).toMatchObject({ event: 'exchange', data: { client: 'a', ended: 'answered' } });
    await admin.director.activate(admin.world, { profile: 'hang' }, { who: 'admin', remote: null });
    expect(await next()).toMatchObject({ event: 'action', data: { verb: 'activate', who: 'admin' } });
    expect(await next()).toMatchObject({ event: 'state', data: { activations: [{ activation: 'hang' }] } });
  });

  test('tell a connection that rules struck as one, and as no exchange', async () => {
    const admin = await openAdmin();
    const { next } = await follow(admin);
    await next();
    const entry = connectionEntry();
    admin.world.journal.open(entry);
    admin.world.journal.close(entry, 'reset', admin.clock.now());
    expect(await next()).toMatchObject({ event: 'connection', data: { kind: 'connection', ended: 'reset' } });
  });

  test('tell what the box office said, which the state counts apart; a flood of it to a bound, and then how many more', async () => {
    const admin = await openAdmin();
    const { next } = await follow(admin);
    expect(await next()).toMatchObject({ data: { journal: { entries: 0, events: 0 } } });
    for (let seq = 1; seq <= 502; seq++) admin.world.journal.record(eventEntry(RESERVED));
    for (let seq = 1; seq <= 500; seq++)
      expect(await next()).toMatchObject({ event: 'event', data: { kind: 'event', seq, happened: 'reserved' } });
    await admin.clock.advanceAsync(1000);
    expect(await next()).toEqual({ event: 'events-left-out', data: { count: 2 } });
    admin.world.journal.record(eventEntry(RESERVED));
    expect(await next()).toMatchObject({ event: 'event', data: { seq: 503, at: expect.stringMatching(/Z$/) } });
    expect(admin.director.snapshot(admin.world).journal).toMatchObject({ entries: 0, events: 503 });
  });

  test('need the token like everything else', async () => {
    const admin = await openAdmin({ access: { adminToken: 'a', viewerToken: 'v', hosts: [] } });
    expect((await follow(admin)).answer.statusCode).toBe(401);
    expect((await follow(admin, { authorization: 'Bearer v' })).answer.statusCode).toBe(200);
  });

  test('are left when the reader goes', async () => {
    const admin = await openAdmin();
    const { answer, next } = await follow(admin);
    await next();
    expect(admin.deps.events.readers).toBe(1);
    answer.destroy();
    await expect.poll(() => admin.deps.events.readers).toBe(0);
  });
});
