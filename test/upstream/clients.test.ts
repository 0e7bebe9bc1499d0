// Sellers are told apart by their keys, and no key ever shows.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ClientNames, MAX_SHORT_NAMES } from '../../src/upstream/client-names.ts';
import { type Clients, createClients } from '../../src/upstream/clients.ts';

const clientsWith = (keys?: ReadonlyMap<string, string>): Clients => createClients(new ClientNames(keys));
const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 8);

describe('without listed keys', () => {
  test('nobody is anonymous, and let in', () => {
    const { identify } = clientsWith();
    for (const authorization of [undefined, '', 'Basic dXNlcjpwYXNz', 'Bearer', 'Bearer ', 'seller-a'])
      expect(identify(authorization, undefined)).toEqual({ client: 'anonymous', authorized: true });
    expect(identify(undefined, '').client).toBe('anonymous');
  });

  test('a key that may show is its own name, in either header', () => {
    const { identify } = clientsWith();
    expect(identify('Bearer seller-a', undefined)).toEqual({ client: 'seller-a', authorized: true });
    expect(identify('bearer  seller-a', undefined).client).toBe('seller-a');
    expect(identify(undefined, 'seller-a').client).toBe('seller-a');
    expect(identify('Bearer seller-a', 'seller-b').client).toBe('seller-a');
    expect(identify('Basic x', 'seller-b').client).toBe('seller-b');
  });

  test('any other key shows as eight digits of its hash', () => {
    const key = fc.string({ minLength: 1, maxLength: 300 }).filter((text) => !/^[a-z0-9-]{1,32}$/.test(text));
    const { identify } = clientsWith();
    fc.assert(
      fc.property(key, (text) => {
        const { client } = identify(undefined, text);
        expect(client).toBe(`key-${hashOf(text)}`);
        expect(identify(undefined, text).client).toBe(client);
      }),
    );
  });

  test('any number of clients are told apart, and changes nobody’s name', () => {
    const { identify } = clientsWith();
    const first = identify(undefined, 'My_Shop').client;
    const seen = new Set<string>();
    for (let i = 0; i < 10_000; i++) seen.add(identify(undefined, `Shop_${i}`).client);
    expect(seen.size).toBe(10_000);
    expect(identify(undefined, 'My_Shop').client).toBe(first);
    expect(identify(undefined, 'seller-a').client).toBe('seller-a');
  });

  test.each(['anonymous', 'other', 'flood', 'crowd', 'key-0da13f5b'])(
    'a key spelled %s is not who is called so',
    (key) => {
      const { client } = clientsWith().identify(undefined, key);
      expect(client).toBe(`key-${hashOf(key)}`);
      expect(client).not.toBe(key);
    },
  );

  test('two keys whose hashes begin alike stay two clients, each by the same name every time', () => {
    const [one, other] = ['K_47249', 'K_52258'];
    expect(hashOf(one)).toBe(hashOf(other));
    const names = new ClientNames();
    const { identify } = createClients(names);
    const shown = [one, other, one, other].map((key) => identify(undefined, key).client);
    expect(shown[0]).toBe(`key-${hashOf(one)}`);
    expect(shown[1]).toMatch(/^key-[0-9a-f]{32}$/);
    expect(shown.slice(2)).toEqual(shown.slice(0, 2));
    expect(names.named(other)).toEqual({ name: shown[1] });
    expect(names.named(shown[1] as string)).toEqual({ name: shown[1] });
  });

  test('who comes after all short names are taken is told apart by a long one', () => {
    const names = new ClientNames();
    for (let i = 0; i < MAX_SHORT_NAMES; i++) names.ownerOf(`Shop_${i}`);
    const late = names.ownerOf('Late_Shop').name;
    expect(late).toMatch(/^key-[0-9a-f]{32}$/);
    expect(names.ownerOf('Late_Shop').name).toBe(late);
    expect(names.ownerOf('Later_Shop').name).not.toBe(late);
    expect(names.ownerOf('Shop_1').name).toBe(`key-${hashOf('Shop_1')}`);
  });

  test('a key beyond ASCII is named as it is sent, in UTF-8', () => {
    const names = new ClientNames();
    const sent = Buffer.from('магазин').toString('latin1');
    expect(names.named('магазин')).toEqual({ name: names.ownerOf(sent).name });
  });
});

describe('with listed keys', () => {
  const keys = new Map([
    ['s3cret-A', 'seller-a'],
    ['s3cret-B', 'seller-b'],
  ]);

  test('a listed key is its name', () => {
    const { identify } = clientsWith(keys);
    expect(identify('Bearer s3cret-A', undefined)).toEqual({ client: 'seller-a', authorized: true });
    expect(identify(undefined, 's3cret-B')).toEqual({ client: 'seller-b', authorized: true });
  });

  test('no key and an unlisted key are not authorized, and a guess at a name is not that name', () => {
    const { identify } = clientsWith(keys);
    expect(identify(undefined, undefined)).toEqual({ client: 'anonymous', authorized: false });
    expect(identify('Bearer seller-a', undefined)).toEqual({
      client: `key-${hashOf('seller-a')}`,
      authorized: false,
    });
  });

  test('a flood of guesses takes no name from the listed', () => {
    const { identify } = clientsWith(keys);
    for (let i = 0; i < 100; i++) identify(undefined, `guess-${i}`);
    expect(identify(undefined, 's3cret-A')).toEqual({ client: 'seller-a', authorized: true });
  });
});

describe('who is named', () => {
  const any = new ClientNames();
  const listed = new ClientNames(
    new Map([
      ['s3cret-A', 'seller-a'],
      ['seller-a', 'seller-b'],
    ]),
  );

  test.each([
    ['My_Shop', `key-${hashOf('My_Shop')}`],
    ['3f1d6a52-8d0b-4ce6-9d43-5d4f2f4b3a11', `key-${hashOf('3f1d6a52-8d0b-4ce6-9d43-5d4f2f4b3a11')}`],
    ['shop.a', `key-${hashOf('shop.a')}`],
    ['seller-a', 'seller-a'],
    ['key-0da13f5b', 'key-0da13f5b'],
    ['anonymous', 'anonymous'],
    ['flood', 'flood'],
  ])('%s without listed keys is %s', (given, name) => {
    expect(any.named(given)).toEqual({ name });
  });

  test.each([' My_Shop', 'My_Shop\n', 'Bearer My_Shop', 'a\u0000b', 'other', 'crowd'])('%j can be nobody', (given) => {
    const named = any.named(given);
    expect(named).toHaveProperty('mistake');
    if ('mistake' in named && given.includes('My_Shop')) expect(named.mistake).not.toContain('My_Shop');
  });

  test.each([
    ['seller-a', 'seller-a'],
    ['s3cret-A', 'seller-a'],
    ['seller-b', 'seller-b'],
    ['anonymous', 'anonymous'],
  ])('%s with listed keys is %s: a name wins over a key of the same spelling', (given, name) => {
    expect(listed.named(given)).toEqual({ name });
  });

  test('who is not listed is refused with the nearest name, and what was given is not repeated', () => {
    expect(listed.named('seler-b')).toEqual({ mistake: expect.stringMatching(/did you mean seller-b\?$/) });
    expect(listed.named('S3CRET')).toEqual({ mistake: expect.stringMatching(/known: seller-a, seller-b$/) });
    expect(JSON.stringify(listed.named('S3CRET'))).not.toContain('S3CRET');
  });
});
