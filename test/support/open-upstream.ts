// A whole upstream on a free port for one test: door, exchange and world, without an admin listener.
import { type Clock, systemClock } from '../../src/base/clock.ts';
import { createPseudonym } from '../../src/base/pseudonym.ts';
import type { PaymentRules } from '../../src/box-office/paying/money.ts';
import type { Director } from '../../src/director/director.ts';
import { type CheckedRule, checkRule } from '../../src/faults/check.ts';
import type { Rule } from '../../src/faults/rule.ts';
import { ByteBudget } from '../../src/journal/byte-budget.ts';
import type { ScenarioShelf } from '../../src/shelf/scenario-shelf.ts';
import { createUpstreamApp } from '../../src/upstream/app/app.ts';
import { ClientNames } from '../../src/upstream/client-names.ts';
import { createClients } from '../../src/upstream/clients.ts';
import { Doors } from '../../src/upstream/doors/doors.ts';
import { createExchange } from '../../src/upstream/exchange/exchange.ts';
import { OPERATION_NAMES } from '../../src/upstream/operations/operations.ts';
import type { Certificates } from '../../src/wire/connection/certificates.ts';
import { Secure } from '../../src/wire/connection/secure.ts';
import { DarkPlaces } from '../../src/wire/door/dark-places.ts';
import type { Door } from '../../src/wire/door/door.ts';
import { FloodProcess } from '../../src/wire/door/flood-process.ts';
import { MaxConnections } from '../../src/wire/door/max-connections.ts';
import type { Release, Released } from '../../src/wire/held.ts';
import { Seasons } from '../../src/world/seasons.ts';
import { createWorld, type OpenWorld } from '../../src/world/world.ts';
import { CAPABLE } from './arrivals.ts';
import { PAYMENTS_IN_WORLDS, testPayments } from './payment-settings.ts';
import { writtenCalls } from './webhook-receivers.ts';

export interface OpenUpstream {
  readonly port: number;
  /** Of the door `tls`; 0 without one. */
  readonly tlsPort: number;
  readonly url: string;
  readonly world: OpenWorld;
  readonly door: Door;
  readonly doors: Doors;
  /** Door states in the order they were told. */
  readonly doorStates: readonly string[];
  /** Arms rules in order behind those in force. */
  arm(...rules: readonly Rule[]): void;
  armChecked(...checked: readonly CheckedRule[]): void;
  /** Ends all rules and lets go of what they hold. */
  heal(release?: Release): Promise<Released>;
  close(): Promise<void>;
}

export interface UpstreamWishes {
  readonly seed?: number;
  readonly maxConnections?: number;
  readonly catalog?: string;
  /** Opens the door `tls` with them. */
  readonly certificates?: Certificates;
  /** Names of further doors. */
  readonly further?: readonly string[];
  readonly clock?: Clock;
  /** What becomes of late money; unset: it is given back at once. */
  readonly paymentRules?: Partial<PaymentRules>;
  /** What scenarios are played by. */
  readonly plays?: Plays;
  /** Requests may ask for faults by header. */
  readonly headerFaults?: boolean;
  /** Its journal keeps what requests carry. */
  readonly keepsBodies?: boolean;
}

interface Plays {
  readonly director: Director;
  readonly scenarios: ScenarioShelf;
}

/** No scenario is played here. */
const NOTHING_PLAYS: Plays = { director: {} as Director, scenarios: {} as ScenarioShelf };

export async function openUpstream({
  seed = 7,
  maxConnections = 5000,
  catalog = 'small',
  certificates,
  further = [],
  clock = systemClock,
  paymentRules = {},
  plays = NOTHING_PLAYS,
  headerFaults,
  keepsBodies,
}: UpstreamWishes = {}): Promise<OpenUpstream> {
  const failures: unknown[] = [];
  const failed = (error: unknown): void => void failures.push(error);
  const doorStates: string[] = [];
  const limit = new MaxConnections(maxConnections);
  const world = createWorld(
    {
      name: 'default',
      seed,
      catalog,
      conditions: { ...CAPABLE, tls: certificates !== undefined, floodRoom: () => limit.room },
      headerFaults,
      keepsBodies,
    },
    {
      clock,
      ...plays,
      seasons: new Seasons(catalog),
      timeScale: 1,
      ...PAYMENTS_IN_WORLDS,
      paymentRules: { ...PAYMENTS_IN_WORLDS.paymentRules, ...paymentRules },
      reservationTtlMs: 900_000,
      journalMaxEntries: 20_000,
      journalBudget: new ByteBudget(2 ** 25),
      pseudonym: createPseudonym(Buffer.alloc(32, 7)),
      known: { operations: OPERATION_NAMES, doors: ['main', ...further] },
      webhooks: writtenCalls(undefined, clock),
      dropUnderWay: (asked) => doors.dropUnderWay(asked),
      failed,
    },
  );
  const onRequest = createExchange({
    worlds: { home: world },
    app: createUpstreamApp({ payments: testPayments(clock), failed }),
    clients: createClients(new ClientNames()),
    clock,
    requestIdPrefix: 'req_',
  });
  const doors = new Doors({
    doors: [
      ...['main', ...further].map((name) => ({ name, host: '127.0.0.1', port: 0 })),
      ...(certificates ? [{ name: 'tls', host: '127.0.0.1', port: 0, secure: new Secure(certificates) }] : []),
    ],
    limit,
    floodProcess: new FloodProcess(clock),
    darkPlaces: new DarkPlaces(),
    clock,
    world,
    onRequest,
    onDoor: (_door, state) => doorStates.push(state),
  });
  world.attach(doors);
  await doors.open();
  const [door] = doors.all;
  if (!door) throw new Error('no door');
  let armed = 0;
  const armChecked = (...checked: readonly CheckedRule[]): void => {
    world.engine.enforce(world.engine.arm(checked, { activation: 'test', seed }, armed));
    armed += checked.length;
  };
  return {
    port: door.port,
    tlsPort: doors.all.find(({ name }) => name === 'tls')?.port ?? 0,
    url: `http://127.0.0.1:${door.port}`,
    world,
    door,
    doors,
    doorStates,
    armChecked,
    arm: (...rules) =>
      armChecked(
        ...rules.map((rule) =>
          checked(
            rule,
            doors.all.map(({ name }) => name),
          ),
        ),
      ),
    async heal(release) {
      world.engine.byHeader?.end();
      world.engine.end(world.engine.rules);
      return world.holds.release(release);
    },
    async close() {
      await doors.close();
      await world.close();
      if (failures.length > 0) throw new Error('the upstream failed during the test', { cause: failures[0] });
    },
  };
}

/** A rule as the engine takes it; a mistake in it is a mistake of the test. */
export function checked(rule: Rule, doors: readonly string[] = ['main']): CheckedRule {
  const result = checkRule(rule, { operations: OPERATION_NAMES, doors });
  if ('mistakes' in result) throw new Error(JSON.stringify(result.mistakes));
  return result;
}
