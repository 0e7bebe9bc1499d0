// A rehearsal in its written form: phases or a scenario, what is expected, how far faults may reach, and when it is aborted.
import { z } from 'zod';
import { durationText } from '../base/duration.ts';
import type { TextForm } from '../base/json-schema.ts';
import { MIN_DEMAND } from '../scorecard/in-vain.ts';
import { conditionSchema } from './condition.ts';

const MAX_PHASES = 20;
const MAX_FAULTS = 50;
const MAX_CONDITIONS = 200;
const MAX_NAMED = 200;

export const PHASE_NAME = /^[a-z0-9][a-z0-9-]{0,39}$/;
const PHASE = {
  form: PHASE_NAME,
  message: 'must be 1 to 40 small letters, digits or dashes, not starting with a dash',
};
const RATE = { form: /^(?=.*[1-9])\d{1,7}(\.\d{1,3})?\/s$/, message: 'must be a rate above 0, such as 20/s' };
const SPEED = { form: /^\d+(\.\d+)?x?$/, message: 'must be a number such as 60 or 60x, from 0.01 to 10000' };
const SIZE = { form: /^\d{1,6}(MiB|GiB)$/, message: 'must be a size such as 512MiB or 2GiB' };
/** Those of its texts that have words of their own where they are not kept. */
export const REHEARSAL_FORMS: readonly TextForm[] = [PHASE, RATE, SPEED, SIZE];
const inForm = ({ form, message }: TextForm) => z.string().regex(form, message);
const phaseName = inForm(PHASE);

const operations = z.array(z.string().min(1).max(200)).min(1).max(MAX_NAMED);
const client = z.string().min(1).max(8192);
const share = z.number().min(0).max(1);

/** Operations a second. */
export const demandText = inForm(RATE);

const faultSchema = z.strictObject({
  profile: z.string().min(1).max(63).describe('a profile of the shelf'),
  operations: operations.optional().describe('only these operations'),
  clients: z
    .array(client)
    .min(1)
    .max(MAX_NAMED)
    .optional()
    .describe('only these sellers; default those of the blast radius'),
  share: share.optional().describe('replaces the share of every rule'),
});

const phaseSchema = z.strictObject({
  name: phaseName.describe('calm, fault or recovery, or any other word'),
  for: durationText.describe('how long it lasts'),
  on: z.array(faultSchema).min(1).max(MAX_FAULTS).optional().describe('profiles that are in force in this phase'),
});

const blastRadiusSchema = z
  .strictObject({
    clients: z.array(client).min(1).max(MAX_NAMED).optional().describe('no other seller may be struck'),
    operations: operations.optional().describe('no other operation may be struck'),
    share: share.optional().describe('no rule may have a larger share'),
    longest: durationText.optional().describe('no rule may be in force for longer'),
  })
  .describe('binds everything that is armed in the world while the rehearsal runs, by whomever');

const abortSchema = z
  .strictObject({
    wallClock: durationText.optional().describe('the rehearsal may not take longer'),
    openRequests: z.int().min(1).max(1_000_000).optional().describe('requests that may be open at once'),
    errorShare: z
      .strictObject({ above: share, for: durationText })
      .optional()
      .describe('share of requests that end without a good answer, and for how long it may be above'),
    frontDoor: z
      .strictObject({
        url: z
          .string()
          .max(2000)
          .describe('a page of the seller, on this machine or a host of SHOWSTOPPER_PROBE_HOSTS'),
        failing: durationText.describe('for how long it may fail'),
      })
      .optional(),
    memory: inForm(SIZE).optional().describe('of this server, as the system counts it'),
    eventLoopLag: durationText.optional().describe('of this server, 99th percentile of three seconds in a row'),
  })
  .describe('one of them true, and all is healed; all must be false through the calm');

export const rehearsalSchema = z.strictObject({
  title: z.string().min(1).max(200).describe('what fails, and what should come of it'),
  client: client.optional().describe('the seller that it is about, by name or by key'),
  demand: demandText
    .optional()
    .describe(
      `calls a second that are asked of each operation of a purchase, steadily; under ${MIN_DEMAND}/s, or without it, nothing is said about breakers`,
    ),
  phases: z.array(phaseSchema).min(1).max(MAX_PHASES).optional().describe('one after the other'),
  scenario: z.string().min(1).max(63).optional().describe('a scenario, in place of phases'),
  speed: z
    .union([z.number().min(0.01).max(10_000), inForm(SPEED)], { error: SPEED.message })
    .optional()
    .describe('story seconds per second'),
  hypothesis: z.array(conditionSchema).max(MAX_CONDITIONS).default([]).describe('what is expected'),
  blastRadius: blastRadiusSchema.default({}),
  abort: abortSchema.default({}),
});
export type WrittenRehearsal = z.output<typeof rehearsalSchema>;
export type WrittenPhase = z.output<typeof phaseSchema>;
