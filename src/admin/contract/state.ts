// The shape of the snapshot: everything that is in force, held, sold and played at one moment.
import { z } from 'zod';
import { activationShape, clockShape, mistakeShape, ruleShape } from './contract.ts';
import { crowdObservedShape, observedShape } from './load.ts';
import { playbackShape } from './playback.ts';
import { count, time } from './values.ts';

export const stateShape = z.strictObject({
  version: z.string(),
  world: z.string(),
  seed: z.int(),
  catalog: z.string(),
  startedAt: time,
  uptimeMs: count,
  clock: clockShape,
  activations: z.array(activationShape),
  rules: z.array(ruleShape).describe('single rules, of no activation'),
  inFlight: count,
  held: count,
  connections: count,
  doorTroubles: z
    .array(z.string())
    .describe('what is wrong with its doors themselves, not by a rule: a port that cannot be taken back, say'),
  boxOffice: z.strictObject({
    free: count,
    reserved: count,
    sold: count,
    blocked: count,
    reservations: count,
    orders: count,
  }),
  journal: z.strictObject({
    entries: count.describe('exchanges and struck connections'),
    events: count.describe('what the box office said that happened'),
    open: count,
    bytes: count,
    evicted: count,
    oldestAt: time.nullable(),
  }),
  capacity: observedShape.nullable().describe('what it was seen to do; null while it is off'),
  crowd: crowdObservedShape.nullable().describe('null without a crowd'),
  webhooks: z.strictObject({
    endpoints: count,
    queued: count.describe('deliveries that have not come to an end'),
    dropped: count.describe('webhooks that found a queue full'),
  }),
  playback: playbackShape,
  profiles: z.strictObject({ count, errors: z.array(mistakeShape) }),
});

export type State = z.output<typeof stateShape>;
