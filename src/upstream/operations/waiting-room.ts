// The waiting room's poll: there only while a fault holds people in line, which answers for its own tickets.
import { Refusal } from '../../base/refusal.ts';
import type { Code } from '../statuses.ts';
import { waitingTicket } from './ids.ts';
import { defineOperation } from './operation.ts';
import { noQuery } from './requests.ts';
import { admittedShape, waitingShape } from './schemas.ts';

export const pollWaitingRoom = defineOperation({
  name: 'pollWaitingRoom',
  method: 'GET',
  path: '/v1/waiting-room/{ticket}',
  summary: 'Asks whether one’s turn has come in the waiting room',
  params: { ticket: waitingTicket },
  query: noQuery,
  answers: {
    200: {
      summary: 'Admitted: ask again what you wanted, with the ticket in X-Waiting-Room-Ticket.',
      shape: admittedShape,
    },
    202: { summary: 'Not yet: ask again at `pollUrl`.', shape: waitingShape },
  },
  refusals: ['not_found'],
  handler() {
    throw new Refusal<Code>('not_found', 'There is no waiting room with this ticket: ask again what you wanted.');
  },
});
