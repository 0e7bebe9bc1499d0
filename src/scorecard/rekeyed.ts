// Operations that were tried again under another key: they stand as traces of their own, and are none.
import type { Case } from './criterion.ts';
import type { Attempt } from './evidence.ts';
import { type Repeat, repeatsOf } from './repeats.ts';
import type { Trace } from './trace.ts';

/** Those that go on another one, by the first of it, in order. */
export function rekeyedOf({ evidence, traces }: Pick<Case, 'evidence' | 'traces'>): Map<Trace, Trace[]> {
  const repeats = repeatsOf(evidence).repeats.filter(isRekeyed);
  const further = new Map<Trace, Trace[]>();
  const begunBy = new Map<Trace, Trace>();
  if (repeats.length === 0) return further;
  const places = placesOf(repeats, traces);
  for (const { attempt, before } of repeats) {
    const [own, other] = [places.get(attempt), places.get(before)];
    if (!own || !other || own === other || own.first !== attempt) continue;
    const first = begunBy.get(other) ?? other;
    begunBy.set(own, first);
    const known = further.get(first);
    if (known) known.push(own);
    else further.set(first, [own]);
  }
  return further;
}

type Rekeyed = Repeat & { readonly before: Attempt };

/** Of what names nobody, who knows whether it is the same. */
const isRekeyed = (repeat: Repeat): repeat is Rekeyed =>
  repeat.before !== undefined && repeat.key !== 'same' && isNaming(repeat.attempt);

const isNaming = ({ order, reservation, customer }: Attempt): boolean => (order ?? reservation ?? customer) !== null;

/** In which trace each of them stands. */
function placesOf(repeats: readonly Rekeyed[], traces: readonly Trace[]): Map<Attempt, Trace> {
  const meant = new Set(repeats.flatMap(({ attempt, before }) => [attempt, before]));
  const places = new Map<Attempt, Trace>();
  for (const trace of traces)
    for (let place = 0; place < trace.count; place++) {
      const attempt = trace.at(place) as Attempt;
      if (meant.has(attempt)) places.set(attempt, trace);
    }
  return places;
}
