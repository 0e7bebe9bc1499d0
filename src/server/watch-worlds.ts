// What Prometheus sees of all worlds together: counters that never fall when worlds go, and gauges that are sums.
import type { Director } from '../director/director.ts';
import type { Rehearsals } from '../rehearsal/rehearsals.ts';
import { isSealed, SEALED, withheldPlayback } from '../scenarios/playback-state.ts';
import type { Shelf } from '../shelf/shelf.ts';
import { createMetrics, type Metrics } from '../telemetry/metrics.ts';
import type { WorldFigures } from '../telemetry/world-series.ts';
import type { SharedByWebhooks } from '../webhooks/sending.ts';
import type { OpenWorld } from '../world/world.ts';
import type { WorldRegistry } from '../world/worlds.ts';
import type { ProcessDoors } from './process-doors.ts';

interface Watched {
  readonly worlds: WorldRegistry;
  readonly processDoors: ProcessDoors;
  readonly shelf: Shelf;
  readonly director: Director;
  readonly webhooks: Pick<SharedByWebhooks, 'counts'>;
  readonly rehearsals: Pick<Rehearsals, 'running'>;
  readonly clientsMax: number;
}

export function watchWorlds({ worlds, director, clientsMax, ...watched }: Watched): Metrics {
  const { processDoors, shelf, webhooks, rehearsals } = watched;
  let evictedBefore = 0;
  const sum = (of: (world: OpenWorld) => number): number => {
    let total = 0;
    for (const world of worlds.all) total += of(world);
    return total;
  };
  const metrics = createMetrics({
    clientsMax,
    sources: {
      inFlight: () => sum((world) => world.inFlight()),
      held: () => sum(({ holds }) => holds.size),
      connections: () => {
        const { count, floodCount } = processDoors;
        return { client: count - floodCount, flood: floodCount };
      },
      ghosts: () => processDoors.ghosts,
      journal: () => ({
        entries: sum(({ journal }) => journal.stats.entries),
        evicted: evictedBefore + sum(({ journal }) => journal.stats.evicted),
      }),
      webhooks: () => ({ ...webhooks.counts.now, queued: sum((world) => world.webhookTotals.queued) }),
      profileErrors: () => shelf.mistakes.length,
      activeRules: () => sum(({ engine }) => engine.rules.length),
      worldCount: () => worlds.count + 1,
      doorTroubles: () => processDoors.troubles,
      rehearsals: () => rehearsals.running.length,
      seats: () => ({ ...worlds.default.boxOffice.seatTotals() }),
      worlds: () => [...worlds.all].map(figuresOf),
      capacity: () => worlds.default.load.capacityObserved(),
      crowd: () => worlds.default.load.observed(),
    },
  });
  const watch = (world: OpenWorld): void => {
    const sealed = (): boolean => isSealed(world.playback.player.status);
    world.journal.closed.subscribe((entry) => metrics.observe(entry, entry.hits.length > 0 && sealed()));
    world.engine.counted.subscribe((drawn) => metrics.counted(drawn, sealed()));
    world.journal.told.subscribe(({ happened }) => metrics.told(happened));
  };
  for (const world of worlds.all) watch(world);
  worlds.opened.subscribe(watch);
  worlds.closed.subscribe(({ journal }) => {
    evictedBefore += journal.stats.evicted;
  });
  director.changed.subscribe(({ verb, world }) => {
    if (verb === 'reset' && world === worlds.default.name) metrics.forgetClients();
  });
  return metrics;
}

function figuresOf(world: OpenWorld): WorldFigures {
  const { status } = world.playback.player;
  const { scenario, status: now, cue, storyMs } = withheldPlayback(status);
  return {
    name: world.name,
    faults: world.engine.rules.map(({ fault }) => (isSealed(status) ? SEALED : fault.name)),
    inFlight: world.inFlight(),
    held: world.holds.size,
    play: scenario === null || now === 'ended' ? null : { scenario, status: now, cue: cue?.index ?? null, storyMs },
  };
}

/** Whether a hidden scenario plays now in the world of that name; of one that is gone it may have been. */
export function isSealedIn(worlds: WorldRegistry, name: string): boolean {
  for (const world of worlds.all) if (world.name === name) return isSealed(world.playback.player.status);
  return true;
}
