// The shapes of rehearsals: how one stands, what came of its hypothesis, and what may be said to one that runs.
import { z } from 'zod';
import { by } from './requests.ts';
import { criterionRowShape, scorecardShape } from './scorecard.ts';
import { count, time } from './values.ts';

const kind = z.enum(['calm', 'fault', 'recovery']);
const noteKind = z.enum(['saw', 'thought', 'did']);
const names = z.array(z.string());

const conditionShape = z.strictObject({
  metric: z.string(),
  unit: criterionRowShape.shape.unit,
  client: z.string().nullable().describe('null: every client that was seen'),
  phase: z.string().nullable().describe('null: the whole rehearsal'),
  min: z.number().nullable(),
  max: z.number().nullable().describe('inclusive, in the unit'),
  verdict: z.enum(['pass', 'warn']).nullable(),
  noData: z.enum(['fail', 'allow']),
});

const judgedShape = conditionShape.extend({
  outcome: z
    .enum(['met', 'unmet', 'unproven', 'not-tested'])
    .describe('unproven: there is no data · not-tested: it was aborted before it was kept'),
  holds: z.boolean(),
  of: z.string().nullable().describe('whose figure it is'),
  figure: z.number().nullable(),
  n: count,
  why: z.string(),
  evidence: z.array(z.string()).describe('ids of requests'),
});

const planShape = z.strictObject({
  title: z.string(),
  client: z.string().nullable(),
  demand: z.number().nullable().describe('operations a second'),
  phases: z.array(
    z.strictObject({
      name: z.string(),
      kind,
      forMs: count,
      on: z.array(
        z.strictObject({
          profile: z.string(),
          operations: names.optional(),
          clients: names.optional(),
          share: z.number().optional(),
        }),
      ),
    }),
  ),
  scenario: z.strictObject({ name: z.string(), speed: z.number() }).nullable(),
  hypothesis: z.array(conditionShape),
  blastRadius: z.strictObject({
    clients: names.nullable(),
    operations: names.nullable(),
    share: z.number().nullable(),
    longestMs: count.nullable(),
  }),
  abort: z.strictObject({
    wallClockMs: count.nullable(),
    openRequests: count.nullable(),
    errorShare: z.strictObject({ above: z.number(), forMs: count }).nullable(),
    frontDoor: z.strictObject({ url: z.string(), failingMs: count }).nullable(),
    memoryBytes: count.nullable(),
    eventLoopLagMs: z.number().nullable(),
  }),
});

export const rehearsalShape = z.strictObject({
  id: z.string(),
  world: z.string(),
  title: z.string(),
  status: z
    .enum(['running', 'aborting', 'finished', 'aborted', 'interrupted'])
    .describe('aborting: all is healed, and it is looked on · interrupted: the server ended before it did'),
  startedAt: time,
  endedAt: time.nullable(),
  isCutShort: z.boolean().describe('ended before its last phase was over'),
  phase: z.string().nullable().describe('the one that it is in; null when it has ended'),
  phases: z
    .array(z.strictObject({ name: z.string(), kind, at: time, endsAt: time.nullable().describe('null: nobody knows') }))
    .describe('those that have begun'),
  abort: z
    .strictObject({
      condition: z.string(),
      value: z.string(),
      limit: z.string(),
      at: time,
      healedAt: time.nullable(),
    })
    .nullable(),
  notes: z.array(z.strictObject({ at: time, author: z.string(), text: z.string(), kind: noteKind })),
  silentMs: count.nullable().describe('since the last heartbeat; null before the first, until when none is missed'),
  plan: planShape,
  result: z
    .strictObject({
      holds: z
        .boolean()
        .describe('every condition of the hypothesis does, its client sent requests, and it was not aborted'),
      hypothesis: z.array(judgedShape),
      gate: scorecardShape.shape.gate,
      scorecards: z.array(scorecardShape),
      silent: z
        .strictObject({
          client: z.string().nullable().describe('null: any'),
          others: names.describe('that sent requests, the first 20'),
          count: count.describe('of the others'),
        })
        .nullable()
        .optional()
        .describe('no request was seen of whom it is about; null: some were; missing: an earlier version judged it'),
    })
    .nullable()
    .describe('null until it has ended and is judged'),
  record: z.strictObject({
    file: z.string().nullable().describe('null: in memory only'),
    dropped: count.describe('lines there was no room for'),
    trouble: z.string().nullable().describe('why nothing can be written now'),
  }),
  troubles: z.array(z.string()).describe('what is wrong with it or its record'),
});

/** One of a list, without what is long. */
export const rehearsalLineShape = rehearsalShape
  .pick({ id: true, title: true, status: true, startedAt: true, endedAt: true, phase: true })
  .extend({
    holds: z.boolean().nullable().describe('whether its hypothesis held; null: not judged yet'),
    file: z.string().nullable(),
  });

export const noteRequest = z.strictObject({
  author: z.string().min(1).max(100),
  text: z.string().min(1).max(4000),
  kind: noteKind.default('saw'),
});
export const rehearsalStartQuery = z.strictObject({
  by,
  file: z
    .string()
    .regex(/^[^\p{Cc}/\\]{1,200}$/u, 'must be 1 to 200 characters without a slash')
    .optional()
    .describe('how mistakes call the file; default rehearsal.yaml'),
});
export const rehearsalByRequest = z.strictObject({ by });
export const reportQuery = z.strictObject({
  against: z.string().min(1).max(80).optional().describe('id of an earlier rehearsal to compare it with'),
});
export const abortRequest = z.strictObject({ by, reason: z.string().min(1).max(400).optional() });

export type RehearsalAnswer = z.output<typeof rehearsalShape>;
export type RehearsalLine = z.output<typeof rehearsalLineShape>;
export type ReportQuery = z.input<typeof reportQuery>;
export type NoteBody = z.input<typeof noteRequest>;
export type AbortBody = z.input<typeof abortRequest>;
