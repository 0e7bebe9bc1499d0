// skewed-clock: the upstream's clock is wrong, in the Date header and in every time that its answers tell.
import { z } from 'zod';
import { duration } from '../../base/duration.ts';
import { defineFault } from '../fault.ts';
import { jsonText, withHeader } from '../rewriting.ts';

/** A whole JSON string that is an RFC 3339 time. */
const TIME = /"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2}))"/g;

export const skewedClock = defineFault({
  name: 'skewed-clock',
  summary: 'The clock of the upstream is wrong: its Date header and all times in its answers lie.',
  teaches: 'Never compare their time with yours: count down from when the answer came, and leave a margin.',
  signature: {
    says: 'A complete true answer, whose Date header and RFC 3339 times are off by the same `by`.',
    shows: { status: 200, ending: 'keep', answer: 'whole', work: true, differs: ['date', 'body'] },
    trials: [
      { figures: { clockMs: -300_000 } },
      { with: { by: '10m', direction: 'ahead' }, figures: { clockMs: 600_000 } },
    ],
  },
  at: ['answer'],
  params: z.strictObject({
    by: duration().prefault('5m').describe('how far it is off'),
    direction: z.enum(['behind', 'ahead']).default('behind').describe('which way'),
  }),
  example: { by: '10m', direction: 'ahead' },
  arm: ({ by, direction }, { clock }) => {
    const offMs = direction === 'ahead' ? by : -by;
    const shifted = (quoted: string, time: string): string => {
      const at = Date.parse(time) + offMs;
      return Math.abs(at) <= MAX_EPOCH_MS ? `"${new Date(at).toISOString()}"` : quoted;
    };
    return {
      answer(reply) {
        const dated = withHeader(reply, ['Date', new Date(clock.now() + offMs).toUTCString()]);
        const text = jsonText(reply);
        return text === undefined ? dated : { ...dated, body: text.replaceAll(TIME, shifted) };
      },
    };
  },
});

/** The furthest a Date goes. */
const MAX_EPOCH_MS = 8.64e15;
