// How hard the client comes back, once the upstream works again.
import { z } from 'zod';
import { defineCriterion, type Finding } from '../criterion.ts';
import { type Attempt, calmOf, healedOf, type Span } from '../evidence.ts';
import { arrivedIn, lengthOf } from '../spans.ts';
import { estimated } from '../statistics.ts';
import { atMost, idsOf, noData } from '../verdict.ts';

const MIN_CALM = 20;
const WINDOW_MS = 60_000;
const SECOND_MS = 1000;
/** Of minutes that by chance alone are taken for a warning, or for worse. */
const USUAL = 0.05;
const RARE = 0.001;
/** A rate of more a second has no such fluctuations, and its exponential no figures. */
const MOST_BY_CHANCE = 1000;

export const herdOvershoot = defineCriterion({
  name: 'herd-overshoot',
  asks: 'How hard does it come back, once the upstream works again?',
  unit: 'ratio',
  counts: 'told',
  better: 'less',
  weight: 0,
  thresholds: z.strictObject({
    pass: z.number().positive().default(2).describe('times its rate in the calm in any second, at most'),
    warn: z.number().positive().default(5).describe('up to which it is a warning'),
  }),
  threshold: ({ pass, warn }) => `at most ${pass} times its calm rate, warns up to ${warn}`,
  source: 'the thresholds are our own',
  judge: ({ evidence }, { pass, warn }): Finding => {
    const calm = calmOf(evidence);
    const healed = healedOf(evidence);
    const before = arrivedIn(evidence.attempts, calm);
    if (!calm || !healed || before.length < MIN_CALM || lengthOf(healed) < SECOND_MS)
      return noData(before.length, `${MIN_CALM} requests before the fault are needed, and a second after it.`);
    const minute = { from: healed.from, to: Math.min(healed.to, healed.from + WINDOW_MS) };
    const after = arrivedIn(evidence.attempts, minute);
    if (after.length === 0) return noData(0, 'It asked for nothing in the minute after the fault.');
    const most = arrivedIn(after, fullestSecond(after));
    const perS = (before.length / lengthOf(calm)) * SECOND_MS;
    const figure = most.length / perS;
    const byChance = fullestByChance(perS, USUAL) / perS;
    const limits = { pass: Math.max(pass, byChance), warn: Math.max(warn, fullestByChance(perS, RARE) / perS) };
    const verdict = atMost(estimated(figure, 0), limits);
    const is = `In its busiest second after the fault it asked ${figure.toFixed(1)} times as much as before`;
    const advice = verdict === 'pass' ? `${is}.` : `${is}; spread retries by jitter, and let it warm up slowly.`;
    return { verdict, n: after.length, figure, advice, evidence: idsOf(most), more: { byChance } };
  },
});

/** Of attempts by arrival, at least one. */
function fullestSecond(attempts: readonly Attempt[]): Span {
  let [first, most, from] = [0, 0, 0];
  attempts.forEach(({ at }, last) => {
    while ((attempts[first] as Attempt).at <= at - SECOND_MS) first++;
    if (last - first + 1 <= most) return;
    most = last - first + 1;
    from = (attempts[first] as Attempt).at;
  });
  return { from, to: from + SECOND_MS };
}

/**
 * So many requests in its fullest second has all of such a minute at most, but for this share, whose requests come by
 * chance at this rate: by the tail of the Poisson distribution, for five windows a second that know nothing of each other.
 */
function fullestByChance(perS: number, share: number): number {
  const rare = share / (5 * (WINDOW_MS / SECOND_MS));
  let [count, probability] = [0, Math.exp(-perS)];
  let tail = 1 - probability;
  while (tail > rare && count < MOST_BY_CHANCE) {
    count++;
    probability *= perS / count;
    tail -= probability;
  }
  return count;
}
