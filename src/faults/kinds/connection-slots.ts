// connection-slots: so many connections are served at once, the others wait or overflow.
import { z } from 'zod';
import { OVERFLOWS } from '../../wire/door/door-conditions.ts';
import { defineFault } from '../fault.ts';

export const connectionSlots = defineFault({
  name: 'connection-slots',
  summary: 'Only so many connections are served at once; the next ones wait, and beyond those they overflow.',
  teaches: 'Keep few connections and give them back: whoever holds an idle one keeps somebody else out.',
  signature: {
    says: 'While all slots are taken, a connection is accepted and gets not one byte, until one of the served is closed.',
    shows: { ending: 'hang', answer: 'none', work: false },
    trials: [
      { stimulus: 'behind-another', with: { slots: 1 } },
      {
        stimulus: 'behind-another',
        with: { slots: 2 },
        shows: { ending: 'keep', answer: 'whole', work: true },
        alone: true,
      },
      { stimulus: 'behind-another', with: { slots: 1, waiting: 0 }, shows: { ending: 'reset' }, directOnly: true },
      {
        stimulus: 'behind-another',
        with: { slots: 1, waiting: 0, overflow: 'unavailable' },
        shows: { status: 503, ending: 'close', answer: 'whole' },
      },
    ],
  },
  at: ['standing'],
  living: 'untouchable',
  params: z.strictObject({
    slots: z.int().min(0).max(1_000_000).default(10).describe('connections served at once'),
    waiting: z
      .union([z.int().min(0).max(1_000_000), z.literal('unbounded')])
      .default('unbounded')
      .describe('connections that may wait for a slot, in order of arrival'),
    overflow: z
      .enum(OVERFLOWS)
      .default('reset')
      .describe('beyond that: reset (accepted, then an RST), shut (the door is shut while full), unavailable (a 503)'),
  }),
  example: { slots: 20, waiting: 100, overflow: 'reset' },
  arm: ({ slots, waiting, overflow }) => ({
    standing: () => ({
      slots: { slots, waiting: waiting === 'unbounded' ? Number.POSITIVE_INFINITY : waiting, overflow },
    }),
  }),
});
