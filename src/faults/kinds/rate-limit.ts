// rate-limit: so many requests a window for each client, and 429 for the rest.
import { z } from 'zod';
import { duration } from '../../base/duration.ts';
import type { Header } from '../../wire/answer/reply.ts';
import type { Arrival } from '../../wire/arrival.ts';
import { ClientWindows } from '../client-windows.ts';
import { problemReply, retryAfter, wholeSeconds } from '../error-reply.ts';
import { defineFault } from '../fault.ts';
import { RATE_LIMIT_TRIALS } from '../rate-limit-trials.ts';

interface Window {
  readonly endsAt: number;
  taken: number;
}

type Standing = Pick<Window, 'endsAt'> & { readonly remaining: number };

export const rateLimit = defineFault({
  name: 'rate-limit',
  summary: 'Each client may ask so often in a window of time, and is turned away after that.',
  teaches: 'Read RateLimit while you are served, and honour Retry-After when you are not, instead of retrying at once.',
  signature: {
    says: 'Past the quota a complete 429 `rate_limited` with `Retry-After`, the work not done; `RateLimit` and `RateLimit-Policy` on every answer.',
    shows: {
      status: 429,
      ending: 'keep',
      answer: 'whole',
      work: false,
      headers: { 'retry-after': '*', ratelimit: 'r=0' },
    },
    trials: RATE_LIMIT_TRIALS,
  },
  at: ['arrive'],
  params: z.strictObject({
    quota: z.int().min(0).max(1e9).default(10).describe('requests a window for each client; 0 turns everybody away'),
    window: duration()
      .refine((ms) => ms > 0, 'must be above 0')
      .prefault('1s')
      .describe("fixed length, from a client's first request on; the next begins with its first request after that"),
  }),
  example: { quota: 360, window: '60s' },
  arm({ quota, window }, { clock }) {
    const windows = new ClientWindows<Window>(({ endsAt }) => clock.ticks() >= endsAt);
    const served = new WeakMap<Arrival, Standing>();
    const current = (client: string): Window => {
      const known = windows.get(client);
      if (known) return known;
      const begun = { endsAt: clock.ticks() + window, taken: 0 };
      windows.set(client, begun);
      return begun;
    };
    const said = ({ remaining, endsAt }: Standing): Header[] => [
      ['RateLimit-Policy', `default;q=${quota};w=${wholeSeconds(window)}`],
      ['RateLimit', `default;r=${remaining};t=${wholeSeconds(endsAt - clock.ticks())}`],
    ];
    return {
      arrive(arrival) {
        const open = current(arrival.client);
        if (open.taken >= quota) {
          const standing = { ...open, remaining: 0 };
          served.set(arrival, standing); // when the limit of the rule is used up
          const headers = [...said(standing), retryAfter(open.endsAt - clock.ticks())];
          return { reply: problemReply(LIMITED, arrival, headers) };
        }
        open.taken++;
        served.set(arrival, { remaining: quota - open.taken, endsAt: open.endsAt });
        return undefined;
      },
      accompany(reply, arrival) {
        const standing = served.get(arrival);
        return standing ? { ...reply, headers: [...reply.headers, ...said(standing)] } : reply;
      },
    };
  },
});

const LIMITED = { status: 429, code: 'rate_limited', retryable: true, detail: 'You have asked too often.' };
