// Puts the texts of what is armed into a record, each once: profiles as they are in force, and the scenario that is played.
import { Refusal } from '../base/refusal.ts';
import { veiled } from '../base/veiling.ts';
import type { Director } from '../director/director.ts';
import { withoutSellersKeys } from '../director/keyless-text.ts';
import type { World } from '../director/world-port.ts';
import type { RecordLog } from './record-log.ts';

/** Texts in one record. */
export const MAX_TEXTS = 200;

interface Means {
  readonly world: World;
  readonly director: Director;
  readonly log: RecordLog;
}

type Written = Parameters<typeof withoutSellersKeys>[0];

export class ArmedTexts {
  readonly #means: Means;
  readonly #told = new Set<string>();

  constructor(means: Means) {
    this.#means = means;
  }

  /** Those that are in force now. */
  look(): void {
    const { world, director } = this.#means;
    for (const { name, text, profile } of director.profilesInForce(world))
      this.#tell('profile', name, { text, rules: profile.rules });
  }

  /** One that has gone is told of when it is to be played. */
  scenario(name: string): void {
    try {
      const { text, scenario } = this.#means.world.playback.scenarios.get(name);
      this.#tell('scenario', name, { text, rules: scenario.cues.filter((cue) => cue.verb === 'activate') });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }

  #tell(type: 'profile' | 'scenario', name: string, written: Written): void {
    const { world, director, log } = this.#means;
    const identity = `${type} ${name}\n${written.text}`;
    if (this.#told.has(identity) || this.#told.size > MAX_TEXTS) return;
    this.#told.add(identity);
    const at = world.clock.now();
    if (this.#told.size > MAX_TEXTS) {
      log.add({ type: 'trouble', at, message: `of the texts that were armed, the first ${MAX_TEXTS} are recorded` });
      return;
    }
    log.add({ type, at, name, text: veiled(withoutSellersKeys(written, director.knownIn(world))).text });
  }
}
