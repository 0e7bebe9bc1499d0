// The figures of a world by the second as a reader hears them, each held to its documented shape.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { stateShape } from '../../src/admin/contract/state.ts';
import {
  type History,
  historyShape,
  type Sample,
  type Summary,
  sampleShape,
  summaryShape,
} from '../../src/admin/contract/summary.ts';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import { exchangeEntry } from '../support/entries.ts';
import { type Admin, openAdmin } from './open-admin.ts';

const SHAPES: Readonly<Record<string, { parse(data: unknown): unknown }>> = {
  history: historyShape,
  summary: summaryShape,
  sample: sampleShape,
  state: stateShape,
};

interface Reader {
  /** The next event of that name, whatever comes before it; those passed over are held to their shapes too. */
  next<Data>(event: string): Promise<Data>;
  readonly heard: string[];
}

async function follow({ listener }: Pick<Admin, 'listener'>): Promise<Reader> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = new AbortController();
  onTestFinished(() => {
    stop.abort();
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const client = createAdminClient({ url: `http://127.0.0.1:${port}` });
  const events = (await client.events(stop.signal, { view: 'summary' }))[Symbol.asyncIterator]();
  const heard: string[] = [];
  return {
    heard,
    async next<Data>(wanted: string): Promise<Data> {
      for (;;) {
        const { value } = await events.next();
        heard.push(value.event);
        SHAPES[value.event]?.parse(value.data);
        if (value.event === wanted) return value.data as Data;
      }
    },
  };
}

function ask(admin: Admin, about: Parameters<typeof exchangeEntry>[0] = {}) {
  const { world, clock } = admin;
  const entry = exchangeEntry({ at: clock.now(), ...about });
  world.journal.open(entry);
  return (ended: 'answered' | 'client-left' | 'reset' = 'answered', status = 200): void => {
    if (ended === 'answered') entry.status = status;
    world.journal.close(entry, ended, clock.now());
  };
}

describe('the figures of a world', () => {
  test('begin with what was before, then the state, and then come once a second', async () => {
    const admin = await openAdmin();
    ask(admin)();
    await admin.clock.advanceAsync(2000);
    const reader = await follow(admin);
    const { summaries } = await reader.next<History>('history');
    expect(summaries.map(({ seq, totals, clients }) => [seq, totals.arrived, clients])).toEqual([
      [1, 1, []],
      [2, 1, []],
    ]);
    await reader.next('state');
    expect(reader.heard).toEqual(['history', 'state']);
    await admin.clock.advanceAsync(1000);
    const summary = await reader.next<Summary>('summary');
    expect(summary).toMatchObject({ seq: 3, world: 'default', totals: { arrived: 1, answered: 1, goodput: 1 } });
    expect(summary.clients).toMatchObject([{ client: 'seller-a', arrived: 1, open: 0 }]);
  });

  test('begin with the newest of what was before, where many rules make it long', async () => {
    const admin = await openAdmin();
    for (let rule = 0; rule < 50; rule++)
      await admin.post('/v1/rules', { fault: 'hang', id: `rule-${rule}`.padEnd(60, '-') }).expect(201);
    await admin.clock.advanceAsync(300_000);
    const reader = await follow(admin);
    const { summaries } = await reader.next<History>('history');
    expect(summaries.length).toBeGreaterThan(30);
    expect(summaries.length).toBeLessThan(300);
    expect(summaries.at(-1)?.seq).toBe(300);
    await reader.next('state');
    expect(reader.heard).toEqual(['history', 'state']);
  });

  test('tell what failed first, and which share of what ended is told', async () => {
    const admin = await openAdmin();
    const reader = await follow(admin);
    await reader.next('state');
    for (let count = 0; count < 27; count++) ask(admin)();
    for (let count = 0; count < 3; count++) ask(admin)('answered', 503);
    await admin.clock.advanceAsync(1000);
    const samples: Sample[] = [];
    for (let count = 0; count < 20; count++) samples.push(await reader.next<Sample>('sample'));
    expect(samples.slice(0, 4).map(({ status }) => status)).toEqual([503, 503, 503, 200]);
    expect(samples[0]?.rate).toBeCloseTo(20 / 30);
    expect(await reader.next<Summary>('summary')).toMatchObject({ samplesDropped: 10, totals: { failed: 3 } });
    expect(reader.heard.filter((event) => event === 'exchange')).toEqual([]);
  });

  test('tell a rule to end with its activation, and one that nothing ends by itself to go on', async () => {
    const admin = await openAdmin();
    await admin.post('/v1/profiles/hang/activate', { as: 'brief', ttl: '90s' }).expect(200);
    await admin.post('/v1/rules', { fault: 'hang', id: 'endless' }).expect(201);
    const reader = await follow(admin);
    await admin.clock.advanceAsync(1000);
    const { at, rules } = await reader.next<Summary>('summary');
    const left = rules.map(({ activation, expiresAt }) => [
      activation,
      expiresAt === null ? null : Date.parse(expiresAt) - Date.parse(at),
    ]);
    expect(left).toEqual([
      ['brief', 89_000],
      [null, null],
    ]);
  });

  test('refuse another view, and say which there is', async () => {
    const admin = await openAdmin();
    const answer = await admin.get('/v1/events?view=everything');
    expect([answer.status, answer.body.detail]).toEqual([400, 'view: must be summary, got "everything"']);
  });
});
