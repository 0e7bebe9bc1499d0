// Events as an iterator: nothing that happens after it was given is missed, and it ends when it is told to.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AdminClient, createAdminClient } from '../../src/sdk/admin-client.ts';
import { type AdminEvent, waitMsBefore } from '../../src/sdk/event-stream.ts';
import type { RunningServer } from '../../src/server.ts';
import { startInProcess } from '../support/run-server.ts';

let server: RunningServer;
let admin: AdminClient;
beforeAll(async () => {
  server = await startInProcess();
  admin = createAdminClient({ url: server.admin });
});
afterAll(() => server.stop());

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  gc();
}

/** The first of this name. */
async function first(events: AsyncIterable<AdminEvent>, name: string): Promise<unknown> {
  for await (const { event, data } of events) if (event === name) return data;
  throw new Error(`the stream ended without ${name}`);
}

test('what happens before anybody looks is told, however much garbage is collected meanwhile', async () => {
  const leaving = new AbortController();
  const events = await admin.events(leaving.signal);
  for (let turn = 0; turn < 10; turn++) {
    collectGarbage();
    await admin.health(); // finalizers run in turns of their own
  }
  await admin.addRule({ fault: 'hang', id: 'told' });
  await admin.heal();
  expect(await first(events, 'action')).toMatchObject({ verb: 'add-rule', body: { id: 'told' } });
  leaving.abort();
});

test('it ends when its signal is aborted, and not with an error', async () => {
  const leaving = new AbortController();
  const events = await admin.events(leaving.signal);
  const told: string[] = [];
  for await (const { event } of events) {
    told.push(event);
    leaving.abort();
  }
  expect(told).toEqual(['state']);
});

test('a server that is not there, or says no, is an error at once', async () => {
  const { signal } = new AbortController();
  const nobody = createAdminClient({ url: 'http://127.0.0.1:1' });
  await expect(nobody.events(signal)).rejects.toMatchObject({ name: 'AdminUnreachable' });
  const upstream = createAdminClient({ url: server.upstream });
  await expect(upstream.events(signal)).rejects.toMatchObject({ name: 'AdminUnreachable' });
});

test('after a break it comes back with the id of the last event, and goes on from there', async () => {
  const asked: (string | undefined)[] = [];
  const breaking = createServer((request, response) => {
    asked.push(request.headers['last-event-id'] as string | undefined);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(
      `: a comment\n\nid: ${asked.length}\nevent: action\ndata: {"n":${asked.length}}\n\nid: 9\nevent: cut o`,
    );
  });
  await new Promise<void>((resolve) => breaking.listen(0, '127.0.0.1', resolve));
  const leaving = new AbortController();
  const { port } = breaking.address() as AddressInfo;
  const told: unknown[] = [];
  for await (const { data } of await createAdminClient({ url: `http://127.0.0.1:${port}` }).events(leaving.signal)) {
    told.push(data);
    if (told.length === 3) leaving.abort();
  }
  expect(told).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  expect(asked.slice(0, 3)).toEqual([undefined, '1', '2']);
  breaking.closeAllConnections();
  await new Promise((resolve) => breaking.close(resolve));
});

test('before each try it waits, longer and longer', () => {
  expect([0, 1, 2, 3, 4, 1000].map(waitMsBefore)).toEqual([250, 500, 1000, 2000, 2000, 2000]);
});

test('who is dropped at once each time gives up after a few tries', async () => {
  const { address, close, asked } = await answering('text/event-stream', 'event: dropped\ndata: {}\n\n');
  const told: string[] = [];
  const reading = (async () => {
    for await (const { event } of await createAdminClient({ url: address }).events(new AbortController().signal))
      told.push(event);
  })();
  await expect(reading).rejects.toMatchObject({ message: expect.stringContaining('ends again and again') });
  expect(told).toHaveLength(7);
  expect(asked()).toBe(7);
  await close();
});

test('an event whose data is no JSON is told as unreadable, and the stream goes on', async () => {
  const { address, close } = await answering(
    'text/event-stream',
    'event: action\ndata: {"n":\n\nevent: action\ndata: {"n":2}\n\n',
  );
  const leaving = new AbortController();
  const told: unknown[] = [];
  for await (const event of await createAdminClient({ url: address }).events(leaving.signal)) {
    told.push(event);
    if (told.length === 2) leaving.abort();
  }
  expect(told).toEqual([
    { event: 'unreadable', data: { event: 'action' } },
    { event: 'action', data: { n: 2 } },
  ]);
  await close();
});

test('an answer that is no stream of events is not taken for one', async () => {
  const { address, close } = await answering('text/html', '<h1>It works!</h1>');
  const events = createAdminClient({ url: address }).events(new AbortController().signal);
  await expect(events).rejects.toMatchObject({
    name: 'AdminUnreachable',
    message: expect.stringContaining('it answers with text/html where a stream of events should be'),
  });
  await close();
});

/** A server that answers everything alike. */
async function answering(type: string, text: string) {
  let asked = 0;
  const one = createServer((_, response) => {
    asked++;
    response.writeHead(200, { 'content-type': type }).end(text);
  });
  await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
  const close = (): Promise<void> => {
    one.closeAllConnections();
    return new Promise((resolve) => one.close(() => resolve()));
  };
  return { address: `http://127.0.0.1:${(one.address() as AddressInfo).port}`, close, asked: () => asked };
}
