// partial-outage: some nodes of the upstream are down, and who lands on them is lost there.
import { z } from 'zod';
import type { Arrival } from '../../wire/arrival.ts';
import { ConnectionOrdinals } from '../connection-ordinals.ts';
import { errorReply } from '../error-reply.ts';
import { defineFault } from '../fault.ts';
import { sessionNamed } from '../session-named.ts';

export const partialOutage = defineFault({
  name: 'partial-outage',
  summary: 'Some of the nodes behind the upstream are down: the same call fails or works by where it lands.',
  teaches: 'Retry once on another connection, and key circuit breakers finely, or a part that fails becomes the whole.',
  signature: {
    says: 'On a bad node a complete 503 `overloaded`, or with `how` no answer or an RST, the work not done; on a good one all is as ever.',
    shows: { status: 503, ending: 'keep', answer: 'whole', work: false },
    trials: [
      { with: { nodes: 1, bad: 1 } },
      { with: { nodes: 1, bad: 1, how: 'hang' }, shows: { status: undefined, ending: 'hang', answer: 'none' } },
      {
        with: { nodes: 1, bad: 1, how: 'reset' },
        shows: { status: undefined, ending: 'reset', answer: 'none' },
        directOnly: true,
      },
    ],
  },
  at: ['arrive'],
  params: z
    .strictObject({
      nodes: z.int().min(1).max(10_000).default(4).describe('nodes behind the upstream'),
      bad: z.int().min(1).max(10_000).default(1).describe('how many of them are down'),
      by: z
        .enum(['connection', 'client', 'session'])
        .default('connection')
        .describe('what is hashed to a node; requests that name no session land on good nodes'),
      how: z.enum(['hang', 'error', 'reset']).default('error').describe('what a bad node does'),
    })
    .refine(({ nodes, bad }) => bad <= nodes, { path: ['bad'], message: 'must not be above nodes' }),
  example: { nodes: 4, bad: 1, by: 'session' },
  arm({ nodes, bad, by, how }, { chance }) {
    const keyOf = keysBy(by);
    return {
      arrive(arrival) {
        const key = keyOf(arrival);
        if (key === undefined || Math.floor(chance.uniform(`${by} ${key}`) * nodes) >= bad) return undefined;
        return how === 'error' ? { reply: errorReply(503, arrival) } : { noAnswer: how };
      },
    };
  },
});

/** What lands a request on a node, by the seed; undefined lands on a good one. */
function keysBy(by: 'connection' | 'client' | 'session'): (arrival: Arrival) => string | undefined {
  if (by === 'session') return sessionNamed;
  if (by === 'client') return ({ client }) => client;
  const ordinals = new ConnectionOrdinals();
  return (arrival) => `${arrival.client} ${ordinals.of(arrival)}`;
}
