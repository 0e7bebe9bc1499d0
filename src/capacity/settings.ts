// What an upstream of finite capacity is told: its servers, its service times, its queue, and how it sheds.
import { z } from 'zod';
import { duration, formatDuration } from '../base/duration.ts';

/** Bounds that keep one mistaken figure from taking the process down. */
const MAX_SERVERS = 1_000_000;
/** A queue is never longer, also an "unbounded" one: beyond it, jobs are shed as from a bounded queue. */
export const MAX_QUEUE = 500_000;

export const DISCIPLINES = ['fifo', 'lifo', 'deadline', 'codel'] as const;
export type DisciplineName = (typeof DISCIPLINES)[number];

const cv = z.number().min(0).max(10);
const mean = duration().refine((ms) => ms > 0, 'must be longer than 0');

const serviceTime = z.strictObject({
  mean: mean.prefault('200ms').describe('mean time a server takes for one job'),
  cv: cv.default(1).describe('its coefficient of variation: standard deviation over mean'),
  byOperation: z
    .record(z.string().min(1), z.strictObject({ mean, cv: cv.optional() }))
    .optional()
    .describe('operations that take another time; cv unset: as above'),
});

export const capacitySettings = z.strictObject({
  servers: z.int().min(1).max(MAX_SERVERS).default(20).describe('jobs worked on at once'),
  serviceTime: serviceTime.prefault({}).describe('lognormal'),
  queue: z
    .union([z.int().min(0).max(MAX_QUEUE), z.literal('unbounded')])
    .default('unbounded')
    .describe(`jobs that may wait; "unbounded" holds ${MAX_QUEUE}`),
  discipline: z
    .enum(DISCIPLINES)
    .default('fifo')
    .describe('who is served next; deadline and codel shed what would come too late'),
  abandonAware: z.boolean().default(false).describe('skips jobs whose client has left before it starts them'),
  rejectCost: duration().prefault('5ms').describe('time of a server that each rejection takes'),
  congestionCost: z
    .number()
    .min(0)
    .max(100)
    .default(0)
    .describe('alpha: service takes 1 + alpha * max(0, n - servers) / servers times as long with n jobs inside'),
  factor: z.number().min(0).max(1).default(1).describe('share of the capacity that is there; 0 is a stall'),
});

/** Times in milliseconds. */
export type CapacitySettings = z.output<typeof capacitySettings>;
export type WrittenCapacity = z.input<typeof capacitySettings>;

/** As people write it: it can be set again. */
export function writtenCapacity({ serviceTime, rejectCost, ...rest }: CapacitySettings): WrittenCapacity {
  const { mean, cv, byOperation } = serviceTime;
  const others = Object.entries(byOperation ?? {}).map(([name, of]) => [
    name,
    { ...of, mean: formatDuration(of.mean) },
  ]);
  return {
    ...rest,
    serviceTime: { mean: formatDuration(mean), cv, ...(byOperation && { byOperation: Object.fromEntries(others) }) },
    rejectCost: formatDuration(rejectCost),
  };
}

/** Jobs a second that the upstream can finish, with its factor at 1: mu = servers / mean service time. */
export const capacityPerS = ({ servers, serviceTime }: CapacitySettings): number => (servers * 1000) / serviceTime.mean;

/** Jobs that may wait. */
export const queueBound = ({ queue }: CapacitySettings): number => (queue === 'unbounded' ? MAX_QUEUE : queue);
