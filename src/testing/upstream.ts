// What a test is handed: the upstream as its shop sees it, and the hand on its controls, in a world of its own.
import type { RuleBody } from '../admin/contract/contract.ts';
import type { AdminClient } from '../sdk/admin-client.ts';
import type { FaultScope, On, OnOptions, RuleOptions } from '../sdk/scopes.ts';
import type { DerivedNames } from './names.ts';
import { checkReceived, type Received, type ReceivedMatch, type ReceivedOptions } from './received.ts';
import type { WorldLifetime } from './world-lifetime.ts';

/** The box office's own time: it moves reservations, sale windows, codes and keys, and no wait. */
export interface UpstreamClock {
  now(): Promise<Date>;
  /** Ahead, by `16m` say. */
  advance(by: string): Promise<Date>;
  set(when: Date | string): Promise<Date>;
}

export interface Upstream {
  /** For the base URL of the shop, which appends `/v1/…`; without a slash at its end. */
  readonly url: string;
  /** Name of the world. */
  readonly world: string;
  /** The client of this world. */
  readonly admin: AdminClient;
  readonly clock: UpstreamClock;
  /** The seller's key for the shop: `client()`, or the one that was given. */
  readonly key: string;
  /** Key of a further seller, derived from the test's title. */
  client(name?: string): string;
  /** A `customerRef` derived from the test's title; one customer may hold four tickets of one film. */
  customer(n?: number): string;
  /** An `externalRef` derived from the test's title. */
  reference(n?: number): string;
  /** Turns on a profile, or a rule, until the test ends; with `await using`, until its scope ends. */
  readonly on: On;
  /** Rejects with what came nearest unless it is so; `expect(upstream).toHaveReceived` asks the same. */
  toHaveReceived(match?: ReceivedMatch, options?: ReceivedOptions): Promise<void>;
}

export interface UpstreamParts {
  readonly url: string;
  readonly world: string;
  readonly admin: AdminClient;
  readonly names: DerivedNames;
  readonly key: string | undefined;
  readonly lifetime: WorldLifetime;
  /** When the test began by the server's clock, in epoch milliseconds. */
  readonly startedAtMs: number;
  /** Is told what the test turns on. */
  readonly turnedOn: (what: string) => void;
}

/** The verdict for a matcher, which says by itself whether it passes. */
const VERDICT = Symbol.for('showstopper.verdict');

type Verdict = (match: ReceivedMatch, options: ReceivedOptions, negated: boolean) => Promise<Received>;

export function createUpstream(parts: UpstreamParts): Upstream {
  const { url, world, names, lifetime, startedAtMs, turnedOn } = parts;
  const admin = lifetime.guard(parts.admin);
  const verdict: Verdict = (match, options, negated) => {
    lifetime.check('toHaveReceived');
    return checkReceived({ admin, match, options, negated, startedAtMs });
  };
  const upstream: Upstream = {
    ...{ url, world, admin, ...names },
    clock: clockOf(admin),
    key: parts.key ?? names.client(),
    on: async (what: string | RuleBody, options?: OnOptions | RuleOptions): Promise<FaultScope> => {
      lifetime.check('upstream.on');
      const { on } = parts.admin;
      const scope = await (typeof what === 'string' ? on(what, options) : on(what, options));
      turnedOn(scope.name);
      return scope;
    },
    async toHaveReceived(match = {}, options = {}) {
      const { pass, message } = await verdict(match, options, false);
      if (!pass) throw new Error(message);
    },
  };
  return Object.defineProperty(upstream, VERDICT, { value: verdict });
}

/** Throws a TypeError for what is no `upstream`. */
export function verdictOn(received: unknown): Verdict {
  const verdict = received instanceof Object ? (Reflect.get(received, VERDICT) as unknown) : undefined;
  if (typeof verdict !== 'function')
    throw new TypeError(
      'toHaveReceived is asked of `upstream`, the fixture: await expect(upstream).toHaveReceived({ … })',
    );
  return verdict as Verdict;
}

function clockOf(admin: AdminClient): UpstreamClock {
  const read = async (answer: Promise<{ readonly now: string }>): Promise<Date> => new Date((await answer).now);
  return {
    now: () => read(admin.clock()),
    advance: (by) => read(admin.moveClock({ advance: by })),
    set: (when) => read(admin.moveClock({ set: typeof when === 'string' ? when : when.toISOString() })),
  };
}
