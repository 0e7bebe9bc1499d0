// How hard the client comes back, once the upstream works again.
import { z } from 'zod';
import { defineCriterion, type Finding } from '../criterion.ts';
import { type Attempt, calmOf, healedOf, type Span } from '../evidence.ts';
import { arrivedIn, lengthOf } from '../spans.ts';
import { idsOf, noData } from '../verdict.ts';

const MIN_CALM = 20;
const WINDOW_MS = 60_000;
const SECOND_MS = 1000;

export const herdOvershoot = defineCriterion({
  name: 'herd-overshoot',
  asks: 'How hard does it come back, once the upstream works again?',
  unit: 'ratio',
  counts: 'told',
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
    const most = fullestSecond(after);
    const figure =
      lengthOf(most) === 0 ? 0 : arrivedIn(after, most).length / ((before.length / lengthOf(calm)) * SECOND_MS);
    const verdict = figure <= pass ? 'pass' : figure <= warn ? 'warn' : 'fail';
    const is = `In its busiest second after the fault it asked ${figure.toFixed(1)} times as much as before`;
    const advice = verdict === 'pass' ? `${is}.` : `${is}; spread retries by jitter, and let it warm up slowly.`;
    return { verdict, n: after.length, figure, advice, evidence: idsOf(arrivedIn(after, most)) };
  },
});

/** Of attempts by arrival; empty of none. */
function fullestSecond(attempts: readonly Attempt[]): Span {
  let [first, most, from] = [0, 0, 0];
  attempts.forEach(({ at }, last) => {
    while ((attempts[first] as Attempt).at <= at - SECOND_MS) first++;
    if (last - first + 1 <= most) return;
    most = last - first + 1;
    from = (attempts[first] as Attempt).at;
  });
  return { from, to: most === 0 ? from : from + SECOND_MS };
}
