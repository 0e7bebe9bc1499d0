// Whether an exchange served its client: what goodput, error shares and failed tries are counted by, everywhere.
import type { About } from './about.ts';
import type { ExchangeEntry } from './entry.ts';

/** What of an exchange says so. */
export interface Outcome extends Pick<ExchangeEntry, 'ended' | 'status'> {
  readonly about: Pick<About, 'isWrongType'> | null;
}

/**
 * A whole answer that is no failure of the server, no "too many", and of a type that the operation may answer with. A
 * refusal such as 404 or 409 serves; what is still open has not served yet.
 */
export const hasServed = ({ ended, status, about }: Outcome): boolean =>
  ended === 'answered' && status !== null && status < 500 && status !== 429 && about?.isWrongType !== true;
