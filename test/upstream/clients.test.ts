// Sellers are told apart by their keys, and no key ever shows.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createClients } from '../../src/upstream/clients.ts';

const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 8);

describe('without listed keys', () => {
  test('nobody is anonymous, and let in', () => {
    const { identify } = createClients({ max: 10 });
    for (const authorization of [undefined, '', 'Basic dXNlcjpwYXNz', 'Bearer', 'Bearer ', 'seller-a'])
      expect(identify(authorization, undefined)).toEqual({ client: 'anonymous', authorized: true });
    expect(identify(undefined, '').client).toBe('anonymous');
  });

  test('a key that may show is its own name, in either header', () => {
    const { identify } = createClients({ max: 10 });
    expect(identify('Bearer seller-a', undefined)).toEqual({ client: 'seller-a', authorized: true });
    expect(identify('bearer  seller-a', undefined).client).toBe('seller-a');
    expect(identify(undefined, 'seller-a').client).toBe('seller-a');
    expect(identify('Bearer seller-a', 'seller-b').client).toBe('seller-a');
    expect(identify('Basic x', 'seller-b').client).toBe('seller-b');
  });

  test('any other key shows as eight digits of its hash', () => {
    const key = fc.string({ minLength: 1, maxLength: 300 }).filter((text) => !/^[a-z0-9-]{1,32}$/.test(text));
    const { identify } = createClients({ max: 1000 });
    fc.assert(
      fc.property(key, (text) => {
        const { client } = identify(undefined, text);
        expect(client).toBe(`key-${hashOf(text)}`);
        expect(identify(undefined, text).client).toBe(client);
      }),
    );
  });

  test('beyond the bound everyone new is other, and the known keep their names', () => {
    const { identify } = createClients({ max: 2 });
    for (const name of ['a', 'b', 'c', 'd', 'a', 'SECRET'])
      expect(identify(undefined, name).client).toBe(name === 'a' || name === 'b' ? name : 'other');
    expect(identify('Bearer a', undefined).client).toBe('a');
    expect(identify(undefined, undefined).client).toBe('anonymous');
  });

  test('more keys than are remembered change nobody’s name', () => {
    const { identify } = createClients({ max: 3 });
    expect(identify(undefined, 'first').client).toBe('first');
    for (let i = 0; i < 10_000; i++) identify(undefined, `k-${i}`);
    expect(identify(undefined, 'first').client).toBe('first');
    expect(identify(undefined, 'k-9999').client).toBe('other');
  });
});

describe('with listed keys', () => {
  const keys = new Map([
    ['s3cret-A', 'seller-a'],
    ['s3cret-B', 'seller-b'],
  ]);

  test('a listed key is its name', () => {
    const { identify } = createClients({ keys, max: 10 });
    expect(identify('Bearer s3cret-A', undefined)).toEqual({ client: 'seller-a', authorized: true });
    expect(identify(undefined, 's3cret-B')).toEqual({ client: 'seller-b', authorized: true });
  });

  test('no key and an unlisted key are not authorized, and a guess at a name is not that name', () => {
    const { identify } = createClients({ keys, max: 10 });
    expect(identify(undefined, undefined)).toEqual({ client: 'anonymous', authorized: false });
    expect(identify('Bearer seller-a', undefined)).toEqual({
      client: `key-${hashOf('seller-a')}`,
      authorized: false,
    });
  });

  test('a flood of guesses takes no name from the listed', () => {
    const { identify } = createClients({ keys, max: 1 });
    for (let i = 0; i < 100; i++) identify(undefined, `guess-${i}`);
    expect(identify(undefined, 'guess-100')).toEqual({ client: 'other', authorized: false });
    expect(identify(undefined, 's3cret-A')).toEqual({ client: 'seller-a', authorized: true });
  });
});
