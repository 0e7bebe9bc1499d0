// latency: the answer is late, by a distribution.
import { atMostOneForm, quantileOf } from '../../base/distribution.ts';
import { defineFault } from '../fault.ts';

/** What it waits when armed bare. */
const BARE = { fixed: 1000 };

export const latency = defineFault({
  name: 'latency',
  summary: 'Every answer takes longer, by a distribution of your choice.',
  teaches: 'Set a timeout on every upstream call, from the latency you measured, not from hope.',
  signature: {
    says: 'The whole answer arrives, later by the drawn time; the work is done after the wait, also for a client that has left.',
    shows: { ending: 'keep', answer: 'whole', work: true, late: true },
  },
  at: ['arrive'],
  params: atMostOneForm,
  example: { percentiles: { p50: '80ms', p90: '400ms', p99: '2s', max: '9s' } },
  arm(distribution) {
    const quantile = quantileOf(Object.keys(distribution).length > 0 ? distribution : BARE);
    return { arrive: (_arrival, chance) => ({ waitMs: quantile(chance.uniform('latency')) }) };
  },
});
