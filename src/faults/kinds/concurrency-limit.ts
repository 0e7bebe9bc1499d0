// concurrency-limit: so many requests of a client under way at once, and 429 for the rest.
import { z } from 'zod';
import { duration } from '../../base/duration.ts';
import type { Arrival } from '../../wire/arrival.ts';
import { problemReply, retryAfter } from '../error-reply.ts';
import { defineFault } from '../fault.ts';

export const concurrencyLimit = defineFault({
  name: 'concurrency-limit',
  summary: 'Each client may have so many requests under way at once, and is turned away beyond that.',
  teaches: 'Bound how many calls you make at once, and queue the rest on your side.',
  signature: {
    says: 'Beyond the limit a complete 429 `too_many_concurrent` with `Retry-After`; the work is not done.',
    shows: { status: 429, ending: 'keep', answer: 'whole', work: false, headers: { 'retry-after': '*' } },
    trials: [
      { with: { limit: 0, retryAfter: '7s' }, figures: { headers: { 'retry-after': '7' } } },
      { with: { limit: 1 }, shows: { status: 200, work: true, headers: {} } },
    ],
  },
  at: ['arrive'],
  params: z.strictObject({
    limit: z.int().min(0).max(1e9).default(10).describe('requests under way for each client; 0 turns everybody away'),
    retryAfter: duration().prefault('1s').describe('sent as whole seconds, rounded up'),
  }),
  example: { limit: 2 },
  arm({ limit, retryAfter: waitMs }) {
    const underWay = new Map<string, number>(); // of clients that have any, so no more than there are requests
    const counted = new WeakSet<Arrival>();
    return {
      arrive(arrival) {
        const count = underWay.get(arrival.client) ?? 0;
        if (count >= limit) return { reply: problemReply(TOO_MANY, arrival, [retryAfter(waitMs)]) };
        underWay.set(arrival.client, count + 1);
        counted.add(arrival);
        return undefined;
      },
      over(arrival) {
        if (!counted.delete(arrival)) return;
        const count = (underWay.get(arrival.client) ?? 1) - 1;
        if (count > 0) underWay.set(arrival.client, count);
        else underWay.delete(arrival.client);
      },
    };
  },
});

const TOO_MANY = {
  status: 429,
  code: 'too_many_concurrent',
  retryable: true,
  detail: 'Too many of your requests are under way at once.',
};
