// undici as it comes, with a signal, and with its own time-out; with a wait for Retry-After, and with one that is too short.
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, type Dispatcher, request } from 'undici';
import { BadAnswer, type Manner, reservation, type Task } from './manner.ts';

type Options = Pick<Dispatcher.RequestOptions, 'signal'> & { readonly dispatcher?: Dispatcher };

/** Rejects with a BadAnswer where it is no success. */
export async function reserve(task: Task, options: Options = {}): Promise<void> {
  const { url, headers, json } = reservation(task);
  const answer = await request(url, { method: 'POST', headers, body: JSON.stringify(json), ...options });
  await answer.body.dump();
  if (answer.statusCode < 400) return;
  const retryAfter = answer.headers['retry-after'];
  throw new BadAnswer(answer.statusCode, typeof retryAfter === 'string' ? retryAfter : undefined);
}

export const unbounded = (): Manner => ({ perform: (task) => reserve(task) });

export const withSignal = (): Manner => ({
  perform: (task) => reserve(task, { signal: AbortSignal.timeout(1000) }),
});

export function withHeadersTimeout(): Manner {
  const dispatcher = new Agent({ headersTimeout: 1000 });
  return { perform: (task) => reserve(task, { dispatcher }) };
}

/** Tries once more, so many milliseconds before it is asked to; a negative number is after that. */
const afterRetryAfter = (earlyMs: number) => (): Manner => ({
  async perform(task) {
    try {
      await reserve(task);
    } catch (error) {
      if (!(error instanceof BadAnswer) || error.retryAfter === undefined) throw error;
      await sleep(Math.max(0, askedMs(error.retryAfter) - earlyMs));
      await reserve(task);
    }
  },
});

/** Of either form, in milliseconds from now. */
const askedMs = (text: string): number => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now());

export const heeding = afterRetryAfter(0);
export const hasty = afterRetryAfter(800);
