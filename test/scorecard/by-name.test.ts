// Things by names are as those of a map, whether the names are texts or numbers, and however far apart those are.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByName } from '../../src/scorecard/by-name.ts';

const names = fc.oneof(
  fc.integer({ min: 1, max: 40 }),
  fc.integer({ min: 1, max: 100_000 }),
  fc.string({ maxLength: 2 }),
);

test('it is as a map', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(names, fc.nat()), { maxLength: 60 }), fc.array(names), (given, others) => {
      const [byName, map] = [new ByName<number>(), new Map<string | number, number>()];
      for (const [name, item] of given) {
        byName.set(name, item);
        map.set(name, item);
      }
      for (const name of [...map.keys(), ...others])
        expect([byName.has(name), byName.get(name)]).toEqual([map.has(name), map.get(name)]);
      expect(byName.items).toEqual([...map.values()]);
    }),
  );
});
