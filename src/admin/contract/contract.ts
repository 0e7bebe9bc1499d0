// The shapes of the admin API: all that a client of it, in TypeScript or not, needs to know.
import { z } from 'zod';
import { LIVING, PLACES } from '../../faults/fault.ts';
import { matchSchema, ruleSchema, shareSchema } from '../../faults/rule.ts';
import type { journalFilter } from '../../journal/query.ts';
import type { verifyRequest } from '../../journal/verify.ts';
import { profileName } from '../../shelf/profile.ts';
import { type EntryOfKind, entryShape } from './entry.ts';
import type {
  activateRequest,
  clockRequest,
  connectionsQuery,
  endRequest,
  healRequest,
  resetRequest,
  severRequest,
} from './requests.ts';
import { count, time } from './values.ts';

export const kindShape = z.strictObject({
  name: z.string(),
  summary: z.string(),
  teaches: z.string(),
  signature: z.strictObject({
    says: z.string(),
    shows: z.record(
      z.string(),
      z.union([
        z.string(),
        z.number(),
        z.boolean(),
        z.array(z.string()).readonly(),
        z.record(z.string(), z.string()).readonly(),
      ]),
    ),
  }),
  at: z.array(z.enum(PLACES)),
  directOnly: z.boolean().describe('holds only for clients that reach the listener directly'),
  living: z
    .enum(LIVING)
    .describe(
      'what it does, unless a rule says otherwise, to connections that live already: strikes all · strikes only new ones · cannot strike them',
    ),
  parameters: z.record(z.string(), z.unknown()).describe('JSON Schema'),
  example: z.unknown(),
});

export const mistakeShape = z.strictObject({
  file: z.string().optional(),
  line: z.int().optional(),
  path: z.string(),
  message: z.string(),
});

export const profileLineShape = z.strictObject({
  name: profileName,
  summary: z.string().nullable().describe('null when its file was never good'),
  source: z.enum(['shipped', 'folder', 'memory']),
  rules: count,
  activations: z.array(z.string()).describe('activations of it in force'),
  errors: z.array(mistakeShape).describe('of the newest file; the last good text stays'),
});
export const profileShape = profileLineShape.extend({
  rules: z.array(ruleSchema),
  text: z.string().describe('as written'),
  badText: z
    .string()
    .nullable()
    .describe('the newest file as written, where `errors` are of it; null without errors, and for a viewer'),
});

export const livingShape = z.strictObject({
  reached: count.describe('that some of the rules strike, or what is asked on them'),
  severed: count,
  spared: count.describe('that some of the rules leave as they are'),
  hint: z.string().nullable().describe('how to reach those that are spared; null when there are none'),
});

/** Null for kinds that never see whom they keep out. */
const counted = count.nullable();

export const ruleShape = ruleSchema.extend({
  id: z.string(),
  activation: z.string().nullable().describe('null for a single rule'),
  shareNow: z.number().min(0).max(1).describe('in force at this moment'),
  matched: counted.describe('requests or connections that it is meant for and its kind can touch'),
  acted: counted.describe('bytes, times or state differed by it; null where that cannot be counted'),
  spared: counted.describe('drawn, and let pass by its share'),
  inapplicable: counted.describe('drawn to act, and there was nothing to act on'),
  limited: counted.describe('would have acted, and no unit of its limit was left'),
  held: count.describe('requests it holds now'),
  since: time,
  expiresAt: time.nullable(),
});

/** Which of the clients named were named by a key, without telling it. */
const shownAs = z.array(z.string()).describe('how clients are shown that were named by their keys');
export const addedRuleShape = ruleShape.extend({
  living: livingShape.describe('connections that lived already'),
  shownAs,
});

export const activationShape = z.strictObject({
  activation: z.string(),
  profile: z.string(),
  summary: z.string(),
  since: time,
  expiresAt: time.nullable(),
  by: z.string().nullable(),
  note: z.string().nullable(),
  seed: z.int(),
  match: matchSchema.nullable(),
  share: shareSchema.nullable(),
  rules: z.array(ruleShape),
});
export const activatedShape = activationShape.extend({
  how: z.enum(['activated', 'renewed', 'replaced']),
  shownAs,
  excluded: z
    .array(z.strictObject({ rule: z.string(), why: z.string() }))
    .describe('rules that no request can fit together with `match`, while others can strike'),
  living: livingShape.describe('connections that lived already'),
});

export const endedShape = z.strictObject({
  activations: count,
  rules: count,
  dropped: count.describe('held requests that were reset'),
  answered: count.describe('held requests that went on to their answers'),
  ms: count.describe('until the last held request was let go'),
});
export const resetShape = endedShape.extend({ catalog: z.string(), seed: z.int() });

export const clockShape = z.strictObject({
  now: time,
  scale: z.number(),
  offsetMs: z.int().describe('ahead of real time'),
});

export const verifiedShape = z.strictObject({
  ok: z.literal(true),
  count,
  open: count.describe('exchanges that do not match and have not ended, so that they may yet'),
  shownAs: shownAs.optional(),
});

export const connectionShape = z.strictObject({
  id: z.int().describe('unique over all doors'),
  door: z.string(),
  remote: z.string(),
  openedAt: time,
  requests: count.describe('that came on it so far'),
  underWay: count.describe('of these, not ended yet'),
  flood: z.boolean().describe('it comes from a flood of our own'),
  waiting: z.boolean().describe('held before anything on it is served'),
  lingering: z.boolean().describe('its client has gone, and its socket stays silent for a while before it is closed'),
});
export const severedShape = z.strictObject({ severed: count });

export const actionShape = z.strictObject({
  id: z.int(),
  at: time,
  world: z.string(),
  verb: z.string(),
  who: z.enum(['admin', 'viewer', 'open', 'server']),
  by: z.string().nullable(),
  remote: z.string().nullable(),
  body: z.unknown().describe('without secrets'),
  result: z.unknown(),
});

export const reloadedShape = z.strictObject({ profiles: count });
export const clearedShape = z.strictObject({ cleared: count });
export const readyShape = z.strictObject({ ready: z.boolean(), problems: z.array(z.string()) });
export const healthShape = z.strictObject({ status: z.literal('ok') });

export const problemShape = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string(),
  code: z.string(),
  retryable: z.boolean(),
  requestId: z.string(),
  errors: z.array(mistakeShape).optional().describe('of validation_failed: everything that is wrong'),
});

/** A list that comes whole. */
export const listOf = <Item extends z.ZodType>(item: Item) => z.strictObject({ data: z.array(item) });
/** A list that comes in pages. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ data: z.array(item), nextCursor: z.string().nullable() });

export const journalPageShape = pageOf(entryShape).extend({ shownAs: shownAs.optional() });

export type ActivateBody = z.input<typeof activateRequest>;
export type EndBody = z.input<typeof endRequest>;
export type HealBody = z.input<typeof healRequest>;
export type ResetBody = z.input<typeof resetRequest>;
export type ClockBody = z.input<typeof clockRequest>;
export type RuleBody = z.input<typeof ruleSchema>;
export type JournalQuery = z.input<typeof journalFilter>;
export type VerifyBody = z.input<typeof verifyRequest>;
export type JournalPage = z.output<typeof journalPageShape>;
export type JournalPageOf<Kind extends JournalQuery['kind']> = Page<EntryOfKind<Kind>>;
export type Kind = z.output<typeof kindShape>;
export type ProfileLine = z.output<typeof profileLineShape>;
export type Profile = z.output<typeof profileShape>;
export type ActiveRule = z.output<typeof ruleShape>;
export type AddedRule = z.output<typeof addedRuleShape>;
export type Activation = z.output<typeof activationShape>;
export type Activated = z.output<typeof activatedShape>;
export type Ended = z.output<typeof endedShape>;
export type ResetDone = z.output<typeof resetShape>;
export type Clock = z.output<typeof clockShape>;
export type Verified = z.output<typeof verifiedShape>;
export type Connection = z.output<typeof connectionShape>;
export type ConnectionsQuery = z.input<typeof connectionsQuery>;
export type SeverBody = z.input<typeof severRequest>;
export type Severed = z.output<typeof severedShape>;
export type Ready = z.output<typeof readyShape>;
export type Action = z.output<typeof actionShape>;
export type Problem = z.output<typeof problemShape>;
export type List<Item> = { data: Item[] };
export type Page<Item> = { data: Item[]; nextCursor: string | null };
