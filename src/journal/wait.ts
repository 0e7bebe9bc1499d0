// Waits for a verdict: wakes when entries change, not by asking again and again.
import type { Clock } from '../base/clock.ts';
import type { ExchangeEntry } from './entry.ts';
import { type Criterion, meets } from './query.ts';
import type { Judgement } from './verify.ts';

interface Wait<Verdict> {
  readonly clock: Clock;
  readonly withinMs: number;
  readonly criteria: readonly Criterion[];
  /** Sequence numbers of all that match now. */
  matching(): Set<number>;
  /** Whether this judgement can no longer change for the asker. */
  final(judgement: Judgement): boolean;
  judge(count: number): Judgement;
  verdict(): Verdict;
  /** Calls back for every entry that is opened, changed or closed; returns how to stop. */
  watch(seen: (entry: ExchangeEntry) => void): () => void;
  /** Ends the wait early, as when the asker has left. */
  readonly signal?: AbortSignal | undefined;
}

/** Resolves at the first final judgement, or with the verdict at the end of the time. */
export function waitForVerdict<Verdict>(wait: Wait<Verdict>): Promise<Verdict> {
  return new Promise((resolve) => {
    let matching = wait.matching();
    const finish = (): void => {
      stopWatching();
      cancel();
      wait.signal?.removeEventListener('abort', finish);
      resolve(wait.verdict());
    };
    const stopWatching = wait.watch((entry) => {
      if (meets(entry, wait.criteria)) matching.add(entry.seq);
      else matching.delete(entry.seq);
      if (!wait.final(wait.judge(matching.size))) return;
      matching = wait.matching(); // some of those counted may have been evicted since
      if (wait.final(wait.judge(matching.size))) finish();
    });
    const cancel = wait.clock.after(wait.withinMs, finish);
    wait.signal?.addEventListener('abort', finish);
    if (wait.signal?.aborted) finish();
  });
}
