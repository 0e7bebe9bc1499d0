// refuse-connection: the door is shut; nobody new gets in.
import { z } from 'zod';
import { defineFault } from '../fault.ts';

export const refuseConnection = defineFault({
  name: 'refuse-connection',
  summary: 'New connections are refused; those that are there live on.',
  teaches: 'Fail at once when nobody listens, and do not retry in a tight loop.',
  signature: {
    says: 'A connect is answered with an RST: ECONNREFUSED. Connections opened before go on as if nothing were.',
    shows: { connect: 'refused', ending: 'reset', answer: 'none', work: false },
  },
  at: ['standing'],
  countable: false,
  living: 'untouchable',
  directOnly: true,
  params: z.strictObject({}),
  example: {},
  arm: () => ({ standing: () => ({ door: 'shut' }) }),
});
