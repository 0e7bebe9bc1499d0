// How soon the client works as before, once the upstream does.
import { z } from 'zod';
import { defineCriterion, type Finding } from '../criterion.ts';
import { type Attempt, calmOf, type Evidence, healedOf } from '../evidence.ts';
import { arrivedIn, lengthOf } from '../spans.ts';
import { estimated } from '../statistics.ts';
import { isServed } from '../trace.ts';
import { atMost, idsOf, noData } from '../verdict.ts';

const MIN_CALM = 20;
const WINDOW_MS = 15_000;
const SHARE = 0.9;
/** Chance alone lets a window fall short of its mean by so many standard deviations, now and then. */
const BY_CHANCE = 2;

export const recovery = defineCriterion({
  name: 'recovery',
  asks: 'How soon does it work as before, once the upstream does?',
  unit: 's',
  counts: 'judged',
  better: 'less',
  weight: 90,
  thresholds: z.strictObject({
    pass: z.number().positive().default(60).describe('seconds from the end of the last fault, at most'),
    warn: z.number().positive().default(300).describe('up to which it is a warning'),
  }),
  threshold: ({ pass, warn }) => `within ${pass} s, warns up to ${warn} s`,
  source: 'Simulation of breakers: 1.2 to 1.5 times their open time; the thresholds are our own',
  judge: ({ evidence }, { pass, warn }): Finding => {
    const calm = calmOf(evidence);
    const healed = healedOf(evidence);
    const before = arrivedIn(evidence.attempts, calm).filter(isServed);
    if (!calm || !healed || before.length < MIN_CALM || lengthOf(healed) < WINDOW_MS)
      return noData(
        before.length,
        `${MIN_CALM} good answers before the fault are needed, and ${WINDOW_MS / 1000} s after it.`,
      );
    const after = arrivedIn(evidence.attempts, healed).filter(isServed);
    const expected = (before.length / lengthOf(calm)) * WINDOW_MS;
    const at = recoveredAt(after, evidence, Math.max(1, expected * SHARE - BY_CHANCE * Math.sqrt(expected)));
    const seen = lengthOf(healed) / 1000;
    const figure = at === undefined ? seen : (at - healed.from) / 1000;
    const more = { censored: at === undefined ? 'it had not recovered by the end' : null };
    const firstGood = idsOf(after);
    if (at !== undefined) {
      const verdict = atMost(estimated(figure, 0), { pass, warn });
      const is = `It worked as before ${figure.toFixed(1)} s after the last fault`;
      const advice =
        verdict === 'pass'
          ? `${is}.`
          : `${is}; let its breaker probe sooner, and empty queues of what nobody waits for any more.`;
      return { verdict, n: before.length + after.length, figure, advice, evidence: firstGood, more };
    }
    return {
      ...{ verdict: seen > pass ? 'fail' : 'warn', n: before.length + after.length, figure, evidence: firstGood, more },
      advice: `It did not work as before within the ${seen.toFixed(0)} s that were watched; look at breakers that stay open and at queues.`,
    };
  },
});

/** The earliest moment from which on a window holds so many good answers; undefined where there is none. */
function recoveredAt(good: readonly Attempt[], { whole, faults }: Evidence, least: number): number | undefined {
  const from = faults.at(-1)?.to ?? whole.to;
  const needed = Math.ceil(least) - 1;
  const fills = (start: number, first: number): boolean => (good[first + needed]?.at ?? whole.to) < start + WINDOW_MS;
  if (fills(from, 0)) return from;
  return good.find(({ at }, first) => at + WINDOW_MS <= whole.to && fills(at, first))?.at;
}
