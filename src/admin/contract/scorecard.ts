// The shapes of the scorecard: how each client behaved, criterion by criterion.
import { z } from 'zod';
import { demandText } from '../../rehearsal/rehearsal-schema.ts';
import { count, flag } from './values.ts';

const verdict = z.enum(['pass', 'warn', 'fail', 'no-data']);

export const criterionRowShape = z.strictObject({
  name: z.string(),
  verdict,
  n: count.describe('observations that it rests on'),
  figure: z.number().nullable(),
  isLowerBound: z.literal(true).optional().describe('the figure is this or more: it was not watched for longer'),
  unit: z.enum(['ms', 's', 'ratio', 'count', 'share', 'calls']),
  threshold: z.string().describe('in words'),
  source: z.string().describe('of threshold and formula'),
  advice: z.string().describe('what to change, why it is well, or what is missing'),
  evidence: z.array(z.string()).describe('ids of requests, the most telling first'),
  counts: z.enum(['gate', 'judged', 'told']).describe('gate: unsafe where it fails; told: counts for nothing'),
  more: z
    .record(z.string(), z.union([z.number(), z.string()]).nullable())
    .optional()
    .describe('further figures'),
  unsure: z.string().optional().describe('why the figure may be wrong'),
});

export const scorecardShape = z.strictObject({
  client: z.string(),
  gate: verdict.describe('the worst of the criteria that count as gate: a sale made twice, lost, or left unresolved'),
  criteria: z.array(criterionRowShape),
});

export const scoredShape = scorecardShape.extend({
  score: z
    .strictObject({
      points: z
        .number()
        .nullable()
        .describe('0 to 100; 0 where the gate fails, null where less than half of the weight had data'),
      weight: z.number().describe('of 100: what had data, of the time-out, concurrency, retries and the breaker'),
    })
    .optional()
    .describe('where it was asked for'),
});

export const scorecardQuery = z.strictObject({
  client: z.string().min(1).max(8192).optional().describe('only this seller, by name or by key'),
  demand: demandText
    .transform((text) => Number(text.slice(0, -2)))
    .optional()
    .describe('what was asked of the client all the time, as 20/s; without it nothing is said about its breaker'),
  score: flag.default(false).describe('true: adds all of it as one number, which hides why'),
});

export type Scorecard = z.output<typeof scoredShape>;
export type CriterionRow = z.output<typeof criterionRowShape>;
export type ScorecardQuery = z.input<typeof scorecardQuery>;
