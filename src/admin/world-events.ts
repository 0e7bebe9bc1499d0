// Server-sent events of every world, in each view that there is.
import type { Readable } from 'node:stream';
import { Refusal } from '../base/refusal.ts';
import type { World } from '../director/world-port.ts';
import type { Worlds } from '../director/worlds-port.ts';
import { ReaderBound } from '../web/events.ts';
import { EventStreams } from './events/event-streams.ts';
import { shownState, type ViewName, type ViewSettings, whenRead } from './events/event-view.ts';
import { plainView } from './events/plain-view.ts';
import { SummaryView, type SummaryViewSettings } from './events/summary-view.ts';

export interface WorldEventsSettings
  extends ViewSettings,
    Pick<SummaryViewSettings, 'summaries' | 'lagMs' | 'rehearsalIn'> {
  readonly worlds: Worlds;
}

export class WorldEvents {
  readonly #streams: Readonly<Record<ViewName, EventStreams>>;
  /** Over all worlds and views. */
  readonly #bound = new ReaderBound();
  #closed = false;

  constructor(settings: WorldEventsSettings) {
    const { worlds, clock } = settings;
    const common = { worlds, clock, bound: this.#bound, state: (world: World) => shownState(world, settings) };
    this.#streams = {
      plain: new EventStreams({ ...common, view: plainView(settings) }),
      summary: new EventStreams({ ...common, view: new SummaryView(settings) }),
    };
  }

  /** Over all worlds. */
  get readers(): number {
    return this.#bound.readers;
  }

  /** Gives a body as `EventHub.subscribe` does, in which the state of the world comes first, or next to it. */
  subscribe(world: World, lastEventId?: string, view: ViewName = 'plain'): Readable {
    if (this.#closed) throw new Refusal('shutting_down', 'the server is stopping');
    return this.#streams[view].subscribe(world, lastEventId);
  }

  /** Something that is told of a world from elsewhere; `shown` is asked only when somebody reads. */
  tell(world: string, event: string, shown: () => unknown): void {
    for (const streams of Object.values(this.#streams)) streams.publish(world, event, whenRead(shown));
  }

  close(): void {
    this.#closed = true;
    for (const streams of Object.values(this.#streams)) streams.close();
  }
}
