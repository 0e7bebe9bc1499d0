// A cue: a moment of the story, and the one thing that is then done; in its written form and as it is played.
import { z } from 'zod';
import { durationText } from '../base/duration.ts';
import type { Mistake } from '../base/mistake.ts';
import type { CapacitySettings } from '../capacity/settings.ts';
import type { CrowdSettings } from '../crowd/settings.ts';
import { type Match, matchSchema, type Reach, reachSchema, type Share, shareSchema } from '../faults/rule.ts';
import { profileName } from './profile.ts';
import { STORY_TIME_FORM } from './story-time.ts';

/** What a cue may do; each has exactly one of these. */
export const CUE_VERBS = ['activate', 'deactivate', 'heal', 'capacity', 'crowd', 'note'] as const;
export type CueVerb = (typeof CUE_VERBS)[number];

/** Fields that only some cues may have, and which. */
const BELONGS: Readonly<Record<string, readonly CueVerb[]>> = {
  as: ['activate', 'deactivate'],
  share: ['activate'],
  match: ['activate'],
  ttl: ['activate'],
  connections: ['activate'],
};

export const ACTIVATION_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;
export const ACTIVATION_NAME_FORM = 'must be 1 to 63 letters, digits, dots, dashes or underscores';

const RELEASES = ['drop', 'answer'] as const;
const settings = z.record(z.string(), z.unknown()).nullable();

export const cueSchema = z.strictObject({
  at: z
    .string()
    .min(1)
    .max(40)
    .meta({ description: STORY_TIME_FORM, examples: ['14:02', '5m'] }),
  activate: profileName.optional().describe('puts this profile in force'),
  deactivate: profileName.optional().describe('ends every activation of this profile; with `as` only that one'),
  heal: z
    .union([z.literal(true), z.strictObject({ release: z.enum(RELEASES).optional() })])
    .optional()
    .describe('ends every rule; capacity and crowd go on'),
  capacity: settings
    .optional()
    .describe('sets the capacity; fields left out stay as the cue before set them; null turns it off'),
  crowd: settings
    .optional()
    .describe('sets the crowd; fields left out stay as the cue before set them; null turns it off'),
  note: z.string().min(1).max(1000).optional().describe('tells the story, and changes nothing'),
  as: z
    .string()
    .regex(ACTIVATION_NAME, ACTIVATION_NAME_FORM)
    .refine((name) => name !== 'rule', 'is taken by single rules')
    .optional()
    .describe('name of the activation; default the profile'),
  share: shareSchema.optional().describe('replaces the share of every rule; a ramp runs in story time'),
  match: matchSchema.optional().describe("ANDed with each rule's own"),
  ttl: durationText.optional().describe('it ends by itself after so much story time'),
  connections: reachSchema.optional(),
});
/** A cue in its written form. */
export type WrittenCue = z.output<typeof cueSchema>;

/** Whether a cue has exactly one verb and what belongs to it, however its fields are filled. */
export function verbMistakes(written: object): Mistake[] {
  const has = (field: string): boolean => Object.hasOwn(written, field);
  const given = CUE_VERBS.filter(has);
  const wrong = Object.entries(BELONGS).filter(
    ([field, verbs]) => has(field) && !given.some((verb) => verbs.includes(verb)),
  );
  const mistakes = wrong.map(([field, verbs]) => ({ path: field, message: `belongs to ${verbs.join(' or ')} only` }));
  if (given.length === 1) return mistakes;
  const message = `needs exactly one of ${CUE_VERBS.join(', ')}, got ${given.join(' and ') || 'none'}`;
  return [{ path: '', message }, ...mistakes];
}

interface Timed {
  /** In the file, from 0. */
  readonly index: number;
  /** Story milliseconds from the start. */
  readonly atMs: number;
}

export interface ActivateCue extends Timed {
  readonly verb: 'activate';
  readonly profile: string;
  readonly as: string;
  /** Its ramp, if it is one, is in story time. */
  readonly share: Share | undefined;
  readonly match: Match | undefined;
  /** Story milliseconds; null: until it is ended. */
  readonly ttlMs: number | null;
  readonly connections: Reach | undefined;
}

/** What the cue itself says, without what it keeps of the cues before it. */
export type WrittenSettings = Readonly<Record<string, unknown>> | null;

/** A cue that can be played: checked, and its time worked out. */
export type Cue =
  | ActivateCue
  | (Timed & { readonly verb: 'deactivate'; readonly profile: string; readonly as: string | null })
  | (Timed & { readonly verb: 'heal'; readonly release: (typeof RELEASES)[number] | undefined })
  | (Timed & {
      readonly verb: 'capacity';
      readonly settings: CapacitySettings | null;
      readonly written: WrittenSettings;
    })
  | (Timed & { readonly verb: 'crowd'; readonly settings: CrowdSettings | null; readonly written: WrittenSettings })
  | (Timed & { readonly verb: 'note'; readonly text: string });
