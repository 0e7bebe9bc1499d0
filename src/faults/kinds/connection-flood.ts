// connection-flood: a crowd of real connections in front of a door, from a process of its own.
import { z } from 'zod';
import { duration } from '../../base/duration.ts';
import { Refusal } from '../../base/refusal.ts';
import { FLOOD_MANNERS } from '../../wire/door/door-conditions.ts';
import { defineFault } from '../fault.ts';

export const connectionFlood = defineFault({
  name: 'connection-flood',
  summary: 'A crowd of other clients takes up real connections at the same door.',
  teaches: 'You are not alone: bound your own share, and let what has nothing to do with the upstream live without it.',
  signature: {
    says: 'Answers are as ever, as long as there is room; the crowd counts for slots and for the limit of connections.',
    shows: { ending: 'keep', answer: 'whole', work: true, crowd: true },
    trials: [{ with: { connections: 20, rate: 400 }, figures: { crowd: 20 } }],
  },
  at: ['standing'],
  countable: false,
  onlyAdds: true,
  params: z.strictObject({
    connections: z.int().min(1).max(1_000_000).default(500).describe('connections at once, at each door'),
    rate: z.number().min(1).max(100_000).default(500).describe('new connections a second'),
    hold: duration().prefault('1m').describe('how long each is kept before another takes its place'),
    manner: z
      .enum(FLOOD_MANNERS)
      .default('idle')
      .describe(
        'idle (say nothing), slow-headers (a head that never ends), hanging (a body that never ends), full (one whole request, then idle)',
      ),
  }),
  example: { connections: 5000, rate: 1000, hold: '30s', manner: 'idle' },
  arm({ connections, rate, hold: holdMs, manner }, { conditions }) {
    const { floodTrouble } = conditions;
    const room = conditions.floodRoom();
    if (floodTrouble !== undefined) throw new Refusal('cannot_be_armed', floodTrouble);
    if (connections > room)
      throw new Refusal(
        'cannot_be_armed',
        `connections: ${connections} asked for, and there is room for ${room}; raise SHOWSTOPPER_MAX_CONNECTIONS, SHOWSTOPPER_FLOOD_MAX if it is set, or the limit on open files`,
        { asked: connections, room },
      );
    return { standing: () => ({ flood: { connections, rate, holdMs, manner } }) };
  },
});
