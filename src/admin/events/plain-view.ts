// The events of a world one by one: what ended, what the box office said, what was done, and its load.
import type { Clock } from '../../base/clock.ts';
import type { World } from '../../director/world-port.ts';
import type { EventHub } from '../../web/events.ts';
import { presentCrowd, presentEntry } from '../present.ts';
import { sealedEntry } from '../sealing.ts';
import { type EventView, feedActions, isSealedIn, type ViewSettings, whenRead } from './event-view.ts';

const LOAD_EVERY_MS = 1000;
/** Events of the box office that a stream tells in this time: a moved clock may let thousands lapse in one moment. */
const MAX_EVENTS = 500;
const EVENTS_WITHIN_MS = 1000;
const MAX_WAITING_BYTES = 1_048_576;

export const plainView = (settings: ViewSettings): EventView => ({
  maxWaitingBytes: MAX_WAITING_BYTES,
  opening: () => '',
  feed: (world, hub) => [
    world.journal.closed.subscribe((entry) =>
      hub.publish(
        entry.kind,
        whenRead(() => (isSealedIn(world) ? sealedEntry(presentEntry(entry)) : presentEntry(entry))),
      ),
    ),
    ...feedEvents(world, hub, settings.clock),
    ...feedActions(world, hub, settings),
    settings.clock.every(LOAD_EVERY_MS, () => {
      const [capacity, crowd] = [world.load.capacityObserved(), presentCrowd(world.load.observed())];
      if (capacity || crowd) hub.publish('load', { at: new Date(settings.clock.now()).toISOString(), capacity, crowd });
    }),
  ],
});

/** Events of the box office name no rule, so that no seal is needed; those beyond the bound are told as a number. */
function feedEvents({ journal }: World, hub: EventHub, clock: Clock): (() => void)[] {
  let told = 0;
  return [
    journal.told.subscribe((event) => {
      if (told++ < MAX_EVENTS)
        hub.publish(
          'event',
          whenRead(() => presentEntry(event)),
        );
    }),
    clock.every(EVENTS_WITHIN_MS, () => {
      if (told > MAX_EVENTS) hub.publish('events-left-out', { count: told - MAX_EVENTS });
      told = 0;
    }),
  ];
}
