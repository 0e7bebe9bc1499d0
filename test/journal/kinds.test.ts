// Kinds of entries: neither a connection that rules struck nor an event is a request, and nothing that asks about requests finds them.
import { describe, expect, it } from 'vitest';
import { journalFilter } from '../../src/journal/query.ts';
import { verifyRequest } from '../../src/journal/verify.ts';
import { connectionEntry, eventEntry, exchangeEntry } from '../support/entries.ts';
import { createJournal } from '../support/journals.ts';
import { MANUAL_EPOCH_MS, ManualClock } from '../support/manual-clock.ts';

const HIT = { rule: 'cut/0', fault: 'reset-connection', draw: 0 };

/** One exchange that was answered, and then one connection that was struck. */
function struck() {
  const journal = createJournal({ maxEntries: 10, maxBytes: 1_000_000, clock: new ManualClock() });
  const [exchange, connection] = [exchangeEntry({ status: 200 }), connectionEntry({ hits: [HIT] })];
  journal.open(exchange);
  journal.open(connection);
  journal.close(exchange, 'answered', 1);
  const kinds = (filter: object = {}) => journal.query(journalFilter.parse(filter)).data.map(({ kind }) => kind);
  return { journal, exchange, connection, kinds };
}

describe('a struck connection', () => {
  it('has only what is true of a connection', () => {
    expect(Object.keys(connectionEntry()).toSorted()).toEqual(
      [
        ...['kind', 'seq', 'at', 'door', 'connection', 'remote', 'ended', 'endedAt'],
        ...['hits', 'spared', 'inapplicable', 'limited'],
      ].toSorted(),
    );
  });

  it('is no exchange that has not ended', () => {
    const { journal, connection } = struck();
    expect(journal.stats).toMatchObject({ entries: 2, open: 0 });
    journal.close(connection, 'reset', 2);
    expect(journal.stats.open).toBe(0);
  });

  it('is told once when it ends', () => {
    const { journal, connection } = struck();
    const heard: unknown[] = [];
    journal.closed.subscribe((entry) => heard.push(entry));
    journal.close(connection, 'reset', 2);
    journal.close(connection, 'closed', 3);
    expect(heard).toEqual([connection]);
  });

  it('is listed beside exchanges unless a kind is asked for, and is called connect among operations', () => {
    const { kinds } = struck();
    expect(kinds()).toEqual(['connection', 'exchange']);
    expect(kinds({ kind: 'exchange' })).toEqual(['exchange']);
    expect(kinds({ kind: 'connection' })).toEqual(['connection']);
    expect(kinds({ operation: 'connect' })).toEqual(['connection']);
    expect(kinds({ rule: HIT.rule })).toEqual(['connection']);
    expect(kinds({ ended: 'open' })).toEqual(['connection']);
  });

  it.each([{ client: 'anonymous' }, { client: 'seller-a' }, { status: 'none' }, { operation: 'unmatched' }])(
    'is not found by what only a request has: %j',
    (filter) => {
      const { journal, connection, kinds } = struck();
      journal.close(connection, 'client-left', 2);
      expect(kinds(filter)).not.toContain('connection');
    },
  );

  it('is counted by a verification that asks for connections, and not by one about requests', async () => {
    const { journal } = struck();
    const verify = (match: object) => journal.verify(verifyRequest.parse({ match, count: { min: 1, max: 1 } }));
    expect(await verify({ operation: 'connect', rule: HIT.rule })).toMatchObject({ ok: true, count: 1 });
    for (const match of [{ method: 'GET' }, { path: '/**' }, { status: '2xx' }, { client: 'seller-a' }])
      expect(await verify(match)).toMatchObject({ ok: true, count: 1, open: 0 });
  });

  it('may yet be struck by a rule, and never gets a status', async () => {
    const { journal } = struck();
    const openTo = async (match: object) => (await journal.verify(verifyRequest.parse({ match }))).open;
    expect(await openTo({ rule: 'other/0' })).toBe(1);
    expect(await openTo({ status: 503 })).toBe(0);
  });
});

describe('an event', () => {
  /** Two exchanges, and then an event of each of two clients. */
  function told() {
    const { journal, kinds } = struck();
    const about = { at: MANUAL_EPOCH_MS, boxOfficeAt: 5, happened: 'reserved', session: 's', order: null } as const;
    for (const client of ['a', 'b']) journal.record(eventEntry({ ...about, client, reservation: `of-${client}` }));
    const clients = (filter: object) =>
      journal.query({ ...journalFilter.parse(filter), kind: 'event' }).data.map(({ client }) => client);
    return { journal, kinds, clients };
  }

  it('is listed when events are asked for, and numbered apart', () => {
    const { journal, kinds } = told();
    expect(kinds()).toEqual(['connection', 'exchange']);
    expect(kinds({ kind: 'exchange' })).toEqual(['exchange']);
    expect(journal.query({ kind: 'event', limit: 1 })).toMatchObject({
      data: [{ kind: 'event', seq: 2, happened: 'reserved', client: 'b', reservation: 'of-b', order: null }],
      nextCursor: '2',
    });
    expect(journal.query({ kind: 'event', limit: 1, cursor: 2 })).toMatchObject({
      data: [{ seq: 1 }],
      nextCursor: null,
    });
  });

  it('is found by its client and its time, and by nothing that only requests or connections have', () => {
    const { clients } = told();
    expect(clients({ client: 'a' })).toEqual(['a']);
    expect(clients({ since: MANUAL_EPOCH_MS })).toEqual(['b', 'a']);
    expect(clients({ since: MANUAL_EPOCH_MS + 1 })).toEqual([]);
    for (const filter of [{ ended: 'open' }, { operation: 'connect' }, { status: 'none' }, { rule: HIT.rule }])
      expect(clients(filter)).toEqual([]);
  });

  it('counts neither for verifications, nor for what is kept and open, and goes with a clear', async () => {
    const { journal, clients } = told();
    expect(await journal.verify(verifyRequest.parse({ count: { min: 2, max: 2 } }))).toMatchObject({ ok: true });
    expect(journal.stats).toMatchObject({ entries: 2, open: 0, evicted: 0 });
    expect(journal.clear()).toBe(2);
    expect(clients({})).toEqual([]);
    expect(journal.stats.bytes).toBe(0);
  });

  it('crowds out no exchange: each sort has its own bound', () => {
    const { journal, kinds } = told();
    const about = { at: 0, boxOfficeAt: 0, happened: 'lapsed', session: 's', client: 'c', order: null } as const;
    for (let i = 0; i < 50; i++) journal.record(eventEntry({ ...about, reservation: `${i}` }));
    expect(kinds()).toEqual(['connection', 'exchange']);
    expect(journal.query({ kind: 'event', limit: 100 }).data).toHaveLength(10);
  });
});
