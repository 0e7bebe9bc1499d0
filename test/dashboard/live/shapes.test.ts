// What the page takes from the stream: all that a server tells, and nothing that lacks a part.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SHAPES } from '../../../src/dashboard/page/live/shapes.ts';
import { createAdminClient } from '../../../src/sdk/admin-client.ts';
import { startInProcess } from '../../support/run-server.ts';
import { clientOf, ruleOf, summaryAt } from '../../support/summaries.ts';

const FULL = summaryAt(3, {
  rules: [ruleOf('r1')],
  clients: [clientOf('a')],
  latencyMs: { n: 1, p50: 1, p95: 1, p99: 1, max: 1 },
  capacity: { queue: 0, busy: 0, servers: null },
  rehearsal: { id: 'x', title: 'X', phase: null, endsAt: null, abort: [] },
});
const isUnderstood = (event: string, data: unknown): boolean | undefined => SHAPES.get(event)?.(data);

test('a summary is understood, and without any one of its parts it is not', () => {
  expect(isUnderstood('summary', FULL)).toBe(true);
  for (const name of Object.keys(FULL)) {
    expect(isUnderstood('summary', { ...FULL, [name]: undefined }), name).toBe(false);
  }
  for (const name of Object.keys(FULL.totals)) {
    const totals = { ...FULL.totals, [name]: null };
    expect(isUnderstood('summary', { ...FULL, totals }), name).toBe(false);
  }
});

test('what a newer server tells besides is no harm', () => {
  expect(isUnderstood('summary', { ...FULL, mood: 'calm' })).toBe(true);
});

test('anything at all is looked at without a throw, and is not taken for an event', () => {
  fc.assert(
    fc.property(fc.constantFrom(...SHAPES.keys()), fc.jsonValue(), (event, data) => {
      expect(isUnderstood(event, data)).toBe(false);
    }),
  );
});

test('all that a server tells by the second is understood', async () => {
  const server = await startInProcess();
  const admin = createAdminClient({ url: server.admin });
  const leaving = new AbortController();
  const events = await admin.events(leaving.signal, { view: 'summary' });
  await admin.activate('seat-map-outage');
  await admin.addRule({ fault: 'lost-reply', match: { clients: ['a'] } });
  await admin.playScenario('game-day-150', { speed: 60 });
  await fetch(`${server.upstream}/v1/sessions`, { headers: { 'X-Api-Key': 'my-shop' } });
  await admin.heal();
  const awaited = new Set(SHAPES.keys());
  for await (const { event, data } of events) {
    expect(SHAPES.get(event)?.(data) ?? true, `${event} ${JSON.stringify(data)}`).toBe(true);
    awaited.delete(event);
    if (awaited.size === 0) leaving.abort();
  }
  expect([...awaited]).toEqual([]);
  await server.stop();
});
