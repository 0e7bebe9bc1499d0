// The line: order of arrival, one at a time, and nothing saved up while nobody waits.
import { expect, test } from 'vitest';
import { WaitingLine } from '../../src/faults/waiting-line.ts';
import { ManualClock } from '../support/manual-clock.ts';

function line(capacity: number, admitEveryMs?: number) {
  const clock = new ManualClock();
  return { clock, line: new WaitingLine({ capacity, admitEveryMs, seed: 1, ticks: () => clock.ticks() }) };
}

test('the first go in at once, and one more each time', () => {
  const { clock, line: room } = line(2, 1_000);
  const places = Array.from({ length: 5 }, () => room.join());
  const positions = () => places.map((place) => room.position(place));
  expect(positions()).toEqual([0, 0, 1, 2, 3]);
  clock.advance(999);
  expect(positions()).toEqual([0, 0, 1, 2, 3]);
  clock.advance(1);
  expect(positions()).toEqual([0, 0, 0, 1, 2]);
  expect(room.waitMs(4)).toBe(2_000);
  clock.advance(1_500);
  expect([positions(), room.waitMs(4)]).toEqual([[0, 0, 0, 0, 1], 500]);
});

test('time in which nobody waits lets nobody in', () => {
  const { clock, line: room } = line(0, 1_000);
  clock.advance(60_000);
  const place = room.join();
  expect(room.position(place)).toBe(1);
  clock.advance(1_000);
  expect(room.position(place)).toBe(0);
  clock.advance(60_000);
  const next = room.join();
  expect([room.position(next), room.waitMs(next)]).toEqual([1, 1_000]);
});

test('without a time between two, nobody is ever let in', () => {
  const { clock, line: room } = line(0);
  const place = room.join();
  clock.advance(1e9);
  expect([room.position(place), room.waitMs(place)]).toEqual([1, undefined]);
});

test('a ticket tells its place, and no other text does', () => {
  const { line: room } = line(0);
  const unissued = room.ticketOf(40);
  for (let i = 0; i < 40; i++) room.join();
  const tickets = Array.from({ length: 40 }, (_, place) => room.ticketOf(place));
  expect(new Set(tickets).size).toBe(40);
  expect(tickets.map((ticket) => room.placeOf(ticket))).toEqual(tickets.map((_, place) => place));
  for (const text of ['', 'x', '1-1', unissued, `0${tickets[1]}`, `${tickets[1]} `])
    expect(room.placeOf(text)).toBeUndefined();
});
