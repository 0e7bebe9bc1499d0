// Assembles the process from a Config: one world, the doors of the upstream, the admin listener; starts and stops them.
import { createAdminApp } from './admin/app.ts';
import type { Readiness } from './admin/deps.ts';
import { type Clock, systemClock } from './base/clock.ts';
import { packageVersion, SHIPPED_FAULTS } from './base/package.ts';
import { Refusal } from './base/refusal.ts';
import type { Config } from './config.ts';
import { SERVER } from './director/actions.ts';
import { createDirector, type Director } from './director/director.ts';
import type { KnownNames } from './faults/check.ts';
import { createShelf, type Shelf } from './scenarios/shelf.ts';
import { createLog, type Log } from './telemetry/log.ts';
import { createMetrics, type Metrics } from './telemetry/metrics.ts';
import { createUpstreamApp } from './upstream/app.ts';
import { createClients } from './upstream/clients.ts';
import { createExchange } from './upstream/exchange.ts';
import { OPERATION_NAMES } from './upstream/operations.ts';
import { malformedEntry, UNMATCHED } from './upstream/reception.ts';
import { createEventHub, type EventHub } from './web/events.ts';
import { explainListenError, type Listening, listen, urlOf } from './web/listen.ts';
import { Gate } from './wire/gate.ts';
import { createWorld, type World } from './world.ts';

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
    const world = openWorld(config, clock, failed, () => gate.connections.size);
    const director = createDirector({
      shelf,
      known: KNOWN,
      defaultTtlMs: config.defaultTtlMs,
      maxTtlMs: config.maxTtlMs,
      failed,
    });
    closers.push(() => director.close());
    const gate = openGate(config, world, clock, log);
    const metrics = watch(world, gate, shelf);
    closers.push(() => metrics.stop());
    for (const profile of config.profiles) await director.activate(world, { profile }, SERVER);
    await bind(gate, config);
    closers.push(() => gate.close());
    const events = createEventHub({ clock });
    closers.push(() => events.close());
    const admin = await openAdmin(config, { world, director, shelf, metrics, events, gate, log });
    closers.push(() => admin.close());
    const upstream = urlOf(config.host, gate.port);
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

function openWorld(config: Config, clock: Clock, failed: (error: unknown) => void, connections: () => number): World {
  const { seed, catalog, timeScale, reservationTtlMs, journalMax, journalMaxBytes } = config;
  const bounds = { journalMaxEntries: journalMax, journalMaxBytes };
  return createWorld({
    name: 'default',
    clock,
    seed,
    catalog,
    timeScale,
    reservationTtlMs,
    ...bounds,
    connections,
    failed,
  });
}

function openGate(config: Config, world: World, clock: Clock, log: Log): Gate {
  const onRequest = createExchange({
    world,
    app: createUpstreamApp({
      failed: (error, requestId) => log.error({ err: error, requestId }, 'the upstream failed'),
    }),
    clients: createClients({ keys: config.keys, max: config.clientsMax }),
    clock,
    requestIdPrefix: `req_${world.seed.toString(36)}_`,
  });
  return new Gate({
    door: MAIN_DOOR,
    host: config.host,
    port: config.port,
    maxConnections: config.maxConnections,
    clock,
    onRequest,
    onMalformed(connection, status) {
      const entry = malformedEntry(connection, status, clock.now());
      world.journal.open(entry);
      world.journal.close(entry, 'answered', clock.now());
    },
    onDoor: (state, connections) =>
      log.warn({ door: MAIN_DOOR, state, connections, max: config.maxConnections }, DOOR_WORDS[state]),
  });
}

const DOOR_WORDS = {
  full: 'the upstream accepts no more connections: SHOWSTOPPER_MAX_CONNECTIONS is reached',
  open: 'the upstream accepts connections again',
  'port-lost': 'the port of the upstream cannot be taken back; trying again',
} as const;

function watch(world: World, gate: Gate, shelf: Shelf): Metrics {
  const metrics = createMetrics({
    sources: {
      inFlight: () => world.inFlight(),
      held: () => world.holds.size,
      connections: () => gate.connections.size,
      journal: () => world.journal.stats,
      profileErrors: () => shelf.mistakes.length,
      activeRules: () => world.engine.rules.length,
    },
  });
  world.journal.closed.subscribe((entry) => metrics.observe(entry));
  return metrics;
}

async function bind(gate: Gate, { host, port }: Config): Promise<void> {
  try {
    await gate.open();
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
  readonly gate: Gate;
  readonly log: Log;
}

async function openAdmin(config: Config, { gate, log, ...parts }: AdminParts): Promise<Listening> {
  const { adminHost: host, adminPort: port, adminToken, viewerToken, adminHosts: hosts } = config;
  const app = createAdminApp({
    ...parts,
    access: { adminToken, viewerToken, hosts },
    version: packageVersion(),
    ready: () => readiness(gate),
    failed: (error, requestId) => log.error({ err: error, requestId }, 'the admin API failed'),
  });
  try {
    return await listen(app.callback(), { host, port });
  } catch (error) {
    throw new StartError((error as Error).message);
  }
}

/** A full door is the work of a fault or a crowd; only a port that is gone is the server's own trouble. */
function readiness(gate: Gate): Readiness {
  const problems = gate.state === 'port-lost' ? [`the port of door ${MAIN_DOOR} cannot be taken back`] : [];
  return { ready: problems.length === 0, problems };
}

/** The latest first. */
async function stopAll(closers: readonly (() => unknown)[]): Promise<void> {
  for (const close of [...closers].reverse()) await close();
}
