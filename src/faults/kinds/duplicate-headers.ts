// duplicate-headers: headers that must come once come twice, and contradict each other.
import { z } from 'zod';
import { isBodiless } from '../../wire/answer/delivery.ts';
import type { Header, Reply } from '../../wire/answer/reply.ts';
import { defineFault } from '../fault.ts';
import { headerOf } from '../rewriting.ts';

/** These say where a message ends or are not ours to send; two of them would be another fault than its name. */
const NOT_THESE = ['transfer-encoding', 'connection', 'upgrade', 'trailer'];

export const duplicateHeaders = defineFault({
  name: 'duplicate-headers',
  summary: 'A header that must come once comes twice, with two values.',
  teaches: 'Two lengths or two types are no answer to guess at: fail the call and drop the connection.',
  signature: {
    says: 'The true answer, with a second Content-Length (or other header) of another value in its head.',
    shows: { ending: 'keep', answer: 'spoilt', work: true, twice: ['content-length'] },
    trials: [{}, { with: { headers: ['Content-Type', 'ETag'] }, shows: { twice: ['content-type', 'etag'] } }],
  },
  at: ['deliver'],
  params: z.strictObject({
    headers: z
      .array(
        z
          .string()
          .regex(/^[A-Za-z0-9-]{1,100}$/, 'must be the name of a header')
          .refine((name) => !NOT_THESE.includes(name.toLowerCase()), `must be none of ${NOT_THESE.join(', ')}`),
      )
      .min(1)
      .max(20)
      .default(['Content-Length'])
      .describe('their names; one that the answer does not have is sent twice all the same'),
  }),
  example: { headers: ['Content-Type', 'ETag'] },
  arm: ({ headers }, { clock }) => ({
    deliver(delivery) {
      const twice = headers.flatMap((name) => doubled(name, delivery.reply, clock.now()));
      return twice.length === 0 ? delivery : { ...delivery, also: [...(delivery.also ?? []), ...twice] };
    },
  }),
});

/** What must be added so that the header stands there twice; the writer itself adds length and date. */
function doubled(name: string, reply: Reply, now: number): Header[] {
  const lower = name.toLowerCase();
  if (lower === 'content-length') {
    const length = Buffer.byteLength(reply.body);
    const other: Header = [name, String(length > 0 ? length - 1 : 1)];
    return isBodiless(reply.status) ? [] : [other]; // such an answer has no length that could be said twice
  }
  if (lower === 'date') return [0, 86_400_000].map((offMs) => [name, new Date(now + offMs).toUTCString()]);
  const given = headerOf(reply, name);
  const second: Header = [name, given?.startsWith('text/html') ? 'text/plain' : (OTHER[lower] ?? 'duplicate')];
  return given === undefined ? [[name, 'first'], second] : [second];
}

const OTHER: Readonly<Record<string, string>> = { 'content-type': 'text/html', etag: '"duplicate"', location: '/' };
