// Whether what the stream tells has the shape that this page reads, so that nothing half-understood is shown.
import type { Action } from '../../../admin/contract/contract.ts';
import type { State } from '../../../admin/contract/state.ts';
import type { History, Sample, Summary } from '../../../admin/contract/summary.ts';
import type { CueTold } from './moment.ts';

type Is = (value: unknown) => boolean;

const number: Is = (value) => typeof value === 'number';
const text: Is = (value) => typeof value === 'string';
const time: Is = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value));
const orNull =
  (is: Is): Is =>
  (value) =>
    value === null || is(value);
const listOf =
  (is: Is): Is =>
  (value) =>
    Array.isArray(value) && value.every(is);

/** What it has besides is not looked at: a newer server may tell more. */
function object<Shape>(fields: { readonly [Name in keyof Shape]?: Is }): Is {
  const all = Object.entries<Is | undefined>(fields);
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    all.every(([name, is]) => is?.((value as Readonly<Record<string, unknown>>)[name]));
}

const cue = object<NonNullable<Summary['story']['cue']>>({ at: text, verb: text, text });

const summary = object<Summary>({
  seq: number,
  at: time,
  world: text,
  story: object<Summary['story']>({
    ...{ scenario: orNull(text), status: text, storyTime: orNull(text), storyMs: number, endsAt: orNull(text) },
    ...{ endsMs: number, speed: number, cue: orNull(cue), next: orNull(cue), note: orNull(text) },
  }),
  startedAt: time,
  totals: object<Summary['totals']>({
    ...{ arrived: number, answered: number, failed: number, cut: number },
    ...{ clientLeft: number, shed: number, goodput: number, wasted: number },
  }),
  open: number,
  held: number,
  oldestOpenMs: orNull(number),
  latencyMs: orNull(
    object<NonNullable<Summary['latencyMs']>>({ n: number, p50: number, p95: number, p99: number, max: number }),
  ),
  connections: object<Summary['connections']>({ open: number, flood: number, opened: number, closed: number }),
  capacity: orNull(object<NonNullable<Summary['capacity']>>({ queue: number, busy: number, servers: orNull(number) })),
  seats: object<Summary['seats']>({ free: number, reserved: number, sold: number, blocked: number }),
  orders: object<Summary['orders']>({ completed: number, refundPending: number }),
  rules: listOf(
    object<Summary['rules'][number]>({
      ...{ id: text, activation: orNull(text), fault: text, share: number, acted: orNull(number), held: number },
      ...{ since: time, expiresAt: orNull(time) },
    }),
  ),
  rulesLeftOut: number,
  clients: listOf(
    object<Summary['clients'][number]>({
      ...{ client: text, arrived: number, failed: number, left: number, retries: number, open: number },
      ...{ timeoutMs: orNull(number), breaker: orNull(text) },
    }),
  ),
  rehearsal: orNull(
    object<NonNullable<Summary['rehearsal']>>({
      ...{ id: text, title: text, phase: orNull(text), endsAt: orNull(time) },
      abort: listOf(
        object<NonNullable<Summary['rehearsal']>['abort'][number]>({
          ...{ name: text, value: orNull(number), limit: number, unit: text },
        }),
      ),
    }),
  ),
  ...{ evicted: number, samplesDropped: number, loopLagMs: number },
});

const rule = object<State['rules'][number]>({
  ...{ id: text, fault: text, shareNow: number, acted: orNull(number), held: number },
  ...{ since: time, expiresAt: orNull(time), match: (value) => value === undefined || object({})(value) },
});

const state = object<State>({
  version: text,
  startedAt: time,
  uptimeMs: number,
  activations: listOf(
    object<State['activations'][number]>({ activation: text, profile: text, summary: text, rules: listOf(rule) }),
  ),
  rules: listOf(rule),
  doorTroubles: listOf(text),
});

/** By the name of the event; others are not looked into. */
export const SHAPES: ReadonlyMap<string, Is> = new Map([
  ['summary', summary],
  ['history', object<History>({ summaries: listOf(summary) })],
  ['state', state],
  [
    'sample',
    object<Sample>({
      ...{ seq: number, at: time, requestId: text, client: text, operation: text, method: text },
      ...{ status: orNull(number), ended: text, ms: number, faults: listOf(text) },
    }),
  ],
  ['action', object<Action>({ at: time, verb: text, who: text, by: orNull(text) })],
  ['cue', object<CueTold>({ at: time, what: text, scenario: text, storyTime: text, cue: orNull(cue) })],
]);
