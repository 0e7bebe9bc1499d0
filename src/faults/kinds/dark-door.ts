// dark-door: nothing answers a connect, as behind a firewall that drops.
import { z } from 'zod';
import { Refusal } from '../../base/refusal.ts';
import { defineFault } from '../fault.ts';

export const darkDoor = defineFault({
  name: 'dark-door',
  summary: 'New connections are not even refused: nothing answers them.',
  teaches: 'Set a connect timeout of its own, far shorter than the two minutes of the system.',
  signature: {
    says: 'A SYN gets no answer, so that a connect hangs until its own timeout. Connections opened before go on as if nothing were.',
    shows: { connect: 'unanswered', ending: 'hang', answer: 'none', work: false },
  },
  at: ['standing'],
  countable: false,
  living: 'untouchable',
  directOnly: true,
  params: z.strictObject({}),
  example: {},
  arm(_params, { conditions }) {
    if (!conditions.darkness)
      throw new Refusal(
        'cannot_be_armed',
        'dark-door needs Linux: other systems refuse a connect that finds the backlog full, where this fault must leave it unanswered; refuse-connection works everywhere',
      );
    return { standing: () => ({ door: 'dark' }) };
  },
});
