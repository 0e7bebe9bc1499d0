// A phase of a story: what a client should see in it, in words for people and in figures that a check can read.
import { z } from 'zod';

/** Phases in one scenario. */
const MAX_PHASES = 100;

/** How a call may end that is no success, as a client that waits for three seconds sees it. */
export const CALL_FAILURES = ['timeout', 'refused', 'cut', 'page', 'wrong', '403', '404', '500', '503', '504'] as const;
export type CallFailure = (typeof CALL_FAILURES)[number];

const share = z.number().min(0).max(1);

const successSchema = z
  .strictObject({ min: share.default(0), max: share.default(1) })
  .refine(({ min, max }) => min <= max, 'min must not be above max');

export const phaseSchema = z.strictObject({
  from: z.string().min(1).max(40).describe('story time; it lasts until the next phase of another time, or the end'),
  client: z.string().min(1).max(300).describe('what a client sees, in one sentence'),
  operations: z.array(z.string().min(1)).min(1).max(50).optional().describe('of these operations only; default all'),
  success: successSchema.describe('share of calls whose true answer is whole within three seconds'),
  rising: z.literal(true).optional().describe('more of them succeed in its second half than in its first'),
  failures: z
    .array(z.enum(CALL_FAILURES))
    .max(CALL_FAILURES.length)
    .default([])
    .describe('what the other calls may end in'),
});
export type WrittenPhase = z.output<typeof phaseSchema>;

export const phasesSchema = z
  .array(phaseSchema)
  .max(MAX_PHASES)
  .optional()
  .describe('what a client should see, phase by phase, in order of time');

/** A phase with its bounds in story milliseconds. */
export interface Phase extends Omit<WrittenPhase, 'from'> {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Ends each phase where the next one of another time begins, the last ones with the story. */
export function bounded(phases: readonly Omit<Phase, 'untilMs'>[], endsMs: number): Phase[] {
  return phases.map((phase) => {
    const next = phases.find(({ fromMs }) => fromMs > phase.fromMs);
    return { ...phase, untilMs: next?.fromMs ?? endsMs };
  });
}
