// How many first tries come each second, over the time of an on-sale.
import { ratePerS } from './rate.ts';
import type { ArrivalSettings } from './settings.ts';

/** Growth of those who gather and refresh before the sale opens: by e in so many ms. */
const GATHERING_MS = 120_000;
/** How much of the peak, above the base, is there just before the sale opens; a choice, for want of a published figure. */
const GATHERED_SHARE = 0.2;
/** After so many times its constant, an exponential is taken for nothing (e^-20 of the peak). */
const VANISHED_AFTER = 20;
/** Part of the shortest constant in which the rate is taken as nearly steady. */
const STRETCHES = 20;

export interface Curve {
  /** First tries a second at this story time, in ms. */
  rateAt(storyMs: number): number;
  /** No less than any rate in between, and not much more. */
  boundOver(fromMs: number, toMs: number): number;
  /** A stretch in story ms over which the bound stays close to the rate. */
  readonly stretchMs: number;
  /** After this, and without a base, nobody comes any more. */
  readonly endsMs: number;
}

/** Rises by e per `growthMs` up to `fromMs`, holds until `untilMs`, falls by e per `decayMs`; `perS` at its top. */
interface Wave {
  readonly perS: number;
  readonly gatheredPerS: number;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly decayMs: number;
}

/**
 * lambda(t) = base + (peak - base) e^(-(t - at) / decay) from the opening on, and e^((t - at) / 120 s) of a fifth of it
 * before; a plateau keeps the peak for a while: ramp-up, sustained and ramp-down of I. Ari et al., "Managing flash crowds
 * on the Internet" (MASCOTS 2003). Echoes are added, without a crowd gathering for them.
 */
export function curveOf({ base, onSale, plateau = 0, echoes = [] }: ArrivalSettings, muPerS: number): Curve {
  const basePerS = ratePerS(base, muPerS);
  const above = (peak: Parameters<typeof ratePerS>[0]): number => Math.max(0, ratePerS(peak, muPerS) - basePerS);
  const waves: Wave[] = echoes.map(({ at, peak, decay }) => ({
    perS: above(peak),
    gatheredPerS: 0,
    fromMs: at,
    untilMs: at,
    decayMs: decay,
  }));
  if (onSale) {
    const { at, peak, decay } = onSale;
    const perS = above(peak);
    waves.push({ perS, gatheredPerS: perS * GATHERED_SHARE, fromMs: at, untilMs: at + plateau, decayMs: decay });
  }
  return {
    rateAt: (storyMs) => waves.reduce((sum, wave) => sum + waveAt(wave, storyMs), basePerS),
    boundOver: (fromMs, toMs) => waves.reduce((sum, wave) => sum + waveBound(wave, fromMs, toMs), basePerS),
    stretchMs: Math.min(GATHERING_MS, ...waves.map(({ decayMs }) => decayMs)) / STRETCHES,
    endsMs: Math.max(0, ...waves.map(({ untilMs, decayMs }) => untilMs + VANISHED_AFTER * decayMs)),
  };
}

function waveAt({ perS, gatheredPerS, fromMs, untilMs, decayMs }: Wave, storyMs: number): number {
  if (storyMs < fromMs) {
    const early = (fromMs - storyMs) / GATHERING_MS;
    return early > VANISHED_AFTER ? 0 : gatheredPerS * Math.exp(-early);
  }
  const late = (storyMs - untilMs) / decayMs;
  if (late <= 0) return perS;
  return late > VANISHED_AFTER ? 0 : perS * Math.exp(-late);
}

/** It rises, holds and falls, so its highest is at the end before it, at the beginning after it, or its top. */
function waveBound(wave: Wave, fromMs: number, toMs: number): number {
  if (toMs < wave.fromMs) return waveAt(wave, toMs);
  return fromMs > wave.untilMs ? waveAt(wave, fromMs) : wave.perS;
}
