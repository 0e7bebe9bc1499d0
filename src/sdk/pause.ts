// Time as the client needs it, in Node and in a browser alike: waits before another try, and what is left of a time.

/** Resolves after `waitMs`, or as soon as the signal is aborted. */
export const pause = (waitMs: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, waitMs);
    signal.addEventListener('abort', end, { once: true });
  });

/** Says how many milliseconds are left of so many; negative when it is over. */
export function timeLeft(ms: number): () => number {
  const until = performance.now() + ms;
  return () => until - performance.now();
}
