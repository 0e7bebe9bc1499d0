// The shapes of `GET /v1/events?view=summary`: one figure of a world a second, and some of the exchanges that ended in it.
import { z } from 'zod';
import { ENDS } from '../../journal/entry.ts';
import { playbackShape } from './playback.ts';
import { count, time } from './values.ts';

const ms = z.number().min(0);

/** Clients that a summary tells one by one; all others are one row. */
export const MAX_SUMMARY_CLIENTS = 20;
/** Rules that a summary tells. */
export const MAX_SUMMARY_RULES = 50;
/** Samples that a stream tells in a second. */
export const MAX_SAMPLES = 20;
/** Seconds that somebody who comes late is told of. */
export const HISTORY_S = 300;

const totalsShape = z
  .strictObject({
    arrived: count.describe('requests'),
    answered: count.describe('that ended with a whole answer, whatever it said'),
    failed: count.describe(
      'that ended and did not serve their client: answered with 429, a status from 500 on or a wrong type, or without a whole answer, by whomever',
    ),
    cut: count.describe('of the failed, ended by a fault or by heal without a whole answer'),
    clientLeft: count.describe('of the failed, left by their client'),
    shed: count.describe('turned away by the capacity'),
    goodput: count.describe('that served their client; with the failed, all that ended'),
    wasted: count.describe('whose work was done and whose client had left'),
  })
  .describe(
    'of requests that came since this world began to be counted; never less than in an earlier summary, unless it was reset, or idle for so long that counting began again',
  );

const summaryRuleShape = z.strictObject({
  id: z.string(),
  activation: z.string().nullable().describe('null for a single rule'),
  fault: z.string(),
  share: z.number().min(0).max(1).describe('in force at this moment'),
  acted: count.nullable().describe('null where that cannot be counted, and 0 there where it is sealed'),
  held: count.describe('requests it holds now'),
  since: time,
  expiresAt: time.nullable().describe('by itself or with its activation; null: when somebody ends it'),
});

const summaryClientShape = z.strictObject({
  client: z.string().describe('`other`: all that are not told one by one at this moment'),
  arrived: count,
  failed: count,
  left: count.describe('of the failed, that it left itself'),
  retries: count.describe(
    'requests that came again after one that had failed: declared, or the same request of which exactly one had failed',
  ),
  open: count,
  timeoutMs: ms.nullable().describe('after how long it leaves, where it leaves after the same time again and again'),
  breaker: z
    .enum(['closed', 'half-open', 'open'])
    .nullable()
    .describe('inferred from how its demand falls after failures; null where too little comes to say'),
});

export const summaryShape = z.strictObject({
  seq: count.describe('counts up by one a second; what is missing was not told'),
  at: time,
  world: z.string(),
  story: playbackShape.pick({
    scenario: true,
    status: true,
    storyTime: true,
    storyMs: true,
    endsAt: true,
    endsMs: true,
    speed: true,
    cue: true,
    next: true,
    note: true,
  }),
  startedAt: time.describe('when the world was made'),
  totals: totalsShape,
  open: count.describe('requests that have arrived and not ended'),
  held: count.describe('requests and connections that a rule holds; connections may make it more than `open`'),
  oldestOpenMs: ms
    .nullable()
    .describe('how long the oldest open request has been waiting, to a tenth of a second; null without one'),
  latencyMs: z
    .strictObject({ n: count, p50: ms, p95: ms, p99: ms, max: ms })
    .nullable()
    .describe('of the whole answers of this second, from arrival to end; null where there was none'),
  connections: z.strictObject({
    open: count.describe('of clients; where it is sealed, of a flood too'),
    flood: count.describe('of a flood of our own; 0 where it is sealed'),
    opened: count.describe('since the start, of clients'),
    closed: count,
  }),
  capacity: z
    .strictObject({ queue: count, busy: count, servers: count.nullable().describe('null where it is sealed') })
    .nullable()
    .describe('null while it is off'),
  seats: z.strictObject({ free: count, reserved: count, sold: count, blocked: count }),
  orders: z.strictObject({
    completed: count.describe('since this world began to be counted'),
    refundPending: count.describe('now'),
  }),
  rules: z.array(summaryRuleShape).max(MAX_SUMMARY_RULES),
  rulesLeftOut: count,
  clients: z.array(summaryClientShape).max(MAX_SUMMARY_CLIENTS + 1),
  rehearsal: z
    .strictObject({
      id: z.string(),
      title: z.string(),
      phase: z.string().nullable(),
      endsAt: time.nullable().describe('of the phase; null: nobody knows'),
      abort: z.array(
        z.strictObject({
          name: z.string(),
          value: z.number().nullable().describe('null: nothing was measured yet'),
          limit: z.number().describe('it is aborted beyond it'),
          unit: z.enum(['ms', 'count', 'share', 'bytes']),
        }),
      ),
    })
    .nullable()
    .describe('the one that runs in this world'),
  evicted: count.describe('entries that the journal has pushed out'),
  samplesDropped: count.describe('exchanges that ended and were not told as samples, since counting began'),
  loopLagMs: ms.describe('99th percentile of how late the event loop of the server was in this second'),
});

/** What a stream begins with: the seconds before, without rows of clients. */
export const historyShape = z.strictObject({ summaries: z.array(summaryShape).max(HISTORY_S) });

/** One exchange that ended; of a second, failures come first, then the others, each by `seq`. */
export const sampleShape = z.strictObject({
  seq: z.int().describe('of its entry in the journal'),
  at: time,
  requestId: z.string(),
  client: z.string(),
  operation: z.string(),
  method: z.string(),
  status: z.int().nullable(),
  ended: z.enum(ENDS),
  ms,
  faults: z.array(z.string()).describe('kinds of the rules that acted'),
  rate: z.number().min(0).max(1).describe('share of the exchanges of its second that are told'),
});

export type Summary = z.output<typeof summaryShape>;
export type SummaryClient = Summary['clients'][number];
export type SummaryRule = Summary['rules'][number];
export type History = z.output<typeof historyShape>;
export type Sample = z.output<typeof sampleShape>;
