// The refusal of a request that is not well formed: everything that is wrong with it, each with its place.
import type { Mistake } from '../../base/mistake.ts';
import { Refusal } from '../../base/refusal.ts';
import type { Code } from '../statuses.ts';

/** Mistakes shown; a long list of them helps nobody. */
const MAX_MISTAKES = 20;

export function refuseInput(mistakes: readonly Mistake[]): Refusal<Code> {
  const [first] = mistakes;
  const more = mistakes.length > 1 ? ` (and ${mistakes.length - 1} more)` : '';
  const detail = first ? `${first.path && `${first.path}: `}${first.message}${more}` : 'the request is not well formed';
  return new Refusal<Code>('validation_failed', detail, { errors: mistakes.slice(0, MAX_MISTAKES) });
}
