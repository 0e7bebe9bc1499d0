// The shapes of scenarios and their playback: what is asked, and what is answered.
import { z } from 'zod';
import { PLAY_STATUSES } from '../../scenarios/playback-state.ts';
import { MAX_SPEED, MIN_SPEED } from '../../scenarios/player.ts';
import { CUE_VERBS } from '../../shelf/cue.ts';
import { profileName } from '../../shelf/profile.ts';
import { mistakeShape } from './contract.ts';

const SPEED_FORM = /^\d{1,5}(\.\d{1,6})?x?$/;
const by = z.string().min(1).max(100).optional().describe('who asks, for the record');
const storyTime = z.string().min(1).max(40);

const speed = z
  .union([
    z.number().meta({ minimum: MIN_SPEED, maximum: MAX_SPEED }),
    z.string().regex(SPEED_FORM, 'must be a number such as 60 or 60x'),
  ])
  .describe(`story seconds per real second, as 60 or 60x; ${MIN_SPEED} to ${MAX_SPEED}, default 1`);

export const playRequest = z.strictObject({
  speed: speed.optional(),
  seed: z.int().min(0).max(0xffffffff).optional().describe("in the place of the world's"),
  from: storyTime.optional().describe('begins at this story time, with everything before it made up for'),
  paused: z.boolean().optional().describe('no cue comes before `POST /v1/playback/resume`'),
  by,
});
export const byRequest = z.strictObject({ by });
export const seekRequest = z.strictObject({ to: storyTime.describe('a story time, as 14:50 or 20m'), by });

export const scenarioLineShape = z.strictObject({
  name: profileName,
  summary: z.string().nullable().describe('null when its file was never good'),
  source: z.enum(['shipped', 'folder']),
  starts: z.string().nullable().describe('on the clock; null: its times are durations'),
  lastsMs: z.number().describe('in story time'),
  hidden: z.boolean(),
  cues: z.int().min(0),
  errors: z.array(mistakeShape).describe('of the newest file; the last good text stays'),
});

const cueShape = z.strictObject({
  index: z.int().min(0).describe('in the file'),
  at: z.string().describe('story time'),
  verb: z.enum(CUE_VERBS),
  text: z.string().describe('what it does, in a few words'),
});

export const playbackShape = z.strictObject({
  scenario: z.string().nullable().describe('null: nothing was played yet; "sealed" where it is withheld'),
  status: z.enum(PLAY_STATUSES),
  storyTime: z.string().nullable().describe('as 14:02, or +2m'),
  storyMs: z.int().min(0).describe('from the start'),
  endsAt: z.string().nullable().describe('story time'),
  endsMs: z.number().min(0).describe('from the start; 0 where it is withheld'),
  speed: z.number(),
  seed: z.int().nullable(),
  cue: cueShape.nullable().describe('played last'),
  next: cueShape.nullable(),
  note: z.string().nullable().describe('told last'),
  failures: z.int().min(0).describe('cues that could not be done'),
  sealed: z
    .strictObject({
      sha256: z.string().describe('of the document, known from the start'),
      text: z.string().nullable().describe('the document, once it has ended'),
    })
    .nullable()
    .describe('of a hidden scenario'),
});

export const begunShape = playbackShape.extend({
  cannotAct: z
    .array(cueShape.extend({ why: z.string() }))
    .describe('cues that can be done at no time in this world, as those of connections in a world without a door'),
});

export type PlayBody = z.input<typeof playRequest>;
export type ScenarioLine = z.output<typeof scenarioLineShape>;
export type Playback = z.output<typeof playbackShape>;
export type Begun = z.output<typeof begunShape>;
