// Assembles the process from a Config: one world, the doors of the upstream, the admin listener; starts and stops them.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createAdminApp } from './admin/app.ts';
import type { Readiness } from './admin/deps.ts';
import { type Clock, systemClock } from './base/clock.ts';
import { Refusal } from './base/refusal.ts';
import type { Config } from './config.ts';
import { SERVER } from './director/actions.ts';
import { createDirector, type Director } from './director/director.ts';
import type { KnownNames } from './faults/check.ts';
import type { Conditions } from './faults/fault.ts';
import { createShelf, type Shelf } from './scenarios/shelf.ts';
import { createLog, type Log } from './telemetry/log.ts';
import { createMetrics, type Metrics } from './telemetry/metrics.ts';
import { createUpstreamApp } from './upstream/app.ts';
import { createClients } from './upstream/clients.ts';
import { Doors } from './upstream/doors.ts';
import { createExchange } from './upstream/exchange.ts';
import { OPERATION_NAMES } from './upstream/operations.ts';
import { UNMATCHED } from './upstream/reception.ts';
import { createEventHub, type EventHub } from './web/events.ts';
import { explainListenError, type Listening, listen, urlOf } from './web/listen.ts';
import { ConnectionLimit } from './wire/connection-limit.ts';
import { createWorld, type World, type WorldSettings } from './world.ts';

export interface ServerOptions {
  readonly clock?: Clock;
  readonly log?: Log;
  /** `clock.ticks()` that `startMs` of the ready line counts from; unset: now. 0 is the start of the process. */
  readonly sinceTicks?: number;
}

export interface RunningServer {
  /** URLs without a slash at their end. */
  readonly upstream: string;
  readonly admin: string;
  readonly seed: number;
  /** Ends every connection and frees the ports; at once, also with requests held. */
  stop(): Promise<void>;
}

/** The server cannot start, for a reason that its user can mend. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

const SHIPPED_FAULTS = fileURLToPath(new URL('../faults', import.meta.url));
/** The only door until there are more. */
const MAIN_DOOR = 'main';
const KNOWN: KnownNames = { operations: [...OPERATION_NAMES, UNMATCHED], doors: [MAIN_DOOR] };

/** Resolves when both listeners and all profiles are live. Rejects with BadProfiles or StartError for what its user can mend. */
export async function startServer(config: Config, options: ServerOptions = {}): Promise<RunningServer> {
  const { clock = systemClock } = options;
  const since = options.sinceTicks ?? clock.ticks();
  const log = options.log ?? (await createLog({ level: config.logLevel }));
  const failed = (error: unknown): void => log.error({ err: error }, 'an observer failed');
  if (config.ignored.length > 0)
    log.info({ variables: config.ignored }, 'variables that Kubernetes set for a Service are ignored');

  const shelf = await createShelf({ shipped: SHIPPED_FAULTS, overlay: config.faults, known: KNOWN, clock, log });
  const closers: (() => unknown)[] = [() => shelf.close()];
  try {
    const limit = new ConnectionLimit(config.maxConnections);
    const world = openWorld(config, clock, { failed, conditions: conditionsOf(limit), doors: () => doors });
    const director = createDirector({
      shelf,
      known: KNOWN,
      defaultTtlMs: config.defaultTtlMs,
      maxTtlMs: config.maxTtlMs,
      failed,
    });
    closers.push(() => director.close());
    const doors = assembleDoors(config, world, limit, clock, log);
    const metrics = watch(world, shelf);
    closers.push(() => metrics.stop());
    for (const profile of config.profiles) await director.activate(world, { profile }, SERVER);
    closers.push(() => doors.close());
    await bind(doors, config);
    const events = createEventHub({ clock });
    closers.push(() => events.close());
    const admin = await openAdmin(config, { world, director, shelf, metrics, events, doors, log });
    closers.push(() => admin.close());
    const upstream = urlOf(config.host, doors.gates[0]?.port ?? 0);
    log.ready({ upstream, admin: admin.url, seed: config.seed, startMs: Math.round(clock.ticks() - since) });
    return { upstream, admin: admin.url, seed: config.seed, stop: () => stopAll(closers) };
  } catch (error) {
    await stopAll(closers);
    throw error instanceof Refusal ? new StartError(wordsOf(error)) : error;
  }
}

/** A refusal with what is known instead, where it names that. */
function wordsOf({ message, facts }: Refusal): string {
  return Array.isArray(facts.known) ? `${message}; known: ${facts.known.join(', ')}` : message;
}

function openWorld(config: Config, clock: Clock, parts: Pick<WorldSettings, 'failed' | 'conditions' | 'doors'>): World {
  const { seed, catalog, timeScale, reservationTtlMs } = config;
  const bounds = { journalMaxEntries: config.journalMax, journalMaxBytes: config.journalMaxBytes };
  return createWorld({ name: 'default', clock, seed, catalog, timeScale, reservationTtlMs, ...bounds, ...parts });
}

/** Linux leaves SYNs unanswered when a backlog is full; other systems refuse. */
function conditionsOf(limit: ConnectionLimit): Conditions {
  return { tls: false, darkness: process.platform === 'linux', floodRoom: () => limit.room };
}

function assembleDoors(config: Config, world: World, limit: ConnectionLimit, clock: Clock, log: Log): Doors {
  const onRequest = createExchange({
    world,
    app: createUpstreamApp({
      failed: (error, requestId) => log.error({ err: error, requestId }, 'the upstream failed'),
    }),
    clients: createClients({ keys: config.keys, max: config.clientsMax }),
    clock,
    requestIdPrefix: `req_${world.seed.toString(36)}_`,
  });
  const doors = [{ name: MAIN_DOOR, host: config.host, port: config.port }];
  return new Doors({
    doors,
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
} as const;

function watch(world: World, shelf: Shelf): Metrics {
  const metrics = createMetrics({
    sources: {
      inFlight: () => world.inFlight(),
      held: () => world.holds.size,
      connections: () => world.connections(),
      journal: () => world.journal.stats,
      profileErrors: () => shelf.mistakes.length,
      activeRules: () => world.engine.rules.length,
    },
  });
  world.journal.closed.subscribe((entry) => metrics.observe(entry));
  return metrics;
}

async function bind(doors: Doors, { host, port }: Config): Promise<void> {
  try {
    await doors.open();
  } catch (error) {
    const settings = { host: 'SHOWSTOPPER_HOST', port: 'SHOWSTOPPER_PORT' };
    throw new StartError(explainListenError(error as NodeJS.ErrnoException, { host, port, settings }).message);
  }
}

interface AdminParts {
  readonly world: World;
  readonly director: Director;
  readonly shelf: Shelf;
  readonly metrics: Metrics;
  readonly events: EventHub;
  readonly doors: Doors;
  readonly log: Log;
}

async function openAdmin(config: Config, { doors, log, ...parts }: AdminParts): Promise<Listening> {
  const { adminHost: host, adminPort: port, adminToken, viewerToken, adminHosts: hosts } = config;
  const app = createAdminApp({
    ...parts,
    access: { adminToken, viewerToken, hosts },
    version: version(),
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

function version(): string {
  return (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version;
}

/** The latest first. */
async function stopAll(closers: readonly (() => unknown)[]): Promise<void> {
  for (const close of [...closers].reverse()) await close();
}
