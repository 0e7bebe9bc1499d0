// How late the event loop was in the last whole second, for who asks.
import type { Clock } from '../base/clock.ts';
import { watchEventLoop } from '../telemetry/event-loop-lag.ts';

const EVERY_MS = 1000;

export interface LoopLag {
  /** 99th percentile. */
  lagMs(): number;
  stop(): void;
}

export function watchLoopLag(clock: Clock): LoopLag {
  const loop = watchEventLoop();
  let lagMs = 0;
  const cancel = clock.every(EVERY_MS, () => {
    lagMs = (loop.samples().find(({ labels }) => labels?.quantile === 0.99)?.value ?? 0) * 1000;
  });
  return {
    lagMs: () => lagMs,
    stop() {
      cancel();
      loop.stop();
    },
  };
}
