// Best available: together, central, two thirds back; else near each other.
import { expect, test } from 'vitest';
import { layoutOf } from '../../src/box-office/season/hall-layout.ts';
import { bestSeats } from '../../src/box-office/seats/best-seats.ts';
import { overStores, refusal } from './stage.ts';

const find = (rows: Record<string, string>, count: number, taken: readonly string[] = [], category?: string) => {
  const layout = layoutOf(rows);
  const isFree = (index: number): boolean => {
    const place = layout.places[index];
    return place !== undefined && !place.blocked && !taken.includes(place.id);
  };
  return bestSeats(layout, isFree, { count, category })?.map((i) => layout.places[i]?.id);
};

test('the best seats are in the middle of a row two thirds back', () => {
  expect(find({ 'A-G': '9s' }, 1)).toEqual(['E-5']);
  expect(find({ 'A-G': '9s' }, 3)).toEqual(['E-4', 'E-5', 'E-6']);
});

test('seats together in a worse row go before better ones apart', () => {
  expect(find({ 'A-B': '4s' }, 4, ['B-2'])).toEqual(['A-1', 'A-2', 'A-3', 'A-4']);
});

test('an aisle parts neighbours', () => {
  expect(find({ A: '3s . 2s' }, 3)).toEqual(['A-1', 'A-2', 'A-3']);
  expect(find({ A: '2s . 2s' }, 3)).toHaveLength(3);
});

test('when no row has them together, they are near each other', () => {
  expect(find({ 'A-C': '3s' }, 4)).toEqual(['B-1', 'B-2', 'B-3', 'C-2']);
});

test('too few are none', () => {
  expect(find({ A: '3s' }, 4)).toBeUndefined();
  expect(find({ A: '3s x' }, 4)).toBeUndefined();
});

test('wheelchair places are for those who ask for them', () => {
  expect(find({ A: '2w 2s' }, 3)).toBeUndefined();
  expect(find({ A: '2w 2s' }, 2, [], 'wheelchair')).toEqual(['A-1', 'A-2']);
});

overStores((stage) => {
  test('a category is kept to', async () => {
    const { reserve } = stage();
    const { seats, amount } = await reserve({ bestAvailable: { count: 2, category: 'premium' } });
    expect(seats).toEqual(['E-4', 'E-5']);
    expect(amount).toBe(60_000_000);
  });

  test('more than are free is refused, and takes nothing', async () => {
    const { office, reserve } = stage();
    const no = await refusal(reserve({ bestAvailable: { count: 3, category: 'wheelchair' } }), 'seat_unavailable');
    expect(no.message).toBe('Too few seats of the category wheelchair in session s1: 3 asked for, 2 free.');
    expect(office.session('s1').available).toBe(39);
  });
});
