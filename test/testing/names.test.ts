// Names derived from a test's title: the same in each run, other for another title, and such as servers take.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isFreeName } from '../../src/base/client-names.ts';
import { WORLD_NAME } from '../../src/sdk/world-address.ts';
import { derivedNames, worldName } from '../../src/testing/names.ts';

const titled = (name: string, full = name) => ({ name, full });

describe('whatever the title is', () => {
  test('a client shows under its own name, and a world has a name that is allowed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, called) => {
        const names = derivedNames(titled(name));
        expect(isFreeName(names.client())).toBe(true);
        expect(isFreeName(names.client(called))).toBe(true);
        expect(worldName(titled(name), '0a1b2c3d')).toMatch(WORLD_NAME);
        expect(worldName(titled(name), '0a1b2c3d')).toMatch(/-0a1b2c3d$/);
      }),
    );
  });

  test.each(['key', 'anonymous', 'crowd', 'other', '', '…', 'ß'])('also %j', (name) =>
    expect(isFreeName(derivedNames(titled(name)).client())).toBe(true),
  );
});

test('the title reads in them', () => {
  const title = titled('A hang costs one second', 'shop > A hang costs one second');
  expect(derivedNames(title).client()).toMatch(/^a-hang-costs-one-second-[0-9a-f]{6}$/);
  expect(derivedNames(title).client('VIP')).toMatch(/^vip-a-hang-costs-one-seco-[0-9a-f]{6}$/);
  expect(worldName(title, 'ff')).toBe('a-hang-costs-one-second-ff');
  expect(worldName(titled('x'.repeat(100)), 'ff')).toHaveLength(63);
});

test('they are the same each time, and differ by title, group, number and name', () => {
  const all = (full: string): string[] => {
    const { client, customer, reference } = derivedNames(titled('it sells', full));
    return [client(), client('vip'), customer(), customer(2), reference(), reference(2)];
  };
  expect(all('a > it sells')).toEqual(all('a > it sells'));
  expect(new Set([...all('a > it sells'), ...all('b > it sells')]).size).toBe(12);
});
