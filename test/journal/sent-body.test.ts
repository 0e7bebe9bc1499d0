// What is kept of a body, and whether what is asked for is in it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPseudonym } from '../../src/base/pseudonym.ts';
import { ByteBudget } from '../../src/journal/byte-budget.ts';
import { Journal } from '../../src/journal/journal.ts';
import { hasPart, sentBody, shownJson } from '../../src/journal/sent-body.ts';
import { exchangeEntry } from '../support/entries.ts';
import { ManualClock } from '../support/manual-clock.ts';

const pseudonym = createPseudonym(Buffer.alloc(32, 7));
const kept = (value: unknown, type = 'application/json') =>
  sentBody(type, Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)), pseudonym);
const shown = (value: unknown): unknown => JSON.parse(kept(value).json ?? 'null');
const hashed = (text: string): string => `#${pseudonym(text)}`;

describe('of a body that is JSON', () => {
  test('ids, seats and counts are kept as they are, and hashes in the place of all else', () => {
    expect(shown({ seats: ['C-7'], customerRef: '0912', accessCode: 'OPEN' })).toEqual({
      ...{ seats: ['C-7'], customerRef: hashed('0912'), accessCode: hashed('OPEN') },
    });
    expect(shown({ bestAvailable: { count: 2, category: 'standard' }, sessionId: 's1' })).toEqual({
      ...{ bestAvailable: { count: 2, category: 'standard' }, sessionId: 's1' },
    });
    const customer = { name: 'Ada', phone: '0912', extra: [1, true, null, { seats: ['C-7'] }] };
    expect(
      shown({ reservationId: 'r_1', customer, payment: { method: 'seller', returnUrl: 'http://x/?t=1' } }),
    ).toEqual({
      reservationId: 'r_1',
      customer: {
        ...{ name: hashed('Ada'), phone: hashed('0912') },
        extra: [...['\0' + '1', '\0true', '\0null'].map(hashed), { seats: [hashed('C-7')] }],
      },
      payment: { method: 'seller', returnUrl: hashed('http://x/?t=1') },
    });
  });

  test('nothing stands in the clear that does not look like an id, or where no id belongs', () => {
    const secret = 'Ada Lovelace';
    for (const body of [
      { seats: [secret] },
      { sessionId: secret },
      { payment: 'card-4111' },
      { bestAvailable: 4111 },
      { [secret]: 1 },
      { customer: { category: 'card-4111' } },
      ...['method', 'category', 'count'].map((name) => ({ [name]: 'card-4111' })),
      { seats: [{ method: 'card-4111' }] },
      { payment: { bestAvailable: { count: 'card-4111' }, seats: 'card-4111' } },
      { cart: { payment: { method: 'card-4111' } } },
      [secret],
      [4111],
      secret,
    ])
      expect(JSON.stringify(kept(JSON.stringify(body)))).not.toMatch(/Ada|4111/);
  });

  test('the same value has the same hash in every place, and another of another type', () => {
    const { a, b, c } = shown({ a: '1', b: '1', c: 1 }) as Record<string, string>;
    expect(a).toBe(b);
    expect(c).not.toBe(a);
  });

  test.each([
    ['has too many values', { seats: Array.from({ length: 300 }, (_, n) => `C-${n}`) }],
    ['is too long', { seats: Array.from({ length: 200 }, (_, n) => `${'C'.repeat(60)}-${n}`) }],
    ['lies too deep', JSON.parse(`${'['.repeat(20)}${']'.repeat(20)}`)],
  ])('one that %s is kept as its hash alone, and says so', (_, body) => {
    expect(kept(body)).toEqual({ type: 'application/json', hash: expect.any(String), json: null, isTruncated: true });
  });

  test('a field called __proto__ is a field', () => {
    expect(Object.keys(shown('{"__proto__":{"a":1}}') as object)).toEqual(['__proto__']);
  });
});

test('of any other body its hash is kept, and its type where that is one', () => {
  const card = kept('attempt=1&card=4111', 'application/x-www-form-urlencoded; charset=utf-8');
  expect(card).toMatchObject({ type: 'application/x-www-form-urlencoded', json: null, isTruncated: false });
  expect(kept('{"a":', 'application/json')).toMatchObject({ json: null, isTruncated: false });
  expect(kept('{}', 'Ada Lovelace').type).toBe(null);
  expect(kept('attempt=1&card=4111', 'text/plain').hash).toBe(card.hash);
  expect(kept('attempt=1&card=4112', 'text/plain').hash).not.toBe(card.hash);
});

describe('what is asked for', () => {
  const asked = (sent: unknown, wanted: unknown): boolean => hasPart(shown(sent), shownJson(wanted, pseudonym));
  test.each<[unknown, unknown, boolean]>([
    [{ seats: ['C-7'], customerRef: 'c-1' }, { customerRef: 'c-1' }, true],
    [{ seats: ['C-7'], customerRef: 'c-1' }, { customerRef: 'c-2' }, false],
    [{ customer: { name: 'Ada', phone: '1' } }, { customer: { name: 'Ada' } }, true],
    [{ customer: { name: 'Ada' } }, { customer: { name: 'Ada', phone: '1' } }, false],
    [{ seats: ['C-7', 'C-8'] }, { seats: ['C-7'] }, false],
    [{ seats: ['C-7', 'C-8'] }, { seats: ['C-8', 'C-7'] }, false],
    [{ bestAvailable: { count: 2 } }, { bestAvailable: { count: 2 } }, true],
    [{ bestAvailable: { count: 2 } }, { bestAvailable: { count: '2' } }, false],
    [{ customer: 'Ada' }, { customer: {} }, false],
    [{ customer: null }, { customer: null }, true],
    [{}, { toString: 1 }, false],
  ])('%j has %j: %s', (sent, wanted, is) => {
    expect(asked(sent, wanted)).toBe(is);
  });

  test('a body has all of itself, and any of its fields', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5 }), (body) => {
        fc.pre(kept(body).json !== null);
        expect(asked(body, body)).toBe(true);
        for (const [name, value] of Object.entries(body))
          expect(asked(body, Object.fromEntries([[name, value]]))).toBe(true);
      }),
    );
  });
});

test('a body counts in the bytes of its journal, open or ended, and is read as it was', () => {
  const clock = new ManualClock();
  const journal = new Journal({ maxEntries: 10, budget: new ByteBudget(2 ** 20), clock, keepsBodies: true });
  const [entry, bare] = [exchangeEntry(), exchangeEntry()];
  journal.open(entry);
  const before = journal.stats.bytes;
  const body = kept({ seats: ['C-7'], customerRef: 'c-1' });
  journal.keepBody(entry, body);
  const open = journal.stats.bytes - before;
  expect(open).toBeGreaterThan(body.json?.length ?? 0);
  journal.close(entry, 'answered', clock.now());
  expect(journal.stats.bytes - before).toBeGreaterThan(body.json?.length ?? 0);
  expect(journal.query({ limit: 1 }).data[0]).toMatchObject({ about: { body } });
  journal.open(bare);
  expect(bare.about).toBe(null);
});
