// Whether the client asks again under the same idempotency key for what changes something.
import { z } from 'zod';
import { defineCriterion, type Finding } from '../criterion.ts';
import type { Repeat } from '../repeats.ts';
import { shareEstimate } from '../statistics.ts';
import { atLeast, idsOf, noData, warnsTo } from '../verdict.ts';

const MIN_REPEATS = 3;

export const idempotencyKeys = defineCriterion({
  name: 'idempotency-keys',
  asks: 'Does it repeat a request that changes something under the same key?',
  unit: 'share',
  counts: 'gate',
  better: 'more',
  weight: 150,
  thresholds: z.strictObject({
    pass: z.number().min(0).max(1).default(1).describe('share of repeated requests under the same key, at least'),
    warn: z.number().min(0).max(1).default(1).describe('down to which it is a warning'),
  }),
  threshold: ({ pass, warn }) =>
    `at least ${pass * 100} % of repeats under the same key${warnsTo(`down to ${warn * 100} %`, { pass, warn })}`,
  source: 'draft-ietf-httpapi-idempotency-key-header; Stripe’s and pretix’s API',
  judge: ({ repeats: { repeats, unsure } }, limits): Finding => {
    const wrong = repeats.filter(({ key }) => key !== 'same');
    const unsafe = wrong.filter(({ isAfterRefusal }) => !isAfterRefusal);
    const n = repeats.length;
    if (n === 0 || (n < MIN_REPEATS && wrong.length === 0))
      return noData(n, `${MIN_REPEATS} repeats of a reservation, an order or a completion that failed are needed.`);
    const { figure, low, high } = shareEstimate(n - wrong.length, n);
    const verdict = atLeast({ figure, low, high }, limits);
    return {
      // what was turned away was surely not done: another key does no harm
      verdict: verdict === 'fail' && unsafe.length === 0 ? 'warn' : verdict,
      ...{ n, figure, advice: adviceOn(wrong, n) },
      evidence: idsOf([...unsafe, ...wrong.filter(({ isAfterRefusal }) => isAfterRefusal)].flatMap(shown)),
      more: { low, high, ...countsOf(wrong), unsure },
    };
  },
});

const shown = ({ attempt, before }: Repeat) => (before ? [before, attempt] : [attempt]);

const countsOf = (wrong: readonly Repeat[]) => ({
  newKey: wrong.filter(({ key }) => key === 'new').length,
  withoutKey: wrong.filter(({ key }) => key === 'none').length,
  otherBody: wrong.filter(({ key }) => key === 'other-body').length,
});

function adviceOn(wrong: readonly Repeat[], n: number): string {
  if (wrong.length === 0) return 'Every repeat kept the key of its first try.';
  const { newKey, withoutKey, otherBody } = countsOf(wrong);
  const most = Math.max(newKey, withoutKey, otherBody);
  const remedy =
    most === newKey
      ? 'make one key for each thing to be done, store it before the first try, and repeat under it'
      : most === withoutKey
        ? 'send an Idempotency-Key with every POST, and the same one with its repeats'
        : 'send the very same body again under a key, and a new key with another body';
  return `${wrong.length} of ${n} repeats could have done the work twice; ${remedy}.`;
}
