// Who else is calling the upstream: how many, when, by which policies, and whether their seats are real.
import { z } from 'zod';
import { duration, formatDuration } from '../base/duration.ts';
import { rate, writtenRate } from './rate.ts';
import { POLICY_NAMES } from './registry.ts';

const MAX_ECHOES = 20;
const MAX_CLASSES = 16;
const MAX_ATTEMPTS = 100;

const positive = (): z.ZodType<number, string> => duration().refine((ms) => ms > 0, 'must be longer than 0');

const burst = z.strictObject({
  at: duration().describe('from the start of the crowd'),
  peak: rate().describe('rate at that moment, over a steady base'),
  decay: positive().prefault('590s').describe('time in which what is above the base falls to 37 %'),
});

const arrivals = z.strictObject({
  base: rate().prefault('0.7mu').describe('steady rate of first tries'),
  onSale: burst.optional().describe('people gather before it, and come at once'),
  plateau: duration().optional().describe('how long the peak of the on-sale lasts before it falls'),
  echoes: z.array(burst).max(MAX_ECHOES).optional().describe('they come again, as at a rumour that it works'),
});

const sellerClass = z.strictObject({
  policy: z.enum(POLICY_NAMES).describe('how these sellers wait, retry and give up'),
  share: z.number().positive().max(1e6).default(1).describe('weight among the classes'),
  attempts: z.int().min(1).max(MAX_ATTEMPTS).optional().describe('calls an operation may cost, the first included'),
  timeout: z
    .union([positive(), z.literal('never').transform(() => Number.POSITIVE_INFINITY)])
    .optional()
    .describe('how long each call waits'),
  open: positive().optional().describe('how long the breaker of breaker and polite stays open; default 5s'),
});

export const crowdSettings = z.strictObject({
  arrivals: arrivals.prefault({}),
  classes: z
    .array(sellerClass)
    .min(1)
    .max(MAX_CLASSES)
    .prefault([{ policy: 'timeout3' }, { policy: 'naive' }]),
  realPurchases: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('share of the operations done that buy real seats in the same box office'),
});

/** Times in milliseconds; a time-out of Infinity is none. */
export type CrowdSettings = z.output<typeof crowdSettings>;
export type WrittenCrowd = z.input<typeof crowdSettings>;
export type ArrivalSettings = CrowdSettings['arrivals'];
export type SellerClassSettings = CrowdSettings['classes'][number];

/** As people write it: it can be set again. */
export function writtenCrowd({ arrivals: of, classes, realPurchases }: CrowdSettings): WrittenCrowd {
  const { base, onSale, plateau, echoes } = of;
  return {
    arrivals: {
      base: writtenRate(base),
      ...(onSale && { onSale: writtenBurst(onSale) }),
      ...(plateau !== undefined && { plateau: formatDuration(plateau) }),
      ...(echoes && { echoes: echoes.map(writtenBurst) }),
    },
    classes: classes.map(({ timeout, open, ...rest }) => ({
      ...rest,
      ...(timeout !== undefined && { timeout: Number.isFinite(timeout) ? formatDuration(timeout) : 'never' }),
      ...(open !== undefined && { open: formatDuration(open) }),
    })),
    realPurchases,
  };
}

type Burst = NonNullable<ArrivalSettings['onSale']>;

const writtenBurst = ({ at, peak, decay }: Burst) => ({
  at: formatDuration(at),
  peak: writtenRate(peak),
  decay: formatDuration(decay),
});
