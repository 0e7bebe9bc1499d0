// The figures of a world by the second, with those of the minutes before for who comes late, and some of what ended.
import type { World } from '../../director/world-port.ts';
import type { Worlds } from '../../director/worlds-port.ts';
import type { RehearsalSeen } from '../../rehearsal/seen.ts';
import { History } from '../../summary/history.ts';
import type { Second, Summaries } from '../../summary/summaries.ts';
import { formatText } from '../../web/event-reader.ts';
import type { EventHub } from '../../web/events.ts';
import { HISTORY_S } from '../contract/summary.ts';
import { presentSample, summaryText } from '../present-summary.ts';
import { type EventView, feedActions, isSealedIn, type ViewSettings } from './event-view.ts';

/** Of the summaries that a reader of a world begins with: 300 of ordinary length, or fewer of long ones. */
const MAX_HISTORY_BYTES = 786_432;
/** The opening always fits, with room for what follows. */
const MAX_WAITING_BYTES = MAX_HISTORY_BYTES + 1_048_576;

export interface SummaryViewSettings extends ViewSettings {
  readonly worlds: Pick<Worlds, 'closed'>;
  readonly summaries: Summaries;
  /** 99th percentile of how late the event loop was in the last second. */
  lagMs(): number;
  /** The one that runs there. */
  rehearsalIn(world: World): RehearsalSeen | null;
}

export class SummaryView implements EventView {
  readonly maxWaitingBytes = MAX_WAITING_BYTES;
  readonly #settings: SummaryViewSettings;
  readonly #histories = new Map<World, History>();
  readonly #hubs = new Map<World, EventHub>();

  constructor(settings: SummaryViewSettings) {
    this.#settings = settings;
    const { summaries, worlds } = settings;
    summaries.second.subscribe((second) => this.#tell(second));
    summaries.begunAnew.subscribe((world) => this.#histories.get(world)?.forget());
    summaries.ended.subscribe((world) => this.#histories.delete(world));
    worlds.closed.subscribe((world) => this.#histories.delete(world));
  }

  feed(world: World, hub: EventHub): (() => void)[] {
    this.#hubs.set(world, hub);
    return [
      this.#settings.summaries.sample(world, () => hub.readers > 0),
      ...feedActions(world, hub, this.#settings),
      () => this.#hubs.delete(world),
    ];
  }

  opening(world: World): string {
    const texts = this.#histories.get(world)?.texts() ?? [];
    return formatText('history', `{"summaries":[${[...texts].join(',')}]}`);
  }

  #tell(second: Second): void {
    const { world } = second;
    const { lagMs, rehearsalIn } = this.#settings;
    const { head, rest, clients, end } = summaryText(second, {
      ...{ lagMs: lagMs(), rehearsal: rehearsalIn(world), ends: this.#endsIn(world) },
    });
    this.#historyOf(world).add({ head, rest: `${rest}[]${end}` });
    const hub = this.#hubs.get(world);
    if (!hub || hub.readers === 0) return;
    const sealed = isSealedIn(world);
    for (const entry of second.samples)
      hub.tell('sample', JSON.stringify(presentSample(entry, second.sampleRate, sealed)));
    hub.tell('summary', `${head}${rest}${JSON.stringify(clients())}${end}`);
  }

  #endsIn(world: World): ReadonlyMap<string, number | null> {
    if (world.engine.rules.length === 0) return new Map();
    const { director } = this.#settings;
    return new Map(director.activations(world).map(({ activation, expiresAt }) => [activation, expiresAt]));
  }

  #historyOf(world: World): History {
    const known = this.#histories.get(world);
    if (known) return known;
    const history = new History({ maxSeconds: HISTORY_S, maxBytes: MAX_HISTORY_BYTES });
    this.#histories.set(world, history);
    return history;
  }
}
