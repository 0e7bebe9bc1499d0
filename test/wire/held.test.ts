// Holds: every held request is let go once, in slices, by the rules that ended.
import { expect, test } from 'vitest';
import { type Held, Holds } from '../../src/wire/held.ts';

const heldBy = (rules: readonly string[], ends: string[], endsByItself = false): Held => ({
  rules,
  since: 0,
  endsByItself,
  staysHeld: false,
  left: false,
  wasReset: false,
  goOn: () => ends.push('answer'),
  drop: () => ends.push('drop'),
});

function holdsWith(count: number, rule: (index: number) => string) {
  const holds = new Holds();
  const ends: string[] = [];
  for (let index = 0; index < count; index++) holds.add(heldBy([rule(index)], ends));
  return { holds, ends };
}

test('15,000 are let go in slices that leave others their turn', async () => {
  const { holds, ends } = holdsWith(15_000, () => 'r');
  let turns = 0;
  const count = (): void => {
    turns++;
    if (holds.size > 0) setImmediate(count);
  };
  setImmediate(count);
  expect(await holds.release('drop')).toEqual({ dropped: 15_000, answered: 0 });
  expect(ends).toHaveLength(15_000);
  expect(turns).toBeGreaterThan(30);
});

test('only what the named rules hold is let go', async () => {
  const { holds } = holdsWith(10, (index) => (index < 4 ? 'a' : 'b'));
  expect(await holds.release('answer', new Set(['a']))).toEqual({ dropped: 0, answered: 4 });
  expect(holds.countByRule()).toEqual(new Map([['b', 6]]));
});

test('one that ends by itself meanwhile is not let go again', async () => {
  const { holds, ends } = holdsWith(600, () => 'r');
  const last = { ...heldBy(['r'], ends), goOn: () => ends.push('late'), drop: () => ends.push('late') };
  holds.add(last);
  const released = holds.release('drop');
  expect(holds.take(last)).toBe(true);
  expect(await released).toEqual({ dropped: 600, answered: 0 });
  expect(ends).not.toContain('late');
});

test('unsaid, what would end by itself goes on, what would not is dropped, and what another rule holds on stays', async () => {
  const holds = new Holds();
  const ends: string[] = [];
  const onwards = { ...heldBy(['a', 'b'], ends, true), goOn: () => holds.add(onwards) };
  for (const held of [heldBy(['a'], ends, true), heldBy(['a'], ends), onwards, heldBy(['b'], ends)]) holds.add(held);
  holds.add({ ...heldBy(['a'], ends, true), left: true });
  expect(await holds.release(undefined, new Set(['a']))).toEqual({ dropped: 1, answered: 1 });
  expect(ends).toEqual(['answer', 'drop', 'answer']);
  expect(holds.countByRule()).toEqual(
    new Map([
      ['a', 1],
      ['b', 2],
    ]),
  );
});
