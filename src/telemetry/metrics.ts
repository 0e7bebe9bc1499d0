// What Prometheus sees of one server: counted as integers, written out when scraped.
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Outcome } from '../base/outcome.ts';
import type { ArrivalEntry, Happening } from '../journal/entry.ts';
import { Counting } from './counting.ts';
import { type EventLoopLag, watchEventLoop } from './event-loop-lag.ts';
import { type LoadSources, loadSeries } from './load-series.ts';
import { addSeries, type Series } from './series.ts';
import { type StateSources, stateSeries } from './state-series.ts';
import { type WorldSources, worldSeries } from './world-series.ts';

/** Asked at every scrape; must be cheap. */
export interface MetricSources extends LoadSources, StateSources, WorldSources {}

export interface Metrics {
  /**
   * Counts an exchange that has ended; a connection that rules struck is no request, and counted by its rules.
   * `sealed`: which fault acted is not to be told now.
   */
  observe(entry: ArrivalEntry, sealed: boolean): void;
  /** Counts what became of a rule that was drawn. */
  counted(drawn: { readonly fault: string; readonly outcome: Outcome }, sealed: boolean): void;
  /** Counts what a box office said that happened. */
  told(happened: Happening): void;
  /** Prometheus text format. */
  text(): Promise<string>;
  readonly contentType: string;
  /** Begins to tell clients apart anew, as after a reset. */
  forgetClients(): void;
  stop(): void;
}

/** Facts of the process are the same for every server in it, and their observers cannot be taken down again. */
let processRegistry: Registry | undefined;
function processMetrics(): Registry {
  if (!processRegistry) {
    processRegistry = new Registry();
    collectDefaultMetrics({ register: processRegistry });
  }
  return processRegistry;
}

export interface MetricsSettings {
  readonly sources: MetricSources;
  /** Clients told apart by a label of their own; the journal knows them all. */
  readonly clientsMax: number;
}

export function createMetrics({ sources, clientsMax }: MetricsSettings): Metrics {
  const registry = new Registry();
  const counting = new Counting(clientsMax);
  const lag = watchEventLoop();
  const all = [
    ...[...counting.series(), lagSeries(lag)],
    ...[...stateSeries(sources), ...worldSeries(sources), ...loadSeries(sources)],
  ];
  for (const series of all) addSeries(registry, series);
  const ofProcess = processMetrics();
  return {
    observe: (entry, sealed) => counting.observe(entry, sealed),
    counted: (drawn, sealed) => counting.counted(drawn, sealed),
    told: (happened) => counting.told(happened),
    text: async () => `${await registry.metrics()}\n${await ofProcess.metrics()}`,
    contentType: registry.contentType,
    forgetClients: () => counting.forgetClients(),
    stop: () => lag.stop(),
  };
}

const lagSeries = (lag: EventLoopLag): Series => ({
  name: 'showstopper_event_loop_lag_seconds',
  help: 'How late the event loop was since the last scrape; quantile 1 is the worst.',
  type: 'gauge',
  collect: () => lag.samples(),
});
