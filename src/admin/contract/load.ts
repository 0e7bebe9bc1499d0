// The shapes of capacity and crowd: what is asked, and what is answered. Settings are answered as they may be set.
import { z } from 'zod';
import { durationText } from '../../base/duration.ts';
import { capacitySettings, DISCIPLINES } from '../../capacity/settings.ts';
import { POLICY_NAMES } from '../../crowd/registry.ts';
import { crowdSettings } from '../../crowd/settings.ts';

const by = z.string().min(1).max(100).optional().describe('who asks, for the record');
const count = z.int().min(0);
const figure = z.number().min(0);
const orNever = figure.nullable();

export const capacityRequest = capacitySettings.extend({ by }).nullable().describe('null turns it off');
export const crowdRequest = crowdSettings.extend({ by }).nullable().describe('null sends everybody away');

const counted = { offered: figure, goodput: figure, wasted: figure, shed: figure, skipped: figure };
export const observedShape = z.strictObject({
  ...counted,
  queue: count.describe('that wait now'),
  busy: count.describe('servers at work now'),
  totals: z.strictObject(counted).describe('since it was turned on'),
});

const service = { mean: durationText, cv: figure };
export const capacityShape = z
  .strictObject({
    servers: count,
    serviceTime: z.strictObject({
      ...service,
      byOperation: z.record(z.string(), z.strictObject({ ...service, cv: figure.optional() })).optional(),
    }),
    queue: z.union([count, z.literal('unbounded')]),
    discipline: z.enum(DISCIPLINES),
    abandonAware: z.boolean(),
    rejectCost: durationText,
    congestionCost: figure,
    factor: figure,
  })
  .partial()
  .extend({ observed: observedShape.nullable().describe('rates a second; null while it is off') })
  .describe('settings are absent while it is off');

const classCounts = z.strictObject({
  operations: figure,
  firstTries: figure,
  retries: figure,
  goodput: figure,
  wasted: figure,
  timedOut: figure,
  shed: figure,
  refused: figure,
});
export const crowdObservedShape = z.strictObject({
  classes: z.array(
    z.strictObject({
      policy: z.string(),
      rates: classCounts.describe('a second'),
      totals: classCounts,
      inFlight: count.describe('calls that wait for an answer'),
      amplification: figure.describe('calls sent an operation'),
    }),
  ),
  arrivalsPerS: figure.describe('first tries a second that the curve asks for now'),
  plannedRetries: count,
  bought: count.describe('real purchases tried'),
  notBought: count.describe('left out, because there were too many in their second'),
  seatsSold: count.describe('by real purchases'),
  failedPurchases: count.describe('nothing was on sale, or no such seats were left'),
});

const rate = z.union([z.number(), z.string()]);
const burst = z.strictObject({ at: durationText, peak: rate, decay: durationText });
export const crowdShape = z
  .strictObject({
    arrivals: z.strictObject({
      base: rate,
      onSale: burst.optional(),
      plateau: durationText.optional(),
      echoes: z.array(burst).optional(),
    }),
    classes: z.array(
      z.strictObject({
        policy: z.enum(POLICY_NAMES),
        share: figure,
        attempts: count.optional(),
        timeout: z.union([durationText, z.literal('never')]).optional(),
        open: durationText.optional(),
      }),
    ),
    realPurchases: figure,
  })
  .partial()
  .extend({ observed: crowdObservedShape.nullable().describe('null without a crowd') })
  .describe('settings are absent without a crowd');

export const forecastShape = z.strictObject({
  servedPerS: figure.describe('jobs a second that can be finished now'),
  firstTriesPerS: figure.describe('of the crowd'),
  utilisation: orNever.describe('null in a stall'),
  expectedWaitMs: orNever.describe('without retries; null when the queue grows for ever'),
  attempts: figure.describe('calls an operation costs while nothing succeeds'),
  timeoutMs: orNever.describe('shortest of those who retry'),
  worstOfferedPerS: figure.describe('while nothing succeeds'),
  hiddenCapacityPerS: orNever.describe('load under which it recovers by itself'),
  vulnerable: z.boolean().describe('a short trouble can leave it down for good'),
  safeQueue: orNever.describe('longest queue that cannot trap it'),
  tripsAfterStallMs: orNever.describe('shortest full stall that trips it'),
  drainMs: orNever.describe('to work off the backlog, if nobody retried'),
  observed: observedShape,
});

export type CapacityBody = z.input<typeof capacityRequest>;
export type CrowdBody = z.input<typeof crowdRequest>;
export type CapacityAnswer = z.output<typeof capacityShape>;
export type CrowdAnswer = z.output<typeof crowdShape>;
export type CrowdObserved = z.output<typeof crowdObservedShape>;
export type ForecastAnswer = z.output<typeof forecastShape>;
