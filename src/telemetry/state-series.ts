// How the server is when somebody scrapes: connections, journal, webhooks, rules, worlds, doors.
import type { Series } from './series.ts';

/** Asked at every scrape; must be cheap. */
export interface StateSources {
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
  /** What is wrong with the doors themselves. */
  doorTroubles(): number;
  /** That have not ended. */
  rehearsals(): number;
  /** Of the world `default`, by status. */
  seats(): Readonly<Record<string, number>>;
  /** The default one among them. */
  worldCount(): number;
}

export function stateSeries(sources: StateSources): Series[] {
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
    one('gauge', 'worlds', 'Worlds there are, the default one among them.', () => sources.worldCount()),
    one('gauge', 'rehearsals_running', 'Rehearsals that have not ended.', () => sources.rehearsals()),
    one(
      'gauge',
      'door_troubles',
      'Things wrong with the doors themselves, as a port that cannot be taken back; more than 0 is no fault, but trouble.',
      () => sources.doorTroubles(),
    ),
    {
      name: 'showstopper_seats',
      help: 'Seats of the world default, by status.',
      type: 'gauge',
      collect: () => Object.entries(sources.seats()).map(([status, value]) => ({ labels: { status }, value })),
    },
  ];
}
