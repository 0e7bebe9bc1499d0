// What is wrong with what a cue asks for: names that are not there, matches that exclude each other, ends of nothing.
import { parseDuration } from '../base/duration.ts';
import type { Mistake } from '../base/mistake.ts';
import { unknownName } from '../base/unknown-name.ts';
import type { CheckedRule } from '../faults/check.ts';
import type { KnownNames } from '../faults/known-names.ts';
import { activationMistakes } from '../faults/laid-over.ts';
import type { Cue, WrittenCue } from './cue.ts';

/** What a scenario may name. */
export interface ScenarioNames extends KnownNames {
  readonly profiles: readonly string[];
  /** The rules of one of them, where they can be read: what a cue lays over them is checked then, too. */
  rulesOf?(profile: string): readonly CheckedRule[] | undefined;
}

export function cueMistakes(cue: WrittenCue, known: ScenarioNames): Mistake[] {
  const mistakes: Mistake[] = [];
  for (const verb of ['activate', 'deactivate'] as const) {
    const profile = cue[verb];
    if (profile !== undefined && !known.profiles.includes(profile))
      mistakes.push({ path: verb, message: unknownName('profile', profile, known.profiles, '`showstopper profiles`') });
  }
  if (cue.ttl !== undefined && parseDuration(cue.ttl) === 0)
    mistakes.push({ path: 'ttl', message: 'must be longer than nothing, got 0' });
  const rules = cue.activate === undefined ? [] : (known.rulesOf?.(cue.activate) ?? []);
  return [...mistakes, ...activationMistakes(cue, rules, known).mistakes];
}

interface ActiveUntil {
  readonly profile: string;
  readonly untilMs: number;
}

/** Which activations stand after each cue, to find those that are ended without ever having begun. */
export class ActivationsByCue {
  /** False: cues may be missing, and nothing is said. */
  readonly #isWhole: boolean;
  /** By name. */
  readonly #standing = new Map<string, ActiveUntil>();

  constructor(isWhole: boolean) {
    this.#isWhole = isWhole;
  }

  /** Takes the next cue; says why it ends nothing, when that is so. */
  after(cue: Cue): string | undefined {
    if (cue.verb === 'heal') this.#standing.clear();
    if (cue.verb === 'activate') {
      const untilMs = cue.ttlMs === null ? Number.POSITIVE_INFINITY : cue.atMs + cue.ttlMs;
      this.#standing.set(cue.as, { profile: cue.profile, untilMs });
    }
    if (cue.verb !== 'deactivate') return undefined;
    const ended = [...this.#standing].filter(
      ([as, { profile }]) => profile === cue.profile && (cue.as === null || cue.as === as),
    );
    for (const [as] of ended) this.#standing.delete(as);
    if (!this.#isWhole || ended.some(([, { untilMs }]) => untilMs > cue.atMs)) return undefined;
    const name = cue.as === null ? cue.profile : `${cue.profile} as ${cue.as}`;
    return ended.length > 0 ? `${name} has ended by its ttl before` : `no cue above has ${name} in force then`;
  }
}
