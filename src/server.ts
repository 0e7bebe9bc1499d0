// Assembles the process from a Config: one world, the doors of the upstream, the admin listener; starts and stops them.
import { createAdminApp } from './admin/app.ts';
import type { Readiness } from './admin/deps.ts';
import { tellLoad } from './admin/routes/events.ts';
import { type Clock, systemClock } from './base/clock.ts';
import { packageVersion, SHIPPED_FAULTS } from './base/package.ts';
import { Refusal } from './base/refusal.ts';
import type { Config } from './config.ts';
import { SERVER } from './director/actions.ts';
import { createDirector, type Director } from './director/director.ts';
import { isSealed } from './scenarios/playback-state.ts';
import { actionLog } from './server/action-log.ts';
import { certificatesFor, conditionsOf, doorAddresses, doorUrls, explainUnopened, knownNames } from './server/doors.ts';
import { StartError } from './server/start-error.ts';
import { createScenarioShelf } from './shelf/scenario-shelf.ts';
import { createShelf, type Shelf } from './shelf/shelf.ts';
import { createLog, type Log } from './telemetry/log.ts';
import { createMetrics, type Metrics } from './telemetry/metrics.ts';
import { createUpstreamApp } from './upstream/app/app.ts';
import { ClientNames } from './upstream/client-names.ts';
import { createClients } from './upstream/clients.ts';
import { Doors, type DoorsSettings, DoorUnopened } from './upstream/doors/doors.ts';
import { createExchange } from './upstream/exchange/exchange.ts';
import { createEventHub, type EventHub } from './web/events.ts';
import { type Listening, listen } from './web/listen.ts';
import { whyNoFlood } from './wire/door/flood-address.ts';
import { MaxConnections } from './wire/door/max-connections.ts';
import { Playback } from './world/playback.ts';
import { createWorld, type OpenWorld, type WorldSettings } from './world/world.ts';

export interface ServerOptions {
  readonly clock?: Clock;
  readonly log?: Log;
  /** `clock.ticks()` that `startMs` of the ready line counts from; unset: now. 0 is the start of the process. */
  readonly sinceTicks?: number;
}

export interface RunningServer {
  /** URLs without a slash at their end. */
  readonly upstream: string;
  /** The TLS door, where there is one. */
  readonly upstreamTls?: string;
  /** Further doors by name. */
  readonly doors?: Readonly<Record<string, string>>;
  readonly admin: string;
  readonly seed: number;
  /** Ends every connection and frees the ports; at once, also with requests held. */
  stop(): Promise<void>;
}

export { StartError } from './server/start-error.ts';

/** Resolves when both listeners and all profiles are live. Rejects with BadProfiles, BadScenarios or StartError for what its user can mend. */
export async function startServer(config: Config, options: ServerOptions = {}): Promise<RunningServer> {
  const { clock = systemClock } = options;
  const since = options.sinceTicks ?? clock.ticks();
  const log = options.log ?? (await createLog({ level: config.logLevel }));
  const failed = (error: unknown): void => log.error({ err: error }, 'an observer failed');
  if (config.ignored.length > 0)
    log.info({ variables: config.ignored }, 'variables that Kubernetes set for a Service are ignored');

  const names = new ClientNames(config.keys);
  const known = knownNames(config, names);
  const places = { shipped: SHIPPED_FAULTS, overlay: config.faults, known, clock, log };
  const shelf = await createShelf(places);
  const closers: (() => unknown)[] = [() => shelf.close()];
  try {
    const scenarios = await createScenarioShelf({ ...places, profiles: shelf });
    closers.push(() => scenarios.close());
    const limit = new MaxConnections(config.maxConnections);
    const certificates = await certificatesFor(config, clock.now());
    const conditions = {
      ...conditionsOf(config, limit, () => doors),
      floodTrouble: await whyNoFlood(config.host),
    };
    const world = openWorld(config, clock, { failed, conditions, doors: () => doors });
    closers.push(() => world.close());
    const director = createDirector({
      shelf,
      known,
      defaultTtlMs: config.defaultTtlMs,
      maxTtlMs: config.maxTtlMs,
      failed,
      clear: (_world, request) => playback.clear(request),
    });
    closers.push(() => director.close());
    const playback: Playback = new Playback({ world, director, scenarios, failed });
    closers.push(() => playback.close());
    director.changed.subscribe(actionLog(log, () => isSealed(playback.player.status)));
    const doors = assembleDoors({ world, names, limit, clock, log, addresses: doorAddresses(config, certificates) });
    const metrics = watch(world, { shelf, playback, doors, director, clientsMax: config.clientsMax });
    closers.push(() => metrics.stop());
    for (const profile of config.profiles) await director.activate(world, { profile }, SERVER);
    if (config.scenario !== undefined) await playback.play(config.scenario, {}, SERVER);
    closers.push(() => doors.close());
    await bind(doors);
    const events = createEventHub({ clock });
    closers.push(() => events.close());
    closers.push(tellLoad({ events, world }));
    const admin = await openAdmin(config, {
      ...{ world, director, playback, shelf, metrics, events, doors, log },
      trusted: certificates?.trusted,
    });
    closers.push(() => admin.close());
    const facts = { ...doorUrls(doors, config), admin: admin.url, seed: config.seed };
    log.ready({ ...facts, startMs: Math.round(clock.ticks() - since) });
    return { ...facts, stop: () => stopAll(closers) };
  } catch (error) {
    await stopAll(closers);
    throw error instanceof Refusal ? new StartError(wordsOf(error)) : error;
  }
}

/** A refusal with what is known instead, where it names that. */
function wordsOf({ message, facts }: Refusal): string {
  return Array.isArray(facts.known) ? `${message}; known: ${facts.known.join(', ')}` : message;
}

function openWorld(
  config: Config,
  clock: Clock,
  parts: Pick<WorldSettings, 'failed' | 'conditions' | 'doors'>,
): OpenWorld {
  const { seed, catalog, timeScale, reservationTtlMs } = config;
  const bounds = { journalMaxEntries: config.journalMax, journalMaxBytes: config.journalMaxBytes };
  return createWorld({ name: 'default', clock, seed, catalog, timeScale, reservationTtlMs, ...bounds, ...parts });
}

interface DoorParts extends Pick<DoorsSettings, 'limit' | 'clock'> {
  readonly world: OpenWorld;
  readonly names: ClientNames;
  readonly log: Log;
  readonly addresses: DoorsSettings['doors'];
}

function assembleDoors({ world, names, limit, clock, log, addresses }: DoorParts): Doors {
  const onRequest = createExchange({
    world,
    app: createUpstreamApp({
      failed: (error, requestId) => log.error({ err: error, requestId }, 'the upstream failed'),
    }),
    clients: createClients(names),
    clock,
    requestIdPrefix: `req_${world.seed.toString(36)}_`,
  });
  return new Doors({
    doors: addresses,
    limit,
    clock,
    world,
    onRequest,
    onDoor: (door, state, facts) => log.warn({ door, ...facts }, DOOR_WORDS[state]),
  });
}

const DOOR_WORDS = {
  full: 'the upstream accepts no more connections: SHOWSTOPPER_MAX_CONNECTIONS is reached',
  room: 'the upstream accepts connections again',
  stuck: 'a door cannot be brought to what rules want; trying again',
  mended: 'the door is as rules want it again',
  'flood-fails': 'the flood in front of a door is not what its rule says',
} as const;

interface Watched extends Pick<AdminParts, 'shelf' | 'playback' | 'doors' | 'director'> {
  readonly clientsMax: number;
}

function watch(world: OpenWorld, { shelf, playback, doors, director, clientsMax }: Watched): Metrics {
  const metrics = createMetrics({
    clientsMax,
    sources: {
      inFlight: () => world.inFlight(),
      held: () => world.holds.size,
      connections: () => ({ client: doors.count - doors.floodCount, flood: doors.floodCount }),
      ghosts: () => doors.ghosts,
      journal: () => world.journal.stats,
      profileErrors: () => shelf.mistakes.length,
      activeRules: () => world.engine.rules.length,
      sealed: () => isSealed(playback.player.status),
      capacity: () => world.load.capacityObserved(),
      crowd: () => world.load.observed(),
    },
  });
  world.journal.closed.subscribe((entry) => metrics.observe(entry));
  world.engine.counted.subscribe((drawn) => metrics.counted(drawn));
  director.changed.subscribe(({ verb }) => {
    if (verb === 'reset') metrics.forgetClients();
  });
  return metrics;
}

async function bind(doors: Doors): Promise<void> {
  try {
    await doors.open();
  } catch (error) {
    throw error instanceof DoorUnopened ? explainUnopened(error) : error;
  }
}

interface AdminParts {
  readonly world: OpenWorld;
  readonly director: Director;
  readonly playback: Playback;
  readonly shelf: Shelf;
  readonly metrics: Metrics;
  readonly events: EventHub;
  readonly doors: Doors;
  readonly log: Log;
  /** Certificates to trust, of the TLS door. */
  readonly trusted: string | undefined;
}

async function openAdmin(config: Config, { doors, log, ...parts }: AdminParts): Promise<Listening> {
  const { adminHost: host, adminPort: port, adminToken, viewerToken, adminHosts: hosts } = config;
  const app = createAdminApp({
    ...parts,
    access: { adminToken, viewerToken, hosts },
    version: packageVersion(),
    ready: () => readiness(doors),
    failed: (error, requestId) => log.error({ err: error, requestId }, 'the admin API failed'),
  });
  try {
    return await listen(app.callback(), { host, port });
  } catch (error) {
    throw new StartError((error as Error).message);
  }
}

/** What rules or a crowd have done to a door is no trouble of the server; a port that cannot be taken back is. */
function readiness({ troubles }: Doors): Readiness {
  return { ready: troubles.length === 0, problems: troubles };
}

/** The latest first. */
async function stopAll(closers: readonly (() => unknown)[]): Promise<void> {
  for (const close of [...closers].reverse()) await close();
}
