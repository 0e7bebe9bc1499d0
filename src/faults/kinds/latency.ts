// latency: the answer is late, by a distribution that may move with time.
import { z } from 'zod';
import { distributionFields, isOneForm, ONE_FORM, quantileOf } from '../../base/distribution.ts';
import { duration, formatDuration, MAX_DURATION_MS } from '../../base/duration.ts';
import { type Ramp, rampAt, rampOf } from '../../base/ramp.ts';
import { defineFault } from '../fault.ts';

/** What it waits when armed bare. */
const BARE_MS = 1000;

const fields = z.strictObject({
  ...distributionFields,
  fixed: z
    .union([duration(), rampOf(duration())])
    .optional()
    .meta({
      description: 'always this long, or `{from, to, over}` since the rule came into force',
      bare: formatDuration(BARE_MS),
    }),
  scale: rampOf(z.number().min(0).max(1_000_000))
    .optional()
    .describe('multiplies any form: numbers `{from, to, over}` since the rule came into force'),
});
type Given = z.output<typeof fields>;

const params = fields
  .refine(isOneForm, ONE_FORM)
  .refine(mayWait, 'would wait 0 ms for ever, and never act: give it a time above 0');

/** A ramp over no time is at its end at once. */
const highest = ({ from, to, overMs }: Ramp): number => (overMs > 0 ? Math.max(from, to) : to);

/** Whether any draw, at any time, makes a request wait. */
function mayWait({ fixed, scale, uniform, normal, lognormal, pareto, percentiles }: Given): boolean {
  if (scale && highest(scale) === 0) return false;
  const longest = [
    typeof fixed === 'object' ? highest(fixed) : fixed,
    uniform?.max,
    normal && Math.max(normal.mean, normal.sd),
    lognormal && Math.min(lognormal.median, lognormal.max ?? lognormal.median),
    pareto && Math.min(pareto.min, pareto.max ?? pareto.min),
    percentiles?.max,
  ].filter((ms) => ms !== undefined);
  return longest.length === 0 || longest.some((ms) => ms > 0);
}

export const latency = defineFault({
  name: 'latency',
  summary: 'Every answer takes longer, by a distribution of your choice.',
  teaches: 'Set a timeout on every upstream call, from the latency you measured, not from hope.',
  signature: {
    says: 'The whole answer arrives, later by the drawn time; the work is done after the wait, also for a client that has left.',
    shows: { ending: 'keep', answer: 'whole', work: true, late: true },
    trials: [{ with: { fixed: '400ms' }, figures: { wholeMs: 400 } }],
  },
  at: ['arrive'],
  params,
  example: { percentiles: { p50: '80ms', p90: '400ms', p99: '2s', max: '9s' } },
  arm(chosen, { clock }) {
    const since = clock.now();
    const waitMs = waiting(chosen);
    return {
      arrive: (_arrival, chance) => ({ waitMs: waitMs(chance.uniform('latency'), clock.now() - since) }),
    };
  },
});

/** Milliseconds at a quantile, so long after the rule came into force; never more than a duration can be. */
function waiting({ fixed, scale, ...form }: z.output<typeof params>): (u: number, elapsedMs: number) => number {
  const scaled = (ms: number, elapsedMs: number): number =>
    Math.min(MAX_DURATION_MS, ms * (scale ? rampAt(scale, elapsedMs) : 1));
  if (typeof fixed === 'object') return (_u, elapsedMs) => scaled(rampAt(fixed, elapsedMs), elapsedMs);
  const given = Object.values(form).some((value) => value !== undefined);
  const quantile = quantileOf(given ? form : { fixed: fixed ?? BARE_MS });
  return (u, elapsedMs) => scaled(quantile(u), elapsedMs);
}
