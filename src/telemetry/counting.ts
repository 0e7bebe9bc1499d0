// Counts exchanges as they end, rules as they are drawn and what the box office tells: integers, named only when somebody scrapes.
import { OUTCOMES, type Outcome } from '../base/outcome.ts';
import { type ArrivalEntry, HAPPENINGS, type Happening } from '../journal/entry.ts';
import { Clients, MAX_DOORS } from './client-figures.ts';
import { RequestCounts, Tally } from './counts.ts';
import { bucketOf, Durations } from './durations.ts';
import { endingOf } from './endings.ts';
import type { Sample, Series } from './series.ts';

/** Bounds of label values; what comes later is counted as `other`. */
const MAX_SERIES = 5000;
const MAX_OPERATIONS = 100;
const MAX_FAULTS = 200;
/** In the place of a fault that is not to be told. */
const SEALED = 'sealed';

const BY_OPERATION = 'showstopper_request_duration_seconds';
const BY_CLIENT = 'showstopper_client_request_duration_seconds';
const BY_DOOR = 'showstopper_door_request_duration_seconds';

export class Counting {
  readonly #requests = new RequestCounts(MAX_SERIES);
  readonly #clients: Clients;
  readonly #outcomes = new Map(OUTCOMES.map((outcome) => [outcome, new Tally('fault', MAX_FAULTS)]));
  readonly #byOperation = new Durations({ name: BY_OPERATION, label: 'operation', max: MAX_OPERATIONS });
  readonly #byDoor = new Durations({ name: BY_DOOR, label: 'door', max: MAX_DOORS });
  readonly #happenings = new Tally('happened', HAPPENINGS.length);

  constructor(clientsMax: number) {
    this.#clients = new Clients(clientsMax);
  }

  /** `isSealed`: which fault acted is not to be told now. */
  observe(entry: ArrivalEntry, isSealed: boolean): void {
    if (entry.kind !== 'exchange') return;
    const { operation, client, door, status, at, endedAt } = entry;
    const first = entry.hits[0];
    const figures = this.#clients.add(client, door, endingOf(entry));
    this.#requests.add(operation, first ? shown(first.fault, isSealed) : 'none', status ?? 0, figures.class);
    const ms = (endedAt ?? at) - at;
    const bucket = bucketOf(ms);
    figures.took.add(bucket, ms);
    this.#byOperation.add(operation, bucket, ms);
    this.#byDoor.add(door, bucket, ms);
  }

  counted({ fault, outcome }: { readonly fault: string; readonly outcome: Outcome }, isSealed: boolean): void {
    this.#outcomes.get(outcome)?.add(shown(fault, isSealed));
  }

  told(happened: Happening): void {
    this.#happenings.add(happened);
  }

  forgetClients(): void {
    this.#clients.forget();
  }

  series(): Series[] {
    return [...this.#ofExchanges(), ...this.#ofRules(), ...this.#ofDurations()];
  }

  #ofExchanges(): Series[] {
    return [
      counter(
        'requests_total',
        'Exchanges that ended, by operation, status (none: no answer was sent), class of client, and the first fault that acted.',
        () => this.#requests.samples(),
      ),
      counter('client_requests_total', 'Exchanges that ended, by client.', () => this.#clients.requests()),
      counter(
        'client_outcomes_total',
        'Exchanges that ended, by client, door and outcome: served (a whole answer that is no failure), failed (answered whole with 429, from 500 on, or in a wrong type), client-left, reset or closed by a fault, dropped by heal.',
        () => this.#clients.endings(),
      ),
      counter('box_office_events_total', 'What the box offices said that happened, purchases of the crowd too.', () =>
        this.#happenings.samples(),
      ),
    ];
  }

  #ofRules(): Series[] {
    return [
      counter(
        'rule_hits_total',
        'How often rules acted on an exchange or a connection, by kind of fault.',
        () => this.#outcomes.get('acted')?.samples() ?? [],
      ),
      counter(
        'rule_outcomes_total',
        'What became of rules that were drawn, by kind of fault: acted, spared by its share, inapplicable (nothing to act on), limited (no unit of its limit left).',
        () => this.#outcomeSamples(),
      ),
    ];
  }

  #ofDurations(): Series[] {
    const histogram = (name: string, help: string, collect: Series['collect']): Series => ({
      ...{ name, help, collect },
      type: 'histogram',
    });
    return [
      histogram(BY_OPERATION, 'From the arrival of the head to the end, however it ended.', () =>
        this.#byOperation.samples(),
      ),
      histogram(BY_CLIENT, 'The same, by client.', () => this.#clients.durations(BY_CLIENT)),
      histogram(BY_DOOR, 'The same, by door.', () => this.#byDoor.samples()),
    ];
  }

  *#outcomeSamples(): Iterable<Sample> {
    for (const [outcome, tally] of this.#outcomes)
      for (const { labels, value } of tally.samples()) yield { labels: { ...labels, outcome }, value };
  }
}

const shown = (fault: string, isSealed: boolean): string => (isSealed ? SEALED : fault);

const counter = (name: string, help: string, collect: Series['collect']): Series => ({
  name: `showstopper_${name}`,
  help,
  type: 'counter',
  collect,
});
