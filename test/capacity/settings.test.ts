// Capacity settings: bare is valid, and a mistake is named.
import { expect, test } from 'vitest';
import { capacityPerS, capacitySettings, MAX_QUEUE, queueBound } from '../../src/capacity/settings.ts';

test('bare is an upstream of 20 servers and 100 jobs a second, with an endless queue', () => {
  const bare = capacitySettings.parse({});
  expect(bare).toEqual({
    servers: 20,
    serviceTime: { mean: 200, cv: 1 },
    queue: 'unbounded',
    discipline: 'fifo',
    abandonAware: false,
    rejectCost: 5,
    congestionCost: 0,
    factor: 1,
  });
  expect(capacityPerS(bare)).toBe(100);
  expect(queueBound(bare)).toBe(MAX_QUEUE);
});

test.each([
  ['a factor above 1', { factor: 1.1 }],
  ['no servers', { servers: 0 }],
  ['a service time of nothing', { serviceTime: { mean: '0ms' } }],
  ['a queue longer than the bound', { queue: MAX_QUEUE + 1 }],
  ['an unknown discipline', { discipline: 'random' }],
  ['an unknown field', { workers: 20 }],
])('%s is refused', (_what, written) => expect(capacitySettings.safeParse(written).success).toBe(false));
