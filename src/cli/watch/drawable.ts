// Whether what came as a summary has all that is drawn of one: a server of another age, or a stranger, may say anything.
import { z } from 'zod';
import type { Summary } from '../../admin/contract/summary.ts';

/** Below zero, or without end, it could not be drawn as a length. */
const amount = z.number().min(0);
const text = z.string();
const moment = z.string().refine((at) => !Number.isNaN(Date.parse(at)));
const cue = z.object({ at: text, verb: text, text });

/** Less strict than what servers promise: words and fields that are new are no mistake. */
const drawnShape = z.object({
  seq: amount,
  at: moment,
  world: text,
  startedAt: moment,
  story: z.object({
    scenario: text.nullable(),
    status: text,
    storyTime: text.nullable(),
    storyMs: amount,
    endsAt: text.nullable(),
    endsMs: amount,
    speed: amount,
    cue: cue.nullable(),
    next: cue.nullable(),
    note: text.nullable(),
  }),
  totals: z.object({ arrived: amount, answered: amount, failed: amount }),
  open: amount,
  held: amount,
  oldestOpenMs: amount.nullable(),
  latencyMs: z.object({ p50: amount, p95: amount, p99: amount }).nullable(),
  connections: z.object({ open: amount, flood: amount }),
  capacity: z.object({ queue: amount, busy: amount, servers: amount.nullable() }).nullable(),
  seats: z.object({ free: amount, sold: amount }),
  rules: z.array(
    z.object({
      ...{ id: text, activation: text.nullable(), fault: text, share: amount },
      ...{ acted: amount.nullable(), held: amount, expiresAt: moment.nullable() },
    }),
  ),
  rulesLeftOut: amount,
  clients: z.array(
    z.object({
      ...{ client: text, arrived: amount, failed: amount, retries: amount, open: amount },
      ...{ timeoutMs: amount.nullable(), breaker: text.nullable() },
    }),
  ),
  rehearsal: z
    .object({
      ...{ id: text, title: text, phase: text.nullable(), endsAt: moment.nullable() },
      abort: z.array(z.object({ name: text, value: z.number().nullable(), limit: z.number(), unit: text })),
    })
    .nullable(),
});

export const isDrawable = (data: unknown): data is Summary => drawnShape.safeParse(data).success;
