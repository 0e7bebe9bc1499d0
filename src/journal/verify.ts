// Was it so, so many times? A verdict that never guesses about entries that are gone.
import { z } from 'zod';
import { duration } from '../base/duration.ts';
import type { ExchangeEntry } from './entry.ts';
import { type Criterion, type JournalMatch, journalMatch } from './query.ts';

/** A verification may wait at most this long. */
export const MAX_WITHIN_MS = 300_000;
/** Nearest entries in a failed verdict. */
const NEAREST = 5;

const times = z.int().min(0);
const countRange = z
  .strictObject({ min: times.optional(), max: times.optional() })
  .refine(({ min, max }) => min === undefined || max === undefined || min <= max, 'min must not be above max');

/** Body of `POST /v1/journal/verify`. Without `count`: at least once. */
export const verifyRequest = z.strictObject({
  match: journalMatch.default({}),
  count: countRange.default({ min: 1 }),
  within: duration()
    .refine((ms) => ms <= MAX_WITHIN_MS, `must be at most ${MAX_WITHIN_MS / 60_000}m`)
    .optional()
    .describe('waits up to so long until it is so; with only a max, always so long'),
});
export type CountRange = z.output<typeof countRange>;
export interface VerifyRequest {
  readonly match: JournalMatch;
  readonly count: CountRange;
  /** Milliseconds. */
  readonly within?: number | undefined;
}

/** An entry that came close, and the fields it failed. */
export interface NearMiss {
  readonly entry: ExchangeEntry;
  readonly missed: readonly string[];
}

export type Verdict =
  | { readonly ok: true; readonly count: number }
  | {
      readonly ok: false;
      readonly code: 'verification_failed';
      readonly count: number;
      readonly detail: string;
      /** Best first. When there were too many: the newest of those that matched. */
      readonly nearest: readonly NearMiss[];
    }
  | {
      readonly ok: false;
      readonly code: 'evidence_evicted';
      readonly count: number;
      readonly detail: string;
      /** Entries of the asked period that are gone, at most. */
      readonly evicted: number;
    };

export type Judgement = 'ok' | 'too-few' | 'too-many' | 'unsure';

/** The true count lies between what is seen and what is seen plus all that is gone; the verdict must hold for both. */
export function judge(
  count: number,
  evicted: number,
  { min = 0, max = Number.POSITIVE_INFINITY }: CountRange,
): Judgement {
  const most = count + evicted;
  if (count > max) return 'too-many';
  if (most < min) return 'too-few';
  return count >= min && most <= max ? 'ok' : 'unsure';
}

/** Says what is wrong in the words of who asked. */
export function explain(judgement: Judgement, count: number, evicted: number, range: CountRange): string {
  const found = `${count} matching ${count === 1 ? 'entry' : 'entries'}, asked for ${showRange(range)}`;
  if (judgement !== 'unsure') return found;
  return `${found}; ${evicted} older entries are no longer kept and could change the verdict: clear the journal before a test, narrow \`since\`, or raise SHOWSTOPPER_JOURNAL_MAX and SHOWSTOPPER_JOURNAL_MAX_BYTES`;
}

function showRange({ min, max }: CountRange): string {
  if (min !== undefined && min === max) return `exactly ${min}`;
  if (max === undefined) return `at least ${min ?? 0}`;
  return min === undefined ? `at most ${max}` : `${min} to ${max}`;
}

/** Too few: the entries that failed the fewest fields; too many: those that matched. The newest first among equals. */
export function nearMisses(
  newestFirst: Iterable<ExchangeEntry>,
  criteria: readonly Criterion[],
  judgement: Judgement,
): NearMiss[] {
  const nearest: NearMiss[] = [];
  for (const entry of newestFirst) {
    const missed: string[] = criteria.filter((criterion) => !criterion.fits(entry)).map(({ field }) => field);
    if (missed.length > 0 === (judgement === 'too-many')) continue;
    const worse = nearest.findIndex((other) => other.missed.length > missed.length);
    if (worse >= 0) nearest.splice(worse, 0, { entry, missed });
    else if (nearest.length < NEAREST) nearest.push({ entry, missed });
    if (nearest.length > NEAREST) nearest.pop();
  }
  return nearest;
}
