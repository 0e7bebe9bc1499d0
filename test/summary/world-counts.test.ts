// What a world's requests come to, on the manual clock.
import { describe, expect, test } from 'vitest';
import type { ExchangeEntry } from '../../src/journal/entry.ts';
import { WorldCounts } from '../../src/summary/world-counts.ts';
import { eventEntry, exchangeEntry } from '../support/entries.ts';
import { createJournal } from '../support/journals.ts';
import { ManualClock } from '../support/manual-clock.ts';

function open() {
  const clock = new ManualClock();
  const journal = createJournal({ maxEntries: 5000, maxBytes: 10_000_000, clock });
  const ask = (about: Partial<ExchangeEntry> = {}) => {
    const entry = exchangeEntry({ at: clock.now(), ...about });
    journal.open(entry);
    return {
      entry,
      end(ended: 'answered' | 'client-left' | 'reset' | 'dropped' = 'answered', status = 200): void {
        if (ended === 'answered') entry.status = status;
        journal.close(entry, ended, clock.now());
      },
    };
  };
  return { clock, journal, ask };
}

describe('totals', () => {
  test('tell what came, and how it ended', () => {
    const { clock, journal, ask } = open();
    const counts = new WorldCounts(journal, clock);
    ask().end();
    ask().end('answered', 404);
    ask().end('answered', 429);
    ask().end('reset');
    const left = ask();
    left.end('client-left');
    ask();
    expect(counts.second().totals).toEqual({
      ...{ arrived: 6, answered: 3, goodput: 2, failed: 3, cut: 1, clientLeft: 1, wasted: 0 },
    });
    journal.worked(left.entry, clock.now());
    expect(counts.second().totals.wasted).toBe(1);
  });

  test('count work as wasted too that was done before its client left', () => {
    const { clock, journal, ask } = open();
    const counts = new WorldCounts(journal, clock);
    const { entry, end } = ask();
    journal.worked(entry, clock.now());
    end('client-left');
    expect(counts.second().totals.wasted).toBe(1);
  });

  test('leave out what came before counting began, but for what is open of it', () => {
    const { clock, journal, ask } = open();
    ask().end();
    const early = ask();
    clock.advance(5000);
    const counts = new WorldCounts(journal, clock);
    expect(counts.second()).toMatchObject({ totals: { arrived: 0 }, oldestOpenMs: 5000 });
    expect(counts.clients(20)).toMatchObject([{ arrived: 0, open: 1 }]);
    early.end('reset');
    expect(counts.second()).toMatchObject({ totals: { arrived: 0, failed: 0 }, oldestOpenMs: null });
    expect(counts.clients(20)).toMatchObject([{ failed: 0, open: 0 }]);
  });

  test('begin anew, and who has something open still has', () => {
    const { clock, journal, ask } = open();
    const counts = new WorldCounts(journal, clock);
    ask({ client: 'gone' }).end();
    const early = ask({ client: 'there' });
    journal.record(eventEntry({ happened: 'completed' }));
    expect(counts.second().completed).toBe(1);
    counts.beginAnew();
    expect(counts.second()).toMatchObject({ totals: { arrived: 0, answered: 0 }, completed: 0, latencyMs: null });
    expect(counts.clients(20)).toMatchObject([{ client: 'there', arrived: 0, open: 1 }]);
    early.end();
    expect(counts.second().totals.answered).toBe(0);
    expect(counts.clients(20)).toMatchObject([{ client: 'there', open: 0 }]);
  });
});

describe('clients', () => {
  test('are those of whom most came in the last minute, and all others together', () => {
    const { clock, journal, ask } = open();
    const counts = new WorldCounts(journal, clock);
    for (let count = 0; count < 50; count++) ask({ client: 'early' }).end();
    counts.second();
    for (let second = 0; second < 60; second++) counts.second();
    for (const client of ['b', 'a', 'c']) ask({ client }).end();
    ask({ client: 'c' });
    counts.second();
    const rows = counts.clients(2);
    expect(rows.map(({ client, arrived }) => [client, arrived])).toEqual([
      ['c', 2],
      ['a', 1],
      ['other', 51],
    ]);
  });

  test('beyond a thousand are others', () => {
    const { clock, journal, ask } = open();
    const counts = new WorldCounts(journal, clock);
    for (let client = 0; client < 1200; client++) ask({ client: `key-${client}` });
    counts.second();
    const rows = counts.clients(20);
    expect(rows).toHaveLength(21);
    expect(rows.at(-1)).toMatchObject({ client: 'other', arrived: 1180, open: 1180, timeoutMs: null, breaker: null });
  });

  test('beyond a thousand have open what they have after a reset too, in the row in which it was counted', () => {
    const { clock, journal, ask } = open();
    const counts = new WorldCounts(journal, clock);
    for (let client = 0; client < 1000; client++) ask({ client: `key-${client}` }).end();
    const early = ask({ client: 'late' });
    const shown = () => counts.clients(20).map(({ client, open: held }) => [client, held]);
    const last = () => shown().at(-1);
    expect(last()).toEqual(['other', 1]);
    counts.beginAnew();
    expect(shown()).toEqual([['other', 1]]);
    const again = ask({ client: 'late' });
    expect(shown()).toEqual([
      ['late', 1],
      ['other', 1],
    ]);
    counts.beginAnew();
    early.end();
    expect(shown()).toEqual([['late', 1]]);
    again.end();
    expect(shown()).toEqual([['late', 0]]);
  });

  test('retry by what they declare, and by what they ask again', () => {
    const { clock, journal, ask } = open();
    const counts = new WorldCounts(journal, clock);
    ask().end('reset');
    ask({ attempt: 2 }).end(); // both: counted once
    ask({ method: 'POST', url: '/v1/orders' }).end('client-left');
    const again = ask({ method: 'POST', url: '/v1/orders' });
    expect(counts.clients(20)[0]?.retries).toBe(1); // what it asks is known with its body
    again.end();
    expect(counts.clients(20)[0]?.retries).toBe(2);
  });
});

test('samples are kept only for who reads, failures first', () => {
  const { clock, journal, ask } = open();
  const counts = new WorldCounts(journal, clock);
  ask().end();
  expect(counts.second()).toMatchObject({ samples: [], samplesDropped: 1 });
  let reads = true;
  const stop = counts.sample(() => reads);
  for (let count = 0; count < 30; count++) ask().end();
  ask({ client: 'b' }).end('reset');
  const { samples, sampleRate, samplesDropped } = counts.second();
  expect([samples.length, samples[0]?.client, samplesDropped]).toEqual([20, 'b', 12]);
  expect(sampleRate).toBeCloseTo(20 / 31);
  reads = false;
  ask().end();
  expect(counts.second()).toMatchObject({ samples: [], samplesDropped: 13 });
  stop();
});
