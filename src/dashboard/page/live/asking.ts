// Asks the server again and again for what no stream tells: while somebody looks, and never a second time before an answer.
import { type ReadonlySignal, signal } from '@preact/signals';
import { whyOf } from '../session.ts';

export interface Told<Answer> {
  /** The newest answer, also while later ones failed; undefined before the first. */
  readonly answer: Answer | undefined;
  /** By the clock of this machine; null before the first. */
  readonly at: number | null;
  /** Why the last call failed, in the server's words. */
  readonly why: string | null;
}

/** Begins at once, and goes on until `stop` is called. */
export function askEvery<Answer>(everyMs: number, ask: () => Promise<Answer>) {
  const told = signal<Told<Answer>>({ answer: undefined, at: null, why: null });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsking = false;
  let isEnded = false;
  const again = async (): Promise<void> => {
    clearTimeout(timer);
    if (isAsking || isEnded || document.hidden) return;
    isAsking = true;
    const next = await ask().then(
      (answer) => ({ answer, at: Date.now(), why: null }),
      (error) => ({ ...told.peek(), why: whyOf(error) }),
    );
    isAsking = false;
    if (isEnded) return;
    told.value = next;
    timer = setTimeout(again, everyMs);
  };
  const seen = (): void => {
    if (!document.hidden) void again();
  };
  document.addEventListener('visibilitychange', seen);
  void again();
  return {
    told: told as ReadonlySignal<Told<Answer>>,
    stop(): void {
      isEnded = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    },
  };
}
