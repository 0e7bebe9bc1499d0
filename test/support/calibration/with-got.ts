// got, which tries again by its own backoff.
import got from 'got';
import { type Manner, reservation } from './manner.ts';

/** Its retries, from the first on. */
const NUMBERS = [1, 2, 3];

/** What got asks its own function with, as far as it looks. */
type GotDelay = (of: {
  readonly attemptCount: number;
  readonly retryOptions: object;
  readonly error: object;
  readonly computedValue: number;
}) => number;

export async function gotten(): Promise<Manner> {
  const client = got.extend({ retry: { limit: NUMBERS.length, methods: ['POST'] } });
  // the function is no part of what got exports
  const file = new URL('core/calculate-retry-delay.js', import.meta.resolve('got'));
  const { default: delay } = (await import(file.href)) as { readonly default: GotDelay };
  const error = { name: 'HTTPError', options: { method: 'POST' }, response: { statusCode: 503 } };
  const retryOptions = client.defaults.options.retry;
  return {
    async perform(task) {
      const { url, headers, json } = reservation(task);
      await client.post(url, { headers, json });
    },
    draw: () => NUMBERS.map((attemptCount) => delay({ attemptCount, retryOptions, error, computedValue: Infinity })),
  };
}
