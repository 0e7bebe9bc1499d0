// Percentiles out of a histogram: within two per cent of what was added, and exact where they are short.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Latencies } from '../../src/summary/latencies.ts';

function percentilesOf(all: readonly number[]) {
  const latencies = new Latencies();
  for (const ms of all) latencies.add(ms);
  return latencies.take();
}

describe('latencies of a second', () => {
  test('are off by two per cent at most', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3_600_000 }), { minLength: 1, maxLength: 200 }), (all) => {
        const told = percentilesOf(all);
        const sorted = [...all].sort((one, other) => one - other);
        for (const [quantile, ms] of [
          [0.5, told?.p50],
          [0.95, told?.p95],
          [0.99, told?.p99],
        ] as const) {
          const exact = sorted[Math.ceil(all.length * quantile) - 1] as number;
          expect(Math.abs((ms as number) - exact)).toBeLessThanOrEqual(exact * 0.02);
        }
        expect(told).toMatchObject({ n: all.length, max: sorted.at(-1) });
      }),
    );
  });

  test('are exact below 64 ms', () => {
    const all = Array.from({ length: 64 }, (_, ms) => ms);
    expect(percentilesOf(all)).toEqual({ n: 64, p50: 31, p95: 60, p99: 63, max: 63 });
  });

  test('begin anew when they are taken, and are null without any', () => {
    const latencies = new Latencies();
    latencies.add(5000);
    expect(latencies.take()).toMatchObject({ n: 1, p50: 5000, max: 5000 });
    expect(latencies.take()).toBeNull();
  });

  test('take what ends before it began as none, and a month as 24 days', () => {
    expect(percentilesOf([-5])).toMatchObject({ p50: 0, max: 0 });
    expect(percentilesOf([2 ** 40])).toMatchObject({ max: 2 ** 31 - 1 });
  });
});
