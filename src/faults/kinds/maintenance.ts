// maintenance: closed for the time being, and it says until when.
import { z } from 'zod';
import { duration } from '../../base/duration.ts';
import { HTML_TYPE, problemReply, retryAfter, whole } from '../error-reply.ts';
import { defineFault } from '../fault.ts';

export const maintenance = defineFault({
  name: 'maintenance',
  summary: 'Everything is down for maintenance, and every answer says when to come back.',
  teaches: 'Stop calling until Retry-After is over, and tell your customers when you will be back.',
  signature: {
    says: 'A complete 503 `maintenance` with `Retry-After`, as a problem document or as your HTML page; the work is not done.',
    shows: { status: 503, ending: 'keep', answer: 'whole', work: false, headers: { 'retry-after': '*' } },
    trials: [
      { figures: { headers: { 'retry-after': '600' } } },
      {
        with: { retryAfter: '90s', page: '<h1>Back at noon</h1>' },
        shows: { headers: { 'content-type': 'text/html' } },
        figures: { headers: { 'retry-after': '90' }, body: '<h1>Back at noon</h1>' },
      },
    ],
  },
  at: ['arrive'],
  params: z.strictObject({
    retryAfter: duration().prefault('10m').describe('sent as whole seconds, rounded up'),
    page: z.string().max(65_536).optional().describe('HTML sent in the place of the problem document'),
  }),
  example: { retryAfter: '10m', page: '<h1>Back at noon</h1>' },
  arm: ({ retryAfter: waitMs, page }) => ({
    arrive: (arrival) => ({
      reply:
        page === undefined
          ? problemReply(CLOSED, arrival, [retryAfter(waitMs)])
          : whole(503, HTML_TYPE, page, arrival, [retryAfter(waitMs)]),
    }),
  }),
});

const CLOSED = {
  status: 503,
  code: 'maintenance',
  retryable: true,
  detail: 'The box office is closed for maintenance.',
};
