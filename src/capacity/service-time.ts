// How long a server takes for a job: lognormal, from the mean and the coefficient of variation.
import type { Draw } from '../base/random-stream.ts';
import type { CapacitySettings } from './settings.ts';

export interface ServiceTimes {
  /** A drawn service time, in ms. */
  drawMs(operation: string): number;
  /** Its mean, in ms. */
  meanMs(operation: string): number;
}

type Sampler = { readonly meanMs: number; readonly draw: () => number };

export function lognormalTimes({ serviceTime: { mean, cv, byOperation } }: CapacitySettings, draw: Draw): ServiceTimes {
  const normal = standardNormals(draw);
  const usual = lognormal(mean, cv, normal);
  const others = new Map(
    Object.entries(byOperation ?? {}).map(([name, own]) => [name, lognormal(own.mean, own.cv ?? cv, normal)]),
  );
  if (others.size === 0) return { drawMs: usual.draw, meanMs: () => mean };
  const of = (operation: string): Sampler => others.get(operation) ?? usual;
  return { drawMs: (operation) => of(operation).draw(), meanMs: (operation) => of(operation).meanMs };
}

/** With sigma^2 = ln(1 + cv^2) and mu = ln(mean) - sigma^2 / 2, exp(mu + sigma Z) has the mean and the cv asked for. */
function lognormal(meanMs: number, cv: number, normal: () => number): Sampler {
  if (cv === 0) return { meanMs, draw: () => meanMs };
  const variance = Math.log1p(cv * cv);
  const sigma = Math.sqrt(variance);
  const mu = Math.log(meanMs) - variance / 2;
  return { meanMs, draw: () => Math.exp(mu + sigma * normal()) };
}

/** Standard normal draws by Box and Muller (1958): two uniform draws give two of them, so every second one is free. */
function standardNormals(draw: Draw): () => number {
  let spare = Number.NaN;
  return () => {
    if (!Number.isNaN(spare)) {
      const kept = spare;
      spare = Number.NaN;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(draw()));
    const angle = 2 * Math.PI * draw();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}
