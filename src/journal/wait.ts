// Waits for a verdict: wakes when entries change, not by asking again and again.
import type { Cancel, Clock } from '../base/clock.ts';
import type { ArrivalEntry } from './entry.ts';
import { type CountRange, hasMin, type Judgement } from './verify.ts';

/** Hears of entries while it waits. */
export interface Watcher {
  /** It has come, or changed. */
  look(entry: ArrivalEntry): void;
  /** The entry of this `seq` is no longer kept. */
  drop(seq: number): void;
  /** Nothing is kept any more. */
  clear(): void;
}

/** Of a journal that may be discarded meanwhile. */
export interface WaitingWatcher extends Watcher {
  /** Nothing will come any more: the wait ends, with the error if there is one, else with the judgement so far. */
  end(error?: Error): void;
}

interface Wait {
  readonly clock: Clock;
  readonly withinMs: number;
  /** How long it must stay right before that is the answer; only with a min. */
  readonly settleMs: number;
  readonly range: CountRange;
  /** Of the entries kept, those that match. */
  readonly all: Watcher & { readonly count: number };
  /** Of these, those that can no longer stop to match. */
  readonly fixed: Watcher & { readonly count: number };
  judge(count: number): Judgement;
  /** Is told of entries from now on; returns how to stop. */
  watch(watcher: WaitingWatcher): () => void;
  /** Goes through the entries kept already. */
  fill(watcher: WaitingWatcher): Promise<void>;
  /** Ends the wait early, as when the asker has left. */
  readonly signal?: AbortSignal | undefined;
}

/** Resolves with the judgement that nothing changes any more, or with the one at the end of the time. */
export function waitForJudgement(wait: Wait): Promise<Judgement> {
  const { clock, withinMs, settleMs, range, all, fixed, signal } = wait;
  return new Promise((resolve, reject) => {
    let filled = false;
    let isOver = false;
    let settling: Cancel | undefined;
    const unsettle = (): void => {
      settling?.();
      settling = undefined;
    };
    const stop = (): void => {
      stopWatching();
      cancel();
      unsettle();
      signal?.removeEventListener('abort', finish);
    };
    const finish = (): void => {
      stop();
      resolve(wait.judge(all.count));
    };
    const weigh = (): void => {
      if (!filled) return;
      const isPassed = fixed.count > (range.max ?? Number.POSITIVE_INFINITY);
      if (isOver || isPassed) finish();
      else if (wait.judge(all.count) !== 'ok' || !hasMin(range)) unsettle();
      else if (settleMs === 0) finish();
      else settling ??= clock.after(settleMs, finish);
    };
    const each = (tell: (watcher: Watcher) => void): void => {
      tell(all);
      if (fixed !== all) tell(fixed);
      weigh();
    };
    const watcher: WaitingWatcher = {
      look: (entry) => each((one) => one.look(entry)),
      drop: (seq) => each((one) => one.drop(seq)),
      clear: () => each((one) => one.clear()),
      end(error) {
        if (error === undefined) finish();
        else {
          stop();
          reject(error);
        }
      },
    };
    const stopWatching = wait.watch(watcher);
    const cancel = clock.after(withinMs, () => {
      isOver = true;
      weigh();
    });
    signal?.addEventListener('abort', finish);
    if (signal?.aborted) {
      finish();
      return;
    }
    wait.fill(watcher).then(() => {
      filled = true;
      weigh();
    }, reject);
  });
}
