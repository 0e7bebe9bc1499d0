// Holds: every held request is let go once, in slices, by the rules that ended.
import { expect, test } from 'vitest';
import { Holds } from '../../src/wire/held.ts';

function holdsWith(count: number, rule: (index: number) => string) {
  const holds = new Holds();
  const ends: string[] = [];
  for (let index = 0; index < count; index++)
    holds.add({ rule: rule(index), since: 0, answer: () => ends.push('answer'), drop: () => ends.push('drop') });
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
  const last = { rule: 'r', since: 0, answer: () => ends.push('late'), drop: () => ends.push('late') };
  holds.add(last);
  const released = holds.release('drop');
  expect(holds.take(last)).toBe(true);
  expect(await released).toEqual({ dropped: 600, answered: 0 });
  expect(ends).not.toContain('late');
});
