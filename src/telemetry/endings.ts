// How exchanges end, in the words of metrics: served, answered with a failure, or not answered whole and by whom.
import { ENDS, type ExchangeEntry } from '../journal/entry.ts';
import { hasServed } from '../journal/served.ts';

/** Ends without a whole answer. */
const UNANSWERED = ENDS.filter((end) => end !== 'answered');

/** `served`: whole, and no failure · `failed`: whole, and a failure, too many, or of a wrong type · the others: no whole answer. */
export const ENDINGS = ['served', 'failed', ...UNANSWERED] as const;

/** Its place in ENDINGS, of an exchange that has ended. */
export function endingOf(entry: ExchangeEntry): number {
  if (entry.ended === 'answered') return hasServed(entry) ? 0 : 1;
  return 2 + UNANSWERED.indexOf(entry.ended as (typeof UNANSWERED)[number]);
}
