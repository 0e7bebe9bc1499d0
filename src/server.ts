// Assembles the process from a Config: its worlds, the doors of the upstream, the admin listener; starts and stops them.

import { randomBytes } from 'node:crypto';
import { createAdminApp } from './admin/app.ts';
import type { AdminDeps, Readiness } from './admin/deps.ts';
import { presentRehearsalLine } from './admin/present-rehearsal.ts';
import { Scorecards } from './admin/scorecards.ts';
import { sealedRehearsalLine } from './admin/sealing.ts';
import type { WorldEvents } from './admin/world-events.ts';
import { type Clock, systemClock } from './base/clock.ts';
import { packageVersion, SHIPPED_FAULTS } from './base/package.ts';
import { createPseudonym } from './base/pseudonym.ts';
import { Refusal } from './base/refusal.ts';
import type { SigningSecrets } from './base/signing-secrets.ts';
import type { Config } from './config.ts';
import { builtPage } from './dashboard/built-page.ts';
import { SERVER } from './director/actions.ts';
import { createDirector, type Director } from './director/director.ts';
import { ByteBudget } from './journal/byte-budget.ts';
import { createCapability } from './payments/capability.ts';
import type { Rehearsals } from './rehearsal/rehearsals.ts';
import { lineOf } from './rehearsal/state.ts';
import type { Thresholds } from './scorecard/thresholds.ts';
import { actionLog } from './server/action-log.ts';
import { certificatesFor, conditionsOf, doorAddresses, doorUrls, explainUnopened, knownNames } from './server/doors.ts';
import { openEvents } from './server/events.ts';
import { paymentSettings } from './server/payments.ts';
import { ProcessDoors, type ProcessDoorsSettings } from './server/process-doors.ts';
import { openRehearsals } from './server/rehearsals.ts';
import { StartError } from './server/start-error.ts';
import { readThresholds } from './server/thresholds.ts';
import { isSealedIn, watchWorlds } from './server/watch-worlds.ts';
import { addConfigured, processWebhooks } from './server/webhooks.ts';
import { createScenarioShelf } from './shelf/scenario-shelf.ts';
import { createShelf, type Shelf } from './shelf/shelf.ts';
import { createLog, type Log } from './telemetry/log.ts';
import type { Metrics } from './telemetry/metrics.ts';
import { createUpstreamApp } from './upstream/app/app.ts';
import { ClientNames } from './upstream/client-names.ts';
import { createClients } from './upstream/clients.ts';
import { type DoorAddress, type Doors, DoorUnopened } from './upstream/doors/doors.ts';
import { type Listening, listen } from './web/listen.ts';
import { whyNoFlood } from './wire/door/flood-address.ts';
import { MaxConnections } from './wire/door/max-connections.ts';
import { Seasons } from './world/seasons.ts';
import { WorldRegistry } from './world/worlds.ts';

export interface ServerOptions {
  readonly clock?: Clock;
  readonly log?: Log;
  /** `clock.ticks()` that `startMs` of the ready line counts from; unset: now. 0 is the start of the process. */
  readonly sinceTicks?: number;
  /** Where the page was built to; unset: where the package has it. */
  readonly pageFolder?: string | undefined;
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
    const { defaultTtlMs, maxTtlMs } = config;
    const director = createDirector({ shelf, known, defaultTtlMs, maxTtlMs, failed });
    closers.push(() => director.close());
    const webhooks = processWebhooks(config, clock);
    closers.push(() => webhooks.close());
    const { secrets } = webhooks;
    const processDoors = openProcessDoors(config, { clock, names, limit, secrets, log });
    const floodTrouble = await whyNoFlood(config.host);
    const conditions = { ...conditionsOf(config, limit, () => processDoors), floodTrouble };
    const worlds = new WorldRegistry({
      ...worldSettings(config),
      ...{ clock, director, scenarios, conditions, known, webhooks, failed },
      dropUnderWay: (world) => processDoors.dropUnderWay(world),
      openDoor: (world, port) => processDoors.openOwn(world, port),
    });
    closers.push(() => worlds.close());
    director.changed.subscribe(actionLog(log, (name) => isSealedIn(worlds, name)));
    const thresholds = readThresholds(config.thresholds);
    const rehearsals = openRehearsals(config, { director, worlds, clock, thresholds, log, failed });
    const { clientsMax } = config;
    const metrics = watchWorlds({ worlds, processDoors, shelf, director, webhooks, rehearsals, clientsMax });
    closers.push(() => metrics.stop());
    const events = openEvents({ worlds, director, clock, rehearsals, failed }, closers);
    const doors = attachDoors(worlds, processDoors, doorAddresses(config, certificates));
    await asConfigured(config, director, worlds.default);
    closers.push(() => doors.close());
    await bind(doors);
    const urls = doorUrls(doors, config);
    const admin = await openAdmin(config, {
      ...{ worlds, director, shelf, metrics, events, doors, log, thresholds, rehearsals },
      ...{ trusted: certificates?.trusted, page: builtPage(options.pageFolder) },
      upstream: config.publicUrl ?? urls.upstream,
    });
    closers.push(() => admin.close());
    const facts = { ...urls, admin: admin.url, seed: config.seed };
    log.ready({ ...facts, startMs: Math.round(clock.ticks() - since) });
    return { ...facts, stop: () => stopAll(closers) };
  } catch (error) {
    await stopAll(closers);
    throw error instanceof Refusal ? new StartError(wordsOf(error)) : error;
  }
}

/** The configured ones, to the default world; other worlds are found behind them by their paths. */
function attachDoors(worlds: WorldRegistry, processDoors: ProcessDoors, addresses: readonly DoorAddress[]): Doors {
  const doors = processDoors.configured(worlds.default, addresses, (name, mayMake) =>
    mayMake ? worlds.enter(name).world : worlds.get(name),
  );
  worlds.default.attach(doors);
  return doors;
}

/** What is to be in the default world from the start. */
async function asConfigured(config: Config, director: Director, home: WorldRegistry['default']): Promise<void> {
  addConfigured(config, home);
  for (const profile of config.profiles) await director.activate(home, { profile }, SERVER);
  if (config.scenario !== undefined) await home.playback.play(config.scenario, {}, SERVER);
}

/** A refusal with what is known instead, where it names that. */
function wordsOf({ message, facts }: Refusal): string {
  return Array.isArray(facts.known) ? `${message}; known: ${facts.known.join(', ')}` : message;
}

/** Of the secrets that payment pages' URLs, and pseudonyms in journals, are cut from. */
const SECRET_BYTES = 32;

function worldSettings({ seed, catalog, timeScale, reservationTtlMs, worlds, worldsMax, ...config }: Config) {
  const { latePayment, refundAfterMs } = config;
  return {
    paymentRules: { latePayment, refundAfterMs },
    paymentToken: createCapability(randomBytes(SECRET_BYTES)),
    ...{ seed, timeScale, reservationTtlMs },
    seasons: new Seasons(catalog),
    journalMaxEntries: config.journalMax,
    journalBudget: new ByteBudget(config.journalMaxBytes),
    pseudonym: createPseudonym(randomBytes(SECRET_BYTES)),
    mode: worlds,
    max: worldsMax,
  };
}

interface DoorParts extends Pick<ProcessDoorsSettings, 'limit' | 'clock' | 'log'> {
  readonly names: ClientNames;
  readonly secrets: SigningSecrets;
}

function openProcessDoors(config: Config, { names, secrets, log, ...parts }: DoorParts): ProcessDoors {
  const app = createUpstreamApp({
    payments: paymentSettings(config, secrets, parts.clock),
    failed: (error, requestId) => log.error({ err: error, requestId }, 'the upstream failed'),
  });
  return new ProcessDoors({ ...parts, config, log, app, clients: createClients(names) });
}

async function bind(doors: Doors): Promise<void> {
  try {
    await doors.open();
  } catch (error) {
    throw error instanceof DoorUnopened ? explainUnopened(error) : error;
  }
}

interface AdminParts {
  readonly worlds: WorldRegistry;
  readonly director: Director;
  readonly shelf: Shelf;
  readonly metrics: Metrics;
  readonly events: WorldEvents;
  readonly doors: Doors;
  readonly log: Log;
  readonly thresholds: Thresholds;
  readonly rehearsals: Rehearsals;
  /** Certificates to trust, of the TLS door. */
  readonly trusted: string | undefined;
  readonly page: AdminDeps['page'];
  readonly upstream: string;
}

async function openAdmin(config: Config, { doors, log, thresholds, ...parts }: AdminParts): Promise<Listening> {
  const { director, events, rehearsals } = parts;
  rehearsals.changed.subscribe((state) =>
    events.tell(state.world, 'rehearsal', () => {
      const line = presentRehearsalLine(lineOf(state));
      return isSealedIn(parts.worlds, state.world) ? sealedRehearsalLine(line) : line;
    }),
  );
  const { adminHost: host, adminPort: port, adminToken, viewerToken, adminHosts: hosts } = config;
  const app = createAdminApp({
    ...parts,
    scorecards: new Scorecards(director, thresholds),
    access: { adminToken, viewerToken, hosts },
    version: packageVersion(),
    ready: () => readiness(doors),
    failed: (error, requestId) => log.error({ err: error, requestId }, 'the admin API failed'),
  });
  try {
    const listening = await listen(app.callback(), { host, port });
    const close = async (): Promise<void> => {
      await rehearsals.close();
      await listening.close();
    };
    return { ...listening, close };
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
