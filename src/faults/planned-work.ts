// What the rules of a request tell the box office, rule by rule, and which of it came to be used.
import type { Term, Terms } from '../box-office/terms.ts';
import type { Arrival } from '../wire/arrival.ts';
import type { DrawnStrike } from './drawn-strike.ts';

export interface PlannedWork {
  readonly terms: Terms;
  /**
   * After the work: a rule has acted whose terms were used, and the others have not. Gives those whose terms were only
   * told to a reader: they act if that shows in what is delivered.
   */
  done(): readonly DrawnStrike[];
}

/** Terms that lay nothing down in a read: what they do is in its answer alone. */
const TOLD_TO_READERS: ReadonlySet<Term> = new Set<Term>(['soldOut']);
const NOBODY: readonly never[] = Object.freeze([]);

/** Terms of a rule without a unit of its limit are left out. Of two that set one term, the later is heard. */
export function foldTerms(honest: Terms, strikes: readonly DrawnStrike[], arrival: Arrival): PlannedWork {
  const setBy = new Map<Term, DrawnStrike>();
  const telling = new Set<DrawnStrike>();
  let terms = honest;
  for (const strike of strikes) {
    const wanted = strike.rule.armed.work?.(terms, arrival, strike.chance) ?? terms;
    const changed = changedTerms(terms, wanted);
    if (changed.length === 0 || !strike.take()) continue;
    terms = wanted;
    telling.add(strike);
    for (const term of changed) setBy.set(term, strike);
  }
  if (telling.size === 0) return { terms: honest, done: () => NOBODY };
  const used = new Set<Term>();
  return {
    terms: { ...terms, used },
    done() {
      const usedOf = (strike: DrawnStrike): Term[] => [...used].filter((term) => setBy.get(term) === strike);
      const onlyTold = (terms: readonly Term[]): boolean =>
        isRead(arrival) && terms.every((term) => TOLD_TO_READERS.has(term));
      const told: DrawnStrike[] = [];
      for (const strike of telling) {
        const terms = usedOf(strike);
        if (terms.length === 0) strike.giveBack();
        else if (onlyTold(terms)) told.push(strike);
        else strike.acted();
      }
      return told;
    },
  };
}

const isRead = ({ method }: Arrival): boolean => method === 'GET' || method === 'HEAD';

function changedTerms(before: Terms, after: Terms): Term[] {
  if (before === after) return [];
  const terms = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<Term>;
  return [...terms].filter((term) => before[term] !== after[term]);
}
