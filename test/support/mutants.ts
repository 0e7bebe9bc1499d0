// Kinds that lie about one of their parameters: each promises what the true kind does, and acts otherwise.

import { type ArmContext, type Armed, defineFault, type Fault } from '../../src/faults/fault.ts';
import { faultByName } from '../../src/faults/registry.ts';
import { BEFORE_HEAD } from '../../src/wire/answer/delivery.ts';

type Parameters = Record<string, unknown>;

export interface Mutant {
  readonly name: string;
  readonly of: string;
  /** What it acts by, of what it was given. */
  readonly rewrite?: (given: Parameters) => Parameters;
  /** What it does besides or instead. */
  readonly act?: (armed: Armed, given: Parameters, context: ArmContext) => Armed;
  readonly at?: Fault['at'];
  /** Only a time gives it away, so that a busy machine may leave it open. */
  readonly timed?: true;
}

const times =
  (name: string, factor: number) =>
  (given: Parameters): Parameters =>
    given[name] === undefined ? given : { ...given, [name]: Number(given[name]) * factor };
const plus =
  (name: string, more: number) =>
  (given: Parameters): Parameters =>
    given[name] === undefined ? given : { ...given, [name]: Number(given[name]) + more };
const without =
  (...names: readonly string[]) =>
  (given: Parameters): Parameters =>
    Object.fromEntries(Object.entries(given).filter(([name]) => !names.includes(name)));
const waits = (waitMs: number): Armed => ({ arrive: () => ({ waitMs }) });

export const MUTANTS: readonly Mutant[] = [
  { name: 'a hang that answers after 2 s', of: 'hang', act: () => waits(2000) },
  {
    name: 'a hang that closes after 2 s',
    of: 'hang-after-work',
    at: ['arrive', 'deliver'],
    act: () => ({ ...waits(2000), deliver: (delivery) => ({ ...delivery, cutAt: BEFORE_HEAD, ending: 'close' }) }),
  },
  { name: 'a latency ten times as long', of: 'latency', rewrite: times('fixed', 10), timed: true },
  { name: 'a latency half as long again', of: 'latency', rewrite: times('fixed', 1.5), timed: true },
  { name: 'a latency of a quarter', of: 'latency', rewrite: times('fixed', 0.25), timed: true },
  { name: 'another status', of: 'error-status', rewrite: plus('status', 1) },
  { name: 'a Retry-After twice as long', of: 'error-status', rewrite: times('retryAfter', 2) },
  { name: 'a body of its own that is left out', of: 'error-status', rewrite: without('body') },
  { name: 'a code that is left out', of: 'error-status', rewrite: without('code') },
  { name: 'a congestion page that is always a 503', of: 'congestion-page', rewrite: () => ({ status: 503 }) },
  { name: 'a failure after work that is always a 502', of: 'failed-after-work', rewrite: () => ({ status: 502 }) },
  { name: 'a lost reply that ignores afterBytes', of: 'lost-reply', rewrite: without('afterBytes') },
  { name: 'a lost reply a byte late', of: 'lost-reply', rewrite: plus('afterBytes', 1) },
  { name: 'a lost reply that ends in a FIN', of: 'lost-reply', act: (armed) => ending(armed, 'close') },
  { name: 'a slow body five times as fast', of: 'slow-body', rewrite: times('bytesPerSecond', 5), timed: true },
  {
    name: 'a slow body whose head is held back',
    of: 'slow-body',
    at: ['arrive', 'deliver'],
    act: (armed) => ({ ...armed, ...waits(1000) }),
    timed: true,
  },
  {
    name: 'a slow body that waits and comes at once',
    of: 'slow-body',
    at: ['arrive'],
    act: () => waits(1375),
    timed: true,
  },
  { name: 'a stalled body that ignores afterBytes', of: 'stall-body', rewrite: without('afterBytes') },
  { name: 'a stalled body a byte late', of: 'stall-body', rewrite: plus('afterBytes', 1) },
  { name: 'a stalled body that is closed', of: 'stall-body', act: (armed) => ending(armed, 'close') },
  { name: 'a truncated body a byte early', of: 'truncated-body', rewrite: plus('afterBytes', -1) },
  { name: 'a truncated body that is reset', of: 'truncated-body', act: (armed) => ending(armed, 'reset') },
  { name: 'an empty reply that is reset', of: 'empty-reply', act: (armed) => ending(armed, 'reset') },
  { name: 'garbage that is a byte short', of: 'garbage', rewrite: plus('bytes', -1) },
  { name: 'a corrupt body with a byte too many', of: 'corrupt-body', rewrite: plus('bytes', 1) },
  { name: 'a wrong length off by one more', of: 'wrong-length', rewrite: plus('by', 1) },
  { name: 'early hints half as often', of: 'early-hints-forever', rewrite: times('every', 2), timed: true },
  { name: 'early hints that stop after the first', of: 'early-hints-forever', rewrite: () => ({ every: 60_000 }) },
  {
    name: 'doubled headers that ignore which',
    of: 'duplicate-headers',
    rewrite: () => ({ headers: ['Content-Length'] }),
  },
  { name: 'a type that is always the same', of: 'wrong-content-type', rewrite: () => ({ type: 'text/html' }) },
  { name: 'another result code', of: 'error-in-200', rewrite: plus('result', 1) },
  { name: 'a stale answer kept too long', of: 'stale-answer', rewrite: times('age', 3), timed: true },
  { name: 'a stale answer that is fresh', of: 'stale-answer', rewrite: () => ({ age: 0, notModified: false }) },
  {
    name: 'a drift that ignores its fields',
    of: 'schema-drift',
    rewrite: (given) => ({ ...given, fields: ['nothing'] }),
  },
  { name: 'a clock that is off by half', of: 'skewed-clock', rewrite: times('by', 0.5) },
  {
    name: 'a clock that is off the other way',
    of: 'skewed-clock',
    rewrite: (given) => ({ ...given, direction: given.direction === 'ahead' ? 'behind' : 'ahead' }),
  },
  {
    name: 'a certificate that is always expired',
    of: 'tls-bad-certificate',
    rewrite: () => ({ certificate: 'expired' }),
  },
  {
    name: 'a TLS reset that stalls',
    of: 'tls-reset',
    timed: true,
    act: () => ({ connect: () => ({ admission: 'admit', handshake: 'stall' }) }),
  },
  {
    name: 'a silence that is a reset',
    of: 'silent-connection',
    act: () => ({ connect: () => ({ admission: 'reset' }) }),
  },
  {
    name: 'a reset that comes late',
    of: 'reset-connection',
    act: () => ({ connect: () => ({ admission: 'admit', life: { resetAfterMs: 300, bytesPerSecond: 1 } }) }),
  },
  { name: 'a dark door that is shut', of: 'dark-door', act: () => ({ standing: () => ({ door: 'shut' }) }) },
  { name: 'a slot too many', of: 'connection-slots', rewrite: plus('slots', 1) },
  {
    name: 'a slot too few',
    of: 'connection-slots',
    rewrite: (given) => (given.slots === 2 ? { ...given, slots: 1 } : given),
  },
  { name: 'a flood with one too few', of: 'connection-flood', rewrite: plus('connections', -1) },
  { name: 'an idle close at twice the time', of: 'idle-close', rewrite: times('after', 2), timed: true },
  { name: 'a reset 100 bytes late', of: 'reset-after', rewrite: plus('afterBytes', 100) },
  { name: 'a reset at twice the age', of: 'reset-after', rewrite: times('after', 2), timed: true },
  { name: 'a close at half the delay', of: 'slow-close', rewrite: times('delay', 0.5), timed: true },
  { name: 'a throttle five times as fast', of: 'throttle', rewrite: times('bytesPerSecond', 5), timed: true },
  {
    name: 'a throttle that ignores uploads',
    of: 'throttle',
    at: ['deliver'],
    act: (_armed, given) => ({
      deliver: (delivery) => ({ ...delivery, bytesPerSecond: Number(given.bytesPerSecond) }),
    }),
    timed: true,
  },
  { name: 'maintenance that ends a second later', of: 'maintenance', rewrite: plus('retryAfter', 1000) },
  { name: 'a quota with one more', of: 'rate-limit', rewrite: plus('quota', 1) },
  { name: 'a quota with one less', of: 'rate-limit', rewrite: plus('quota', -1) },
  { name: 'a window twice as long', of: 'rate-limit', rewrite: times('window', 2) },
  { name: 'a limit with one more', of: 'concurrency-limit', rewrite: plus('limit', 1) },
  {
    name: 'a waiting room that admits at half the pace',
    of: 'waiting-room',
    rewrite: times('admitEvery', 2),
    timed: true,
  },
  { name: 'a waiting room with a place less', of: 'waiting-room', rewrite: () => ({ capacity: 0, by: 'ticket' }) },
  { name: 'an outage of nothing', of: 'partial-outage', rewrite: (given) => ({ ...given, bad: 0 }) },
  { name: 'an outage that is always an error', of: 'partial-outage', rewrite: (given) => ({ ...given, how: 'error' }) },
  { name: 'an expiry that is always at once', of: 'early-expiry', rewrite: () => ({ factor: 0 }) },
  { name: 'a flow that is not lost', of: 'lost-flow', act: () => ({ work: (terms) => terms }) },
  { name: 'a completion that never comes', of: 'completion-pending', rewrite: without('after') },
  { name: 'a completion that comes soon', of: 'completion-pending', rewrite: () => ({ after: 0 }) },
  { name: 'a double charge that is none', of: 'double-charge', act: () => ({ work: (terms) => terms }) },
  { name: 'a payment that is in time', of: 'late-payment', act: () => ({ work: (terms) => terms }) },
  { name: 'keys that are kept', of: 'forgotten-idempotency', act: () => ({ work: (terms) => terms }) },
  { name: 'a phantom that is none', of: 'phantom-success', act: () => ({ work: (terms) => terms }) },
];

const ending = (armed: Armed, how: 'close' | 'reset'): Armed => ({
  ...armed,
  deliver: (delivery, ...rest) => ({ ...(armed.deliver?.(delivery, ...rest) ?? delivery), ending: how }),
});

/** Kinds that can be armed by their names until the function is called. */
export function plantMutants(): { readonly kinds: ReadonlyMap<Mutant, Fault>; uproot(): void } {
  const registry = faultByName as Map<string, Fault>;
  const kinds = new Map<Mutant, Fault>();
  for (const mutant of MUTANTS) {
    const honest = registry.get(mutant.of);
    if (!honest) throw new Error(`no kind ${mutant.of}`);
    const { act, rewrite = (given) => given, at = honest.at } = mutant;
    const kind = defineFault({
      ...honest,
      at,
      name: mutant.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
      params: honest.params as never,
      example: {} as never,
      arm(params, context) {
        const given = params as Parameters;
        const armed = honest.arm(rewrite(given), context);
        return act ? act(armed, given, context) : armed;
      },
    });
    kinds.set(mutant, kind);
    registry.set(kind.name, kind);
  }
  return {
    kinds,
    uproot() {
      for (const { name } of kinds.values()) registry.delete(name);
    },
  };
}
