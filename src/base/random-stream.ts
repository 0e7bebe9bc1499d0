// A seeded stream of draws, for simulations whose order of drawing is their own and so the same each time.
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { hash32 } from './chance.ts';

/** Uniform in (0, 1), of 32 bits; never 0 and never 1, so that its logarithm is finite. */
export type Draw = () => number;

/** Neighbouring seeds give neighbouring first states; after so many steps they have nothing in common. */
const WARM_UP = 16;

/** The stream of one use (`label`) under a seed: drawing from one leaves the others as they were. */
export function randomStream(seed: number, label: string): Draw {
  const generator = xoroshiro128plus(hash32(label, seed));
  for (let i = 0; i < WARM_UP; i++) generator.next();
  return () => ((generator.next() >>> 0) + 0.5) / 0x100000000;
}

/** Exponentially distributed with mean 1. */
export const exponential = (draw: Draw): number => -Math.log(draw());
