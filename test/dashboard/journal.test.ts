// What the journal's address asks for, how the tail follows, and where moments stand on a line.
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/admin/contract/entry.ts';
import { presentEntry } from '../../src/admin/present.ts';
import { filtersOf, questionFor, questionOf, wantedOf } from '../../src/dashboard/page/panels/journal/question.ts';
import { follow, MAX_LOOKED, MAX_ROWS, NO_TAIL, type Tail } from '../../src/dashboard/page/panels/journal/tail.ts';
import { momentsOf } from '../../src/dashboard/page/panels/journal/timeline.ts';
import { exchangeEntry } from '../support/entries.ts';

const entry = (about: Parameters<typeof exchangeEntry>[0]): Extract<Entry, { kind: 'exchange' }> =>
  presentEntry<'exchange'>(exchangeEntry(about));
const entries = (...seqs: readonly number[]): Entry[] => seqs.map((seq) => entry({ seq }));
const down = (from: number, count: number): number[] => Array.from({ length: count }, (_, nth) => from - nth);
const seqs = ({ rows }: Tail): number[] => rows.map(({ seq }) => seq);

describe('the address', () => {
  test('has filters, of which empty ones ask for nothing and unknown ones are none', () => {
    expect(filtersOf({ client: ' shop ', status: '', colour: 'red', rule: 'a/0' })).toEqual({
      client: 'shop',
      rule: 'a/0',
    });
    expect(questionOf({ ended: 'open', cursor: '7' })).toEqual({ ended: 'open', limit: 50, cursor: '7' });
  });

  test('names one entry by its request or by its place, which is found without looking through the journal', () => {
    expect(wantedOf({ client: 'a' })).toBeNull();
    expect(wantedOf({ seq: 'x', request: 'r-1' })).toEqual({ by: 'request', id: 'r-1' });
    expect(questionFor({ by: 'request', id: '12' })).toEqual({ requestId: '12', limit: 1 });
    expect(questionFor({ by: 'seq', seq: 12, kind: undefined })).toEqual({ cursor: 13, last: 1, limit: 1 });
    const event = wantedOf({ seq: '3', kind: 'event' });
    expect(event && questionFor(event)).toEqual({ cursor: 4, last: 1, limit: 1, kind: 'event' });
  });
});

describe('the tail', () => {
  const page = (data: Entry[], nextCursor: string | null = null) => ({ data, nextCursor });

  test('lays each answer over what was there, the newest first, and keeps so many', () => {
    const first = follow(NO_TAIL, page(entries(3, 2, 1)));
    expect(seqs(follow(first, page(entries(5, 4, 3))))).toEqual([5, 4, 3, 2, 1]);
    const many = follow(first, page(entries(...down(200, MAX_ROWS))));
    expect(seqs(many)).toEqual(down(200, MAX_ROWS));
  });

  test('tells an entry again that has ended since', () => {
    const open = follow(NO_TAIL, page([entry({ seq: 1, ended: null })]));
    const { rows } = follow(open, page([entry({ seq: 1, ended: 'answered', endedAt: 5, status: 200 })]));
    expect(rows).toMatchObject([{ seq: 1, ended: 'answered' }]);
  });

  test('says that all is shown while all is, and otherwise which share of what arrived', () => {
    const first = follow(NO_TAIL, page(entries(...down(100, MAX_ROWS)), '1'));
    expect(first.share).toBe(1);
    expect(follow(first, page(entries(...down(150, MAX_ROWS)), '51')).share).toBe(1);
    expect(follow(first, page(entries(...down(500, MAX_ROWS)), '401')).share).toBe(0.25);
    expect(follow(first, page(entries(100 + 2 * MAX_LOOKED))).share).toBe(0.5);
    expect(follow(first, page([])).share).toBe(1);
  });

  test('begins anew when the server does', () => {
    const before = follow(NO_TAIL, page(entries(900, 899)));
    expect(seqs(follow(before, page(entries(2, 1))))).toEqual([2, 1]);
  });
});

describe('the moments of an exchange', () => {
  const at = 1_000_000;
  const parts = (moments: ReturnType<typeof momentsOf>) => moments.map(({ name, part }) => [name, part]);

  test('stand where they were between its arrival and its end', () => {
    const one = entry({ at, workedAt: at + 25, firstByteAt: at + 50, endedAt: at + 100, ended: 'answered' });
    expect(parts(momentsOf(one, 0))).toEqual([
      ['at', 0],
      ['workedAt', 0.25],
      ['firstByteAt', 0.5],
      ['endedAt', 1],
    ]);
  });

  test('of one that is open go on to now, and work that came after its end stands last', () => {
    expect(parts(momentsOf(entry({ at, workedAt: at + 10, ended: null, endedAt: null }), at + 40))).toEqual([
      ['at', 0],
      ['workedAt', 0.25],
    ]);
    const left = entry({ at, endedAt: at + 5, workedAt: at + 20, ended: 'client-left' });
    expect(momentsOf(left, 0).map(({ name }) => name)).toEqual(['at', 'endedAt', 'workedAt']);
  });

  test('stand apart also where all was in one millisecond', () => {
    const one = entry({ at, firstByteAt: at, endedAt: at, ended: 'answered' });
    expect(momentsOf(one, 0).map(({ part }) => part)).toEqual([0, 0.5, 1]);
  });
});
