// A client that sends a second copy of what is slow, under the same key, takes what is answered first, and aborts the other.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Manner, Task } from './manner.ts';
import { reserve } from './plain.ts';

const SECOND_AFTER_MS = 200;
/** For both together. */
const PATIENCE_MS = 1000;

export function hedging(): Manner {
  const counted = { operations: 0, hedges: 0 };
  return {
    counted,
    async perform(task) {
      counted.operations++;
      const done = new AbortController();
      const signal = AbortSignal.any([done.signal, AbortSignal.timeout(PATIENCE_MS)]);
      try {
        await Promise.any([reserve(task, { signal }), second(task, signal, counted)]);
      } finally {
        done.abort();
      }
    },
  };
}

async function second(task: Task, signal: AbortSignal, counted: { hedges: number }): Promise<void> {
  await sleep(SECOND_AFTER_MS, undefined, { signal });
  counted.hedges++;
  await reserve(task, { signal });
}
