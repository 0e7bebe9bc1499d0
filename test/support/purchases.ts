// Purchases of several steps in virtual time, for tests of how steps that follow each other are judged.
import { randomStream } from '../../src/base/random-stream.ts';
import type { Attempt, Evidence } from '../../src/scorecard/evidence.ts';
import { many } from './evidence.ts';
import { answered, refused } from './virtual-client.ts';

export const FAULT = { from: 20_000, to: 85_000 };
const END = 125_000;

export const isUnderFault = (at: number): boolean => at >= FAULT.from && at < FAULT.to;

/** 20 purchases a second, with a fault of 65 s. */
export const AROUND_FAULT = {
  faults: [FAULT],
  whole: { from: 0, to: END },
  demand: 20,
} as const satisfies Partial<Evidence>;

/** What is asked for every 50 ms, by what time it is. */
export const steadily = (asks: (at: number) => readonly Attempt[], until = END): Attempt[] =>
  many(until / 50, (n) => asks(n * 50)).flat();

/** Each step follows the one before, and no purchase goes on after one that is refused, as happens with so many of each. */
export function purchases(shares: readonly number[], seed: number): Attempt[] {
  const draw = randomStream(seed, 'purchases');
  return steadily((at) => {
    const refusedAt = isUnderFault(at) ? shares.findIndex((share) => draw() < share) : -1;
    const reached = refusedAt < 0 ? shares.length : refusedAt + 1;
    return many(reached, (step) => (step === refusedAt ? refused : answered)(at + step, { operation: `step ${step}` }));
  });
}
