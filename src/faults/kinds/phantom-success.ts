// phantom-success: it says yes, and nothing has happened.
import { z } from 'zod';
import { defineFault } from '../fault.ts';

export const phantomSuccess = defineFault({
  name: 'phantom-success',
  summary: 'A change is answered as a success, and has not happened.',
  teaches: 'Look an order up before you promise a ticket: a 2xx alone is no proof.',
  signature: {
    says: 'The usual whole answer of a POST or DELETE, its ids and tickets included, though nothing was changed: nobody knows them afterwards.',
    shows: { ending: 'keep', answer: 'whole', work: false },
    trials: [{ stimulus: 'reservation' }],
  },
  at: ['work'],
  params: z.strictObject({}),
  example: {},
  arm: () => ({
    work: (terms, { method }, chance) =>
      method === 'GET' || method === 'HEAD'
        ? terms
        : { ...terms, dryRun: { salt: Math.floor(chance.uniform('phantom') * 2 ** 32) } },
  }),
});
