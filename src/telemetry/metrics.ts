// What Prometheus sees of one server: counted as integers, written out when scraped.
import { collectDefaultMetrics, Registry } from 'prom-client';
import { OUTCOMES, type Outcome } from '../base/outcome.ts';
import type { ArrivalEntry } from '../journal/entry.ts';
import { clientClass, clientTally, RequestCounts, Tally } from './counts.ts';
import { Durations } from './durations.ts';
import { watchEventLoop } from './event-loop-lag.ts';
import { type LoadSources, loadSeries } from './load-series.ts';
import { addSeries, type Sample, type Series } from './series.ts';

/** Bounds of label values; what comes later is counted as `other`. */
const MAX_SERIES = 5000;
const MAX_OPERATIONS = 100;
const MAX_FAULTS = 200;
/** In the place of a fault that is not to be told. */
const SEALED = 'sealed';

/** Asked at every scrape; must be cheap. */
export interface MetricSources extends LoadSources {
  /** Requests begun and not ended. */
  inFlight(): number;
  /** Of these, held back by a fault. */
  held(): number;
  /** Open sockets of the upstream, by where they come from. */
  connections(): { readonly client: number; readonly flood: number };
  /** Connections found over that had not said so, since the start. */
  ghosts(): number;
  journal(): { readonly entries: number; readonly evicted: number };
  /** Attempts that ended well and badly, webhooks that found a queue full, and deliveries that have not come to an end. */
  webhooks(): {
    readonly delivered: number;
    readonly failed: number;
    readonly dropped: number;
    readonly queued: number;
  };
  /** Profile files that could not be read at the last load. */
  profileErrors(): number;
  activeRules(): number;
  /** The default one among them. */
  worlds(): number;
}

export interface Metrics {
  /**
   * Counts an exchange that has ended; a connection that rules struck is no request, and counted by its rules.
   * `sealed`: which fault acted is not to be told now.
   */
  observe(entry: ArrivalEntry, sealed: boolean): void;
  /** Counts what became of a rule that was drawn. */
  counted(drawn: { readonly fault: string; readonly outcome: Outcome }, sealed: boolean): void;
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
  const requests = new RequestCounts(MAX_SERIES);
  const clients = clientTally(clientsMax);
  const outcomes = new Map(OUTCOMES.map((outcome) => [outcome, new Tally('fault', MAX_FAULTS)]));
  const durations = new Durations('showstopper_request_duration_seconds', MAX_OPERATIONS);
  const lag = watchEventLoop();
  const kept = { requests, clients, outcomes, durations, lag };
  for (const series of [...keptSeries(kept), ...askedSeries(sources), ...loadSeries(sources)])
    addSeries(registry, series);
  const ofProcess = processMetrics();
  const shown = (fault: string, sealed: boolean): string => (sealed ? SEALED : fault);
  return {
    counted: ({ fault, outcome }, sealed) => void outcomes.get(outcome)?.add(shown(fault, sealed)),
    observe(entry, sealed) {
      if (entry.kind !== 'exchange') return;
      const { operation, client, status, endedAt } = entry;
      const first = entry.hits[0];
      const label = clients.add(client);
      requests.add(operation, first ? shown(first.fault, sealed) : 'none', status ?? 0, clientClass(label));
      if (endedAt !== null) durations.add(operation, endedAt - entry.at);
    },
    text: async () => `${await registry.metrics()}\n${await ofProcess.metrics()}`,
    contentType: registry.contentType,
    forgetClients: () => clients.forget(),
    stop: () => lag.stop(),
  };
}

interface MetricState {
  readonly requests: RequestCounts;
  readonly clients: Tally;
  readonly outcomes: ReadonlyMap<Outcome, Tally>;
  readonly durations: Durations;
  readonly lag: { samples(): Iterable<Sample> };
}

function keptSeries({ requests, clients, outcomes, durations, lag }: MetricState): Series[] {
  return [
    {
      name: 'showstopper_requests_total',
      help: 'Exchanges that ended, by operation, status (none: no answer was sent), class of client, and the first fault that acted.',
      type: 'counter',
      collect: () => requests.samples(),
    },
    {
      name: 'showstopper_client_requests_total',
      help: 'Exchanges that ended, by client.',
      type: 'counter',
      collect: () => clients.samples(),
    },
    {
      name: 'showstopper_rule_hits_total',
      help: 'How often rules acted on an exchange or a connection, by kind of fault.',
      type: 'counter',
      collect: () => outcomes.get('acted')?.samples() ?? [],
    },
    {
      name: 'showstopper_rule_outcomes_total',
      help: 'What became of rules that were drawn, by kind of fault: acted, spared by its share, inapplicable (nothing to act on), limited (no unit of its limit left).',
      type: 'counter',
      collect: () => outcomeSamples(outcomes),
    },
    {
      name: 'showstopper_request_duration_seconds',
      help: 'From the arrival of the head to the end, however it ended.',
      type: 'histogram',
      collect: () => durations.samples(),
    },
    {
      name: 'showstopper_event_loop_lag_seconds',
      help: 'How late the event loop was since the last scrape; quantile 1 is the worst.',
      type: 'gauge',
      collect: () => lag.samples(),
    },
  ];
}

function* outcomeSamples(outcomes: MetricState['outcomes']): Iterable<Sample> {
  for (const [outcome, tally] of outcomes)
    for (const { labels, value } of tally.samples()) yield { labels: { ...labels, outcome }, value };
}

function askedSeries(sources: MetricSources): Series[] {
  const one = (type: 'counter' | 'gauge', name: string, help: string, ask: () => number): Series => ({
    name: `showstopper_${name}`,
    help,
    type,
    collect: () => [{ value: ask() }],
  });
  return [
    one('gauge', 'requests_in_flight', 'Requests begun and not ended.', () => sources.inFlight()),
    one('gauge', 'requests_held', 'Requests that a fault holds back.', () => sources.held()),
    {
      name: 'showstopper_connections',
      help: 'Open connections of the upstream, by origin: clients, or a flood of our own.',
      type: 'gauge',
      collect: () => Object.entries(sources.connections()).map(([origin, value]) => ({ labels: { origin }, value })),
    },
    one(
      'counter',
      'ghost_connections_total',
      'Connections found over that had not said so; more than 0 is a mistake of ours.',
      () => sources.ghosts(),
    ),
    one('gauge', 'journal_entries', 'Entries in the journal.', () => sources.journal().entries),
    one('counter', 'journal_evicted_total', 'Entries pushed out of the journal.', () => sources.journal().evicted),
    {
      name: 'showstopper_webhook_attempts_total',
      help: 'Attempts to send a webhook that ended, by outcome: delivered (2xx) or failed.',
      type: 'counter',
      collect: () => {
        const { delivered, failed } = sources.webhooks();
        return [
          { labels: { outcome: 'delivered' }, value: delivered },
          { labels: { outcome: 'failed' }, value: failed },
        ];
      },
    },
    one(
      'counter',
      'webhooks_dropped_total',
      'Webhooks that found the queue of their endpoint full.',
      () => sources.webhooks().dropped,
    ),
    one('gauge', 'webhooks_queued', 'Webhooks that have not come to an end.', () => sources.webhooks().queued),
    one('gauge', 'profile_errors', 'Profile files that could not be read.', () => sources.profileErrors()),
    one('gauge', 'active_rules', 'Rules in force.', () => sources.activeRules()),
    one('gauge', 'worlds', 'Worlds there are, the default one among them.', () => sources.worlds()),
  ];
}
