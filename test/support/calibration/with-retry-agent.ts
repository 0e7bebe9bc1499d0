// undici with its own RetryAgent, which waits for Retry-After where its longest wait lets it.
import { Agent, RetryAgent, type RetryHandler } from 'undici';
import type { Manner } from './manner.ts';
import { reserve } from './plain.ts';

const retrying = (options: RetryHandler.RetryOptions) => (): Manner => {
  const dispatcher = new RetryAgent(new Agent(), { maxRetries: 1, methods: ['POST'], ...options });
  return { perform: (task) => reserve(task, { dispatcher }) };
};

export const withRetryAgent = retrying({});
export const withShortRetryAgent = retrying({ maxTimeout: 1000 });
