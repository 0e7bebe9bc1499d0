// Was it so, so many times? A verdict that never guesses about entries that are gone.
import { z } from 'zod';
import { duration } from '../base/duration.ts';
import type { NearMiss } from './near-misses.ts';
import { type JournalMatch, journalMatch } from './query.ts';

/** A verification may wait at most this long. */
export const MAX_WITHIN_MS = 300_000;
/** How long a count must stay right when there is a max too, unless asked otherwise. */
const DEFAULT_SETTLE_MS = 200;

/** At least one of the two; a min of 0 is none, since it is always met. */
export interface CountRange {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

export const hasMin = ({ min = 0 }: CountRange): boolean => min > 0;

const times = z.int().min(0);
const countRange = z
  .strictObject({ min: times.optional(), max: times.optional() })
  .refine(({ min, max }) => min === undefined || max === undefined || min <= max, 'min must not be above max')
  .refine(({ min, max }) => max !== undefined || hasMin({ min }), 'is always so: give a min of 1 or more, or a max');

const span = duration().refine((ms) => ms <= MAX_WITHIN_MS, `must be at most ${MAX_WITHIN_MS / 60_000}m`);

/** Body of `POST /v1/journal/verify`. Without `count`: at least once. */
export const verifyRequest = z
  .strictObject({
    match: journalMatch.default({}),
    count: countRange.optional().default({ min: 1 }),
    within: span
      .optional()
      .describe('waits up to so long: with a min until it is so, with only a max always so long, unless it is passed'),
    settle: span
      .optional()
      .describe('with a min, how long it must stay so before that is the answer; default 0s, with a max too 200ms'),
  })
  .superRefine(({ count, within, settle }, context) => {
    if (settle === undefined) return;
    const complain = (message: string): void => context.addIssue({ code: 'custom', path: ['settle'], message });
    if (!hasMin(count)) complain('goes with a min: with only a max the whole of `within` is waited for');
    else if (settle > (within ?? 0)) complain('must not be longer than `within`');
  });
export interface VerifyRequest {
  readonly match: JournalMatch;
  readonly count: CountRange;
  /** Milliseconds. */
  readonly within?: number | undefined;
  readonly settle?: number | undefined;
}

export const settleOf = ({ count, settle }: Pick<VerifyRequest, 'count' | 'settle'>): number =>
  settle ?? (count.max === undefined ? 0 : DEFAULT_SETTLE_MS);

/** `open`: exchanges that do not match and have not ended, so that they may yet. */
export type Verdict =
  | { readonly ok: true; readonly count: number; readonly open: number }
  | {
      readonly ok: false;
      readonly code: 'verification_failed';
      readonly count: number;
      readonly open: number;
      readonly detail: string;
      /** Best first. When there were too many: the newest of those that matched. */
      readonly nearest: readonly NearMiss[];
    }
  | {
      readonly ok: false;
      readonly code: 'evidence_evicted';
      readonly count: number;
      readonly open: number;
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
