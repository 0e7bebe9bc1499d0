// Operations that were tried again under another key: they stand as traces of their own, and are none.
import type { Case } from './criterion.ts';
import { type Attempt, isNaming } from './evidence.ts';
import { addTo } from './groups.ts';
import type { Repeat } from './repeats.ts';
import type { Trace } from './trace.ts';
import type { Traces } from './traces.ts';

/** By the places of their first attempts. */
export interface Rekeyed {
  /** Those that go on another one, in order, by the first of it. */
  readonly further: ReadonlyMap<number, readonly Trace[]>;
  /** All of those. */
  readonly others: ReadonlySet<number>;
}

export function rekeyedOf({ repeats, traces }: Pick<Case, 'repeats' | 'traces'>): Rekeyed {
  const further = new Map<number, Trace[]>();
  const begunBy = new Map<number, number>();
  const again = repeats.repeats.filter(isRekeyed);
  const places = placesOf(again, traces);
  for (const { attempt, before } of again) {
    const [own, other] = [places.get(attempt), places.get(before)];
    if (own === undefined || other === undefined || own === other || traces.attempts[own] !== attempt) continue;
    const first = begunBy.get(other) ?? other;
    begunBy.set(own, first);
    addTo(further, first, traces.begunAt(own));
  }
  return { further, others: new Set(begunBy.keys()) };
}

type RepeatUnderNewKey = Repeat & { readonly before: Attempt };

/** Of what names nobody, who knows whether it is the same. */
const isRekeyed = (repeat: Repeat): repeat is RepeatUnderNewKey =>
  repeat.before !== undefined && repeat.key !== 'same' && isNaming(repeat.attempt);

/** Of each of them the first attempt of its trace. */
function placesOf(repeats: readonly RepeatUnderNewKey[], traces: Traces): Map<Attempt, number> {
  const places = new Map<Attempt, number>();
  if (repeats.length === 0) return places;
  const meant = new Set(repeats.flatMap(({ attempt, before }) => [attempt, before]));
  traces.attempts.forEach((attempt, place) => {
    if (meant.has(attempt)) places.set(attempt, traces.first(place));
  });
  return places;
}
