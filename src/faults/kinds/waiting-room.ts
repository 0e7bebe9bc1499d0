// waiting-room: whoever comes is given a ticket and a place in the line, and is let in by and by, or never.
import { z } from 'zod';
import { duration } from '../../base/duration.ts';
import type { Reply } from '../../wire/answer/reply.ts';
import type { Arrival } from '../../wire/arrival.ts';
import { ByClient } from '../by-client.ts';
import { JSON_TYPE, whole, wholeSeconds } from '../error-reply.ts';
import { defineFault } from '../fault.ts';
import { WaitingLine } from '../waiting-line.ts';
import { WAITING_ROOM_TRIALS } from '../waiting-room-trials.ts';

const POLL = 'pollWaitingRoom';
const TICKET = 'X-Waiting-Room-Ticket';
/** Seconds until to ask again; where nobody is let in, the longest. */
const MAX_WAIT_S = 30;

export const waitingRoom = defineFault({
  name: 'waiting-room',
  summary: 'You wait in a line: 202 with a ticket to poll with, until you are let in, in order of arrival, or never.',
  teaches: 'A 202 is no answer yet: poll as told, show the ticket once admitted, and give up in time.',
  signature: {
    says: 'A complete 202 `{status: "waiting", position, pollUrl, wait}`, the work not done; the poll turns to 200 `{status: "admitted", ticket}`.',
    shows: { status: 202, ending: 'keep', answer: 'whole', work: false, headers: { 'x-waiting-room-ticket': '*' } },
    trials: WAITING_ROOM_TRIALS,
  },
  at: ['arrive'],
  ownOperation: POLL,
  params: z.strictObject({
    capacity: z.int().min(0).max(1e9).default(0).describe('so many are let in at once'),
    admitEvery: duration()
      .refine((ms) => ms > 0, 'must be above 0')
      .optional()
      .describe('one more of those who wait is let in each time; unset: nobody is'),
    by: z
      .enum(['ticket', 'client'])
      .default('ticket')
      .describe(
        `who waits: each request that shows no ${TICKET} is a newcomer, or each client waits once for all it asks`,
      ),
  }),
  example: { capacity: 200, admitEvery: '500ms' },
  arm({ capacity, admitEvery, by }, { clock, chance }) {
    const seed = Math.floor(chance.uniform('tickets') * 2 ** 32);
    const line = new WaitingLine({ capacity, admitEveryMs: admitEvery, seed, ticks: () => clock.ticks() });
    const clients = new ByClient<number>();
    const admitted = new WeakMap<Arrival, string>();
    const polled = ({ path }: Arrival) => line.placeOf(path.slice(path.lastIndexOf('/') + 1));
    const joined = (client: string): number => {
      if (by === 'ticket') return line.join();
      const place = clients.get(client) ?? line.join();
      clients.set(client, place);
      return place;
    };
    const answer = (arrival: Arrival, place: number): Reply => {
      const ticket = line.ticketOf(place);
      const position = line.position(place);
      const wait = Math.min(MAX_WAIT_S, wholeSeconds(line.waitMs(place) ?? Number.POSITIVE_INFINITY));
      const pollUrl = `${arrival.base}/v1/waiting-room/${ticket}`;
      const body = position > 0 ? { status: 'waiting', position, pollUrl, wait } : { status: 'admitted', ticket };
      return whole(position > 0 ? 202 : 200, JSON_TYPE, JSON.stringify(body), arrival, [[TICKET, ticket]]);
    };
    return {
      owns: (arrival) => polled(arrival) !== undefined,
      arrive(arrival) {
        const poll = arrival.operation === POLL ? polled(arrival) : undefined;
        if (poll !== undefined) return { reply: answer(arrival, poll) };
        const place = line.placeOf(arrival.header(TICKET.toLowerCase()) ?? '') ?? joined(arrival.client);
        if (line.position(place) > 0) return { reply: answer(arrival, place) };
        admitted.set(arrival, line.ticketOf(place));
        return undefined;
      },
      accompany(reply, arrival) {
        const ticket = admitted.get(arrival);
        return ticket === undefined ? reply : { ...reply, headers: [...reply.headers, [TICKET, ticket]] };
      },
    };
  },
});
