// The bound on connections, and the shares of it that doors of worlds have.
import { expect, test } from 'vitest';
import { MaxConnections } from '../../src/wire/door/max-connections.ts';

/** A door that only writes down what it is told, with the bound that is reached. */
function joined(limit: MaxConnections): string[] {
  const told: string[] = [];
  limit.join({
    fill: ({ max }) => told.push(`full at ${max}`),
    makeRoom: ({ max }) => told.push(`room below ${max}`),
  });
  return told;
}

const enter = (limit: MaxConnections, count: number): void => {
  for (let at = 0; at < count; at++) limit.enter();
};
const leave = (limit: MaxConnections, count: number): void => {
  for (let at = 0; at < count; at++) limit.leave();
};

test('a share counts for the whole too, and numbers connections with it', () => {
  const whole = new MaxConnections(40);
  const share = whole.share(0.25);
  expect([whole.enter(), share.enter(), whole.enter(), share.enter()]).toEqual([1, 2, 3, 4]);
  expect([whole.size, share.size, share.max]).toEqual([4, 2, 10]);
  expect([whole.room, share.room]).toEqual([36, 8]);
  share.leave();
  expect([whole.size, share.size]).toEqual([3, 1]);
});

test('at its share one door is full, and the others go on', () => {
  const whole = new MaxConnections(40);
  const [own, other] = [whole.share(0.25), whole.share(0.25)];
  const told = [joined(whole), joined(own), joined(other)];
  enter(own, 10);
  expect(told).toEqual([[], ['full at 10'], []]);
  leave(own, 1);
  expect(told).toEqual([[], ['full at 10', 'room below 10'], []]);
});

test('when the whole is full every door is, and one opens again when there is room in both', () => {
  const whole = new MaxConnections(40);
  const [own, other] = [whole.share(0.25), whole.share(0.25)];
  const told = [joined(whole), joined(own), joined(other)];
  enter(own, 10);
  enter(whole, 30);
  expect(told).toEqual([['full at 40'], ['full at 10'], ['full at 40']]);
  leave(whole, 5);
  expect(told).toEqual([['full at 40', 'room below 40'], ['full at 10'], ['full at 40', 'room below 40']]);
  leave(own, 1);
  expect(told[1]).toEqual(['full at 10', 'room below 10']);
});

test('a share that fills while the whole is full says nothing twice', () => {
  const whole = new MaxConnections(40);
  const own = whole.share(0.25);
  const told = joined(own);
  enter(own, 9);
  enter(whole, 31);
  expect(told).toEqual(['full at 40']);
  enter(own, 1); // was in the backlog as the doors shut
  leave(whole, 10);
  expect(told).toEqual(['full at 40']);
  leave(own, 1);
  expect(told).toEqual(['full at 40', 'room below 10']);
});

test('a door that comes while there is no room is told so, and one that has gone is told nothing', () => {
  const whole = new MaxConnections(8);
  enter(whole, 8);
  const late = whole.share(0.25);
  const told: string[] = [];
  const door = { fill: () => told.push('full'), makeRoom: () => told.push('room') };
  late.join(door);
  expect(told).toEqual(['full']);
  late.part(door);
  leave(whole, 8);
  expect(told).toEqual(['full']);
  late.join(door);
  expect(told).toEqual(['full']);
});

test('the smallest share is one connection', () => {
  expect(new MaxConnections(2).share(0.25).max).toBe(1);
});
