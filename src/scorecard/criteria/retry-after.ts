// Whether the client waits as long as it is asked to.
import { z } from 'zod';
import { type Case, defineCriterion, type Finding } from '../criterion.ts';
import { isBeside, knownOverFrom } from '../delays.ts';
import type { Attempt } from '../evidence.ts';
import { arrivalOf, placeOf } from '../spans.ts';
import { shareEstimate } from '../statistics.ts';
import type { Traces } from '../traces.ts';
import { atLeast, idsOf, noData } from '../verdict.ts';

const MIN_ANSWERS = 20;
/** It may come so much too early: clocks tick, and a header has whole seconds. */
const LENIENCE_MS = 250;
const LENIENCE = 0.02;
/** A date has whole seconds too, and the client's clock is another than ours. */
const DATE_LENIENCE_MS = 1000;
const SECOND_MS = 1000;
/** Tries that are looked at one by one, as most operations have no more; of others all are taken together, once. */
const FEW = 8;

export const retryAfter = defineCriterion({
  name: 'retry-after',
  asks: 'Does it wait as long as Retry-After asks?',
  unit: 'share',
  counts: 'judged',
  better: 'more',
  weight: 70,
  thresholds: z.strictObject({
    pass: z.number().min(0).max(1).default(0.99).describe('share of answers that are heeded, at least'),
    warn: z.number().min(0).max(1).default(0.9).describe('down to which it is a warning'),
  }),
  threshold: ({ pass, warn }) => `at least ${pass * 100} %, warns down to ${warn * 100} %`,
  source: 'RFC 9110, section 10.2.3; RFC 6585, section 4',
  judge: (of, limits): Finding => {
    const asked = askedToWait(of);
    if (asked.length < MIN_ANSWERS)
      return noData(
        asked.length,
        `${MIN_ANSWERS} answers with Retry-After are needed that it could have heeded by now.`,
      );
    const early = asked.filter(({ next, due }) => next !== undefined && next.at < due);
    const estimate = shareEstimate(asked.length - early.length, asked.length);
    const verdict = atLeast(estimate, limits);
    const advice =
      early.length === 0
        ? 'It came back when it was asked to, or not at all.'
        : `It came too early after ${early.length} of ${asked.length} answers; wait for Retry-After before the next attempt.`;
    return {
      ...{ verdict, n: asked.length, figure: estimate.figure, advice },
      evidence: idsOf(early.flatMap(({ answer, next }) => (next ? [answer, next] : []))),
      more: { low: estimate.low, high: estimate.high, earliest: earliestOf(early) },
    };
  },
});

interface Asked {
  readonly answer: Attempt;
  /** The next try of the same operation; undefined: it never came back. */
  readonly next: Attempt | undefined;
  /** From when it may come back. */
  readonly due: number;
}

/** Answers whose wait is over, or was broken; by arrival. */
function askedToWait({ evidence, traces }: Case): Asked[] {
  const { attempts, whole } = evidence;
  const asked: Asked[] = [];
  const operations = new Operations(traces);
  attempts.forEach((answer, place) => {
    const { endedAt, retryAfterMs } = answer;
    if (!retryAfterMs || endedAt === null || traces.isUnsure(place)) return;
    const due = endedAt + retryAfterMs - lenienceOf(retryAfterMs);
    const next = operations.nextAfter(place);
    if (next || due <= whole.to) asked.push({ answer, next, due });
  });
  return asked;
}

class Operations {
  readonly #traces: Traces;
  /** Those of many tries, by the places of their first ones. */
  readonly #long = new Map<number, readonly Attempt[]>();

  constructor(traces: Traces) {
    this.#traces = traces;
  }

  /** The next try; one that came while it was open, as a hedge does, could not know what it would ask for. */
  nextAfter(place: number): Attempt | undefined {
    const traces = this.#traces;
    const answer = traces.attempts[place] as Attempt;
    let later = traces.next(place);
    for (let looked = 0; later !== undefined && looked < FEW; looked++, later = traces.next(later)) {
      const next = traces.attempts[later] as Attempt;
      if (!isBeside(answer, next)) return next;
    }
    if (later === undefined) return undefined;
    const tries = this.#triesOf(place);
    return tries[placeOf(tries, knownOverFrom(answer), arrivalOf)];
  }

  #triesOf(place: number): readonly Attempt[] {
    const first = this.#traces.first(place);
    let tries = this.#long.get(first);
    if (!tries) {
      tries = this.#traces.begunAt(first).attempts;
      this.#long.set(first, tries);
    }
    return tries;
  }
}

/** What asks for whole seconds was written as seconds; a date hardly ever comes to that. */
const lenienceOf = (ms: number): number =>
  Math.max(ms % SECOND_MS === 0 ? LENIENCE_MS : DATE_LENIENCE_MS, ms * LENIENCE);

/** The least part of a wait that was kept; null where none was broken. */
function earliestOf(early: readonly Asked[]): number | null {
  if (early.length === 0) return null;
  return early
    .map(({ answer, next }) => ((next?.at ?? 0) - (answer.endedAt ?? 0)) / (answer.retryAfterMs ?? 1))
    .reduce((least, part) => Math.min(least, part));
}
