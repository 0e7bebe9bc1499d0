// What lies beyond a blast radius of a scenario that is to be played, and of what is in a world before a rehearsal begins.
import type { Arming, Guard } from '../director/guard.ts';
import { AT_ONCE } from '../director/loading.ts';
import { type Within, whyBeyond, whySweeps } from './blast-radius.ts';

type Played = Parameters<Guard['playing']>[0];
export type Cue = Played['cues'][number];
type Armed = Arming['rules'][number];

/** A cue that must not come, or cannot. */
export interface BarredCue {
  readonly cue: Cue;
  readonly why: string;
  /** It could be done, and is beyond the blast radius. */
  readonly isBeyond: boolean;
}

/** What a cue before has put in force. */
interface Standing {
  readonly profile: string;
  readonly rules: readonly Armed[];
  readonly endsMs: number;
}

/** In order; the rules of cues count together for as long as the story lets them stand. */
export function barredCues({ cues }: Pick<Played, 'cues'>, within: Within): BarredCue[] {
  const standing = new Map<string, Standing>();
  const own = new Set(cues.map((cue) => (cue.verb === 'activate' ? cue.as : null)));
  let before = within.world.engine.rules.filter(({ activation }) => activation === null || !own.has(activation));
  return cues.flatMap((cue): BarredCue[] => {
    if (cue.verb === 'capacity' || cue.verb === 'crowd') {
      const why = cue.settings === null ? undefined : whySweeps(cue.verb, within.radius);
      return why === undefined ? [] : [{ cue, why, isBeyond: true }];
    }
    if (cue.verb === 'heal') {
      standing.clear();
      before = [];
    }
    if (cue.verb === 'deactivate')
      for (const [as, { profile }] of standing)
        if (profile === cue.profile && (cue.as ?? as) === as) standing.delete(as);
    if (cue.verb !== 'activate') return [];
    standing.delete(cue.as);
    for (const [as, { endsMs }] of standing) if (endsMs <= cue.atMs) standing.delete(as);
    const beside = [...before, ...[...standing.values()].flatMap(({ rules }) => rules)];
    const { rules, barred } = armedBy(cue, beside, within);
    standing.set(cue.as, { profile: cue.profile, rules, endsMs: cue.atMs + (cue.ttlMs ?? Number.POSITIVE_INFINITY) });
    return barred;
  });
}

function armedBy(cue: Cue & { readonly verb: 'activate' }, beside: readonly Armed[], within: Within) {
  const { director, world } = within;
  let arming: Arming | undefined;
  const never = director.whyNever(world, { ...cue, pace: AT_ONCE }, (asked) => {
    arming = { ...asked, beside };
  });
  const beyond = arming && whyBeyond(arming, within);
  const why = never ?? beyond;
  const barred = why === undefined ? [] : [{ cue, why, isBeyond: never === undefined }];
  return { rules: arming?.rules ?? [], barred };
}

/** Why a rehearsal cannot begin with what is in the world already, and what to do; undefined: it can. */
export function whyNotBefore(within: Within): string | undefined {
  const { load, playback } = within.world;
  const piece = playback.player.piece;
  const played = piece ? barredCues(piece.scenario, within).find(({ isBeyond }) => isBeyond) : undefined;
  if (played)
    return `a scenario is played whose cue ${played.cue.index} (${played.cue.verb}) must not come: ${played.why}; stop it first`;
  const why =
    whyStandingBeyond(within) ??
    (load.capacity() === null ? undefined : whySweeps('capacity', within.radius)) ??
    (load.crowd() === null ? undefined : whySweeps('crowd', within.radius));
  return why === undefined ? undefined : `${why}; it is there from before: heal first, then begin`;
}

function whyStandingBeyond(within: Within): string | undefined {
  const { director, world } = within;
  const { rules } = world.engine;
  const activations = new Map(director.activations(world).map((one) => [one.activation, one]));
  for (const rule of rules) {
    const { expiresAt = null, by = null } = activations.get(rule.activation ?? '') ?? {};
    const isCue = by === 'scenario' && world.playback.player.piece !== null;
    const beside = rules.filter((other) => other !== rule);
    const why = whyBeyond({ rules: [rule], beside, expiresAt, isCue }, within);
    if (why !== undefined) return why;
  }
  return undefined;
}
