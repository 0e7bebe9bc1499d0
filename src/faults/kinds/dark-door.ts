// dark-door: nothing answers a connect, as behind a firewall that drops.
import { z } from 'zod';
import { Refusal } from '../../base/refusal.ts';
import { MAX_DARK_DOORS } from '../../wire/door/door-conditions.ts';
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
  arm(_params, { conditions, standsAt }) {
    if (!conditions.darkness)
      throw new Refusal(
        'cannot_be_armed',
        'dark-door needs Linux: other systems refuse a connect that finds the backlog full, where this fault must leave it unanswered; refuse-connection works everywhere',
      );
    const asked = conditions.notDark().filter(standsAt).length;
    const room = conditions.darkRoom();
    if (asked > room)
      throw new Refusal(
        'cannot_be_armed',
        `dark-door would make ${asked} more ${asked === 1 ? 'door' : 'doors'} dark, and there is room for ${room}: a process goes with each, and at most ${MAX_DARK_DOORS} may be dark at once over all worlds; heal a world that has one`,
        { asked, room },
      );
    return { standing: () => ({ door: 'dark' }) };
  },
});
