// Kinds of entries: a connection that rules struck is no request, and nothing that asks about requests finds it.
import { describe, expect, it } from 'vitest';
import { createJournal } from '../../src/journal/journal.ts';
import { journalFilter } from '../../src/journal/query.ts';
import { verifyRequest } from '../../src/journal/verify.ts';
import { connectionEntry, exchangeEntry } from '../support/entries.ts';
import { ManualClock } from '../support/manual-clock.ts';

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
