// silent-connection: accepted, and never served.
import { z } from 'zod';
import { defineFault } from '../fault.ts';

export const silentConnection = defineFault({
  name: 'silent-connection',
  summary: 'A connection is accepted, and nothing that is sent on it is ever looked at.',
  teaches: 'A connect that succeeds proves nothing: time out the answer too, and bound the sockets you keep waiting.',
  signature: {
    says: 'The connect succeeds; not one byte comes back, over TLS not even of the handshake, and the socket stays open.',
    shows: { ending: 'hang', answer: 'none', work: false },
  },
  at: ['connect'],
  living: 'new',
  params: z.strictObject({}),
  example: {},
  arm: () => ({ connect: () => ({ admission: 'park' }) }),
});
