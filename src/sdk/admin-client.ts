// The admin API as typed calls: break it, heal it and ask what happened, from a test or a tool.
import type { Access } from '../admin/contract/access.ts';
import type {
  Action,
  Clock,
  ClockBody,
  Connection,
  ConnectionsQuery,
  JournalPage,
  JournalPageOf,
  JournalQuery,
  Kind,
  Page,
  Ready,
  ResetBody,
  ResetDone,
  SeverBody,
  Severed,
  Verified,
  VerifyBody,
} from '../admin/contract/contract.ts';
import type { Scorecard, ScorecardQuery } from '../admin/contract/scorecard.ts';
import type { State } from '../admin/contract/state.ts';
import type { Targets } from '../admin/contract/targets.ts';
import type { World, WorldBody } from '../admin/contract/worlds.ts';
import { callsTo, queryText } from './calls.ts';
import { type AdminEvent, type EventsOptions, openEvents } from './event-stream.ts';
import { type FaultCalls, faultCalls } from './fault-calls.ts';
import { type HouseCalls, houseCalls } from './house-calls.ts';
import { type LedgerCalls, ledgerCalls } from './ledger-calls.ts';
import { type PlaybackCalls, playbackCalls } from './playback-calls.ts';
import { type RehearsalCalls, rehearsalCalls } from './rehearsal-calls.ts';
import { unlessGone, type WorldScope } from './scopes.ts';
import { type WaitOptions, waitUntil } from './waiting.ts';
import { type WebhookCalls, webhookCalls } from './webhook-calls.ts';
import { addressesOf, type WorldAddress } from './world-address.ts';

/** Every call rejects with an AdminError for a no, and with AdminUnreachable when no Showstopper answers. */
export interface AdminClient extends FaultCalls, PlaybackCalls, RehearsalCalls, LedgerCalls, HouseCalls, WebhookCalls {
  /** What the token may do. */
  access(): Promise<Access>;
  kinds(): Promise<Kind[]>;
  /** What a rule may name in its match. */
  targets(): Promise<Targets>;
  /** Who changed what, the newest first. */
  actions(): Promise<Action[]>;
  reset(request?: ResetBody): Promise<ResetDone>;
  clock(): Promise<Clock>;
  moveClock(request: ClockBody): Promise<Clock>;
  /** Exchanges and connections that rules struck, or entries of the kind asked for. */
  journal<Kind extends JournalQuery['kind'] = undefined>(
    query?: JournalQuery & { kind?: Kind },
  ): Promise<JournalPageOf<Kind> & Pick<JournalPage, 'shownAs'>>;
  clearJournal(): Promise<{ readonly cleared: number }>;
  /** A verdict that fails is an AdminError with the code `verification_failed` or `evidence_evicted`. */
  verify(request: VerifyBody): Promise<Verified>;
  /** How each client behaved since the journal begins. */
  scorecard(query?: ScorecardQuery): Promise<Scorecard[]>;
  state(): Promise<State>;
  /** Resolves with the first state of which the condition is true; rejects with WaitedInVain. */
  waitFor(condition: (state: State) => boolean, options?: WaitOptions): Promise<State>;
  /** Open connections, the oldest first. */
  connections(query?: ConnectionsQuery): Promise<Page<Connection>>;
  /** Resets open connections: all, or those at these doors or from these addresses. */
  sever(request?: SeverBody): Promise<Severed>;
  /** Resolves once the stream has begun; what happens afterwards is not missed. Ends when `signal` is aborted, or its reader leaves it. */
  events(signal?: AbortSignal, options?: EventsOptions): Promise<AsyncIterable<AdminEvent>>;
  /** The same client in another world; throws a TypeError for a badly written name. */
  world(name: string): AdminClient;
  worlds(): Promise<World[]>;
  /** Declares a world, which then stays until it is deleted; the answer has the URL of its door, if it has one. */
  putWorld(name: string, request?: WorldBody): Promise<World>;
  worldInfo(name: string): Promise<World>;
  /** Declares a world that is deleted when its scope ends, or when it is closed. */
  openWorld(name: string, request?: WorldBody): Promise<WorldScope<AdminClient>>;
  deleteWorld(name: string): Promise<void>;
  /** Of the whole process, in the text format of Prometheus. */
  metrics(): Promise<string>;
  /** What to trust of the TLS door, as PEM. */
  tlsCertificate(): Promise<string>;
  health(): Promise<{ readonly status: 'ok' }>;
  /** Whether the server itself is well; a fault in force is no reason not to be. */
  ready(): Promise<Ready>;
  /** The OpenAPI document of the admin API. */
  openapi(): Promise<object>;
}

/** On top of the longest wait that was asked for. */
const VERIFY_TIMEOUT_MS = 310_000;

/** Throws a TypeError for a badly written name of a world. */
export function createAdminClient(address: WorldAddress): AdminClient {
  const addresses = addressesOf(address);
  const { call, read, post, remove, list } = callsTo(addresses.world);
  const ofProcess = callsTo(addresses.process);
  const world = (name: string): string => `/v1/worlds/${encodeURIComponent(name)}`;
  const state = (): Promise<State> => read('/v1/state');
  const stateWithin = (timeoutMs: number): Promise<State> => call({ method: 'GET', path: '/v1/state', timeoutMs });
  const inWorld = (name: string): AdminClient => createAdminClient({ ...addresses.process, world: name });
  const putWorld = (name: string, body: WorldBody = {}): Promise<World> =>
    ofProcess.call({ method: 'PUT', path: world(name), body });
  const deleteWorld = (name: string): Promise<void> => ofProcess.remove(world(name));

  return {
    access: () => ofProcess.read('/v1/access'),
    kinds: () => ofProcess.list('/v1/kinds'),
    targets: () => read('/v1/targets'),
    actions: () => list('/v1/actions'),
    reset: (request) => post('/v1/reset', request),
    clock: () => read('/v1/clock'),
    moveClock: (request) => post('/v1/clock', request),
    journal: (query = {}) => read(`/v1/journal${queryText(query)}`),
    clearJournal: () => remove('/v1/journal'),
    verify: (body) => call({ method: 'POST', path: '/v1/journal/verify', body, timeoutMs: VERIFY_TIMEOUT_MS }),
    ...faultCalls(addresses.world),
    ...playbackCalls(addresses.world),
    ...webhookCalls(addresses.world),
    scorecard: (query = {}) => list(`/v1/scorecard${queryText(query)}`),
    ...rehearsalCalls(addresses.world),
    ...ledgerCalls(addresses.world),
    ...houseCalls(addresses.world),
    state,
    waitFor: (condition, options) => waitUntil(stateWithin, condition, options),
    connections: (query = {}) => read(`/v1/connections${queryText(query)}`),
    sever: (request) => post('/v1/connections/sever', request),
    events: (signal, options) => openEvents(addresses.world, signal, options),
    world: inWorld,
    worlds: () => ofProcess.list('/v1/worlds'),
    putWorld,
    worldInfo: (name) => ofProcess.read(world(name)),
    async openWorld(name, request) {
      const made = await putWorld(name, request);
      const close = async (): Promise<void> => void (await deleteWorld(name).catch(unlessGone));
      return { ...made, admin: inWorld(name), close, [Symbol.asyncDispose]: close };
    },
    deleteWorld,
    metrics: () => ofProcess.call({ method: 'GET', path: '/metrics', asText: true }),
    tlsCertificate: () => ofProcess.call({ method: 'GET', path: '/v1/tls/certificate.pem', asText: true }),
    health: () => ofProcess.read('/healthz'),
    ready: () => ofProcess.call({ method: 'GET', path: '/readyz', alsoAnswers: 503 }),
    openapi: () => ofProcess.read('/openapi.json'),
  };
}
