// The rows of the clients: rates and failures of the last seconds, only as far as they are known.
import { expect, test } from 'vitest';
import { clientRows } from '../../../src/dashboard/page/panels/clients/client-rows.ts';
import { clientOf, summaryAt } from '../../support/summaries.ts';

const seconds = (count: number, at: (second: number) => Parameters<typeof clientOf>[1]) =>
  Array.from({ length: count }, (_, second) => summaryAt(second, { clients: [clientOf('shop', at(second))] }));

test('the rate is of the last five seconds, the failed share of what ended in the last thirty', () => {
  const known = seconds(41, (second) => ({
    arrived: second < 30 ? second * 10 : 300 + (second - 30) * 20,
    failed: second < 20 ? 0 : (second - 20) * 5,
    open: 4,
  }));
  const [row] = clientRows(known);
  expect(row?.rate).toBe(20);
  expect(row?.failedShare).toBe(100 / 400);
});

test('of one summary no rate is known, nor where nothing ended a share', () => {
  expect(clientRows(seconds(1, () => ({ arrived: 9 })))[0]).toMatchObject({ rate: null, failedShare: null });
  const hanging = seconds(9, (second) => ({ arrived: second * 3, open: second * 3 }));
  expect(clientRows(hanging)[0]).toMatchObject({ rate: 3, failedShare: null });
});

test('history that has no rows, and seconds that were not told, count for nothing', () => {
  const told = [
    summaryAt(0),
    ...seconds(3, (second) => ({ arrived: 100 + second })).map((one, at) => ({ ...one, at: summaryAt(10 + at).at })),
  ];
  expect(clientRows(told)[0]?.rate).toBe(1);
  const gap = [
    summaryAt(0, { clients: [clientOf('shop')] }),
    summaryAt(9, { clients: [clientOf('shop', { arrived: 90 })] }),
  ];
  expect(clientRows(gap)[0]?.rate).toBeNull();
});

test('all others have a rate only while they are the same', () => {
  const same = [0, 1].map((second) =>
    summaryAt(second, { clients: [clientOf('shop'), clientOf('other', { arrived: second * 50 })] }),
  );
  expect(clientRows(same)[1]?.rate).toBe(50);
  const moved = [...same, summaryAt(2, { clients: [clientOf('kiosk'), clientOf('other', { arrived: 9000 })] })];
  expect(clientRows(moved)[1]).toMatchObject({ client: 'other', rate: null });
});

test('a world whose counts began anew has no rate from before', () => {
  const anew = [
    summaryAt(0, { clients: [clientOf('shop', { arrived: 500 })] }),
    summaryAt(1, { clients: [clientOf('shop', { arrived: 2 })] }),
  ];
  expect(clientRows(anew)[0]?.rate).toBeNull();
});
