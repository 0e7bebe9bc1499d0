// expired-credentials: a key that was good yesterday is refused.
import { z } from 'zod';
import { problemReply } from '../error-reply.ts';
import { defineFault } from '../fault.ts';

export const expiredCredentials = defineFault({
  name: 'expired-credentials',
  summary: 'Your key is refused as if it had expired.',
  teaches:
    'A 401 is for you and not for your customer: raise an alarm, renew the key, and do not retry with the old one.',
  signature: {
    says: 'A complete 401 `unauthorized` whose `WWW-Authenticate` says that the token expired; the work is not done.',
    shows: {
      status: 401,
      ending: 'keep',
      answer: 'whole',
      work: false,
      headers: { 'www-authenticate': 'invalid_token' },
    },
  },
  at: ['arrive'],
  params: z.strictObject({}),
  example: {},
  arm: () => ({ arrive: (arrival) => ({ reply: problemReply(EXPIRED, arrival, [CHALLENGE]) }) }),
});

const EXPIRED = { status: 401, code: 'unauthorized', retryable: false, detail: 'The key has expired.' };

/** RFC 6750 3: an expired token is an invalid one. */
const CHALLENGE = [
  'WWW-Authenticate',
  'Bearer realm="sellers", error="invalid_token", error_description="The key has expired"',
] as const;
