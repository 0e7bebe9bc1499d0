// How late the event loop is, in quantiles since the last look.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Sample } from './series.ts';

/** How often it looks; what it measures contains this wait, which is taken off. */
const RESOLUTION_MS = 10;
const QUANTILES = [0.5, 0.9, 0.99, 1];

export interface EventLoopLag {
  /** Seconds by quantile; starts anew. */
  samples(): Sample[];
  stop(): void;
}

export function watchEventLoop(): EventLoopLag {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const seconds = (quantile: number): number => {
    const measuredNs = quantile === 1 ? delay.max : delay.percentile(quantile * 100);
    return Math.max(0, measuredNs / 1e9 - RESOLUTION_MS / 1000);
  };
  return {
    samples() {
      const values = delay.count === 0 ? QUANTILES.map(() => 0) : QUANTILES.map(seconds);
      delay.reset();
      return QUANTILES.map((quantile, index) => ({ labels: { quantile }, value: values[index] ?? 0 }));
    },
    stop: () => void delay.disable(),
  };
}
