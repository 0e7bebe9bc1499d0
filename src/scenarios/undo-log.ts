// What one play has done on the stage so far, and how it is undone.
import type { ActivateCue, Cue } from '../shelf/cue.ts';
import type { Scenario } from '../shelf/scenario.ts';
import type { Before, End, Pace, ScenarioPort } from './scenario-port.ts';

/** An activation that a cue of this play began. */
interface Begun {
  readonly cue: ActivateCue;
  readonly end: End;
}

/** What a play may leave behind as its cues set it. */
export type Load = 'capacity' | 'crowd';

export class UndoLog {
  readonly #stage: ScenarioPort;
  readonly #before: Before;
  readonly #timeScale: number | null;
  /** By the name of the activation. */
  readonly #begun = new Map<string, Begun>();
  readonly #changed = new Set<Load>();

  private constructor(stage: ScenarioPort, before: Before, timeScale: number | null) {
    this.#stage = stage;
    this.#before = before;
    this.#timeScale = timeScale;
  }

  static async begin(stage: ScenarioPort, { timeScale }: Scenario): Promise<UndoLog> {
    const performance = new UndoLog(stage, await stage.before(), timeScale);
    if (timeScale !== null) await stage.timeScale(timeScale);
    return performance;
  }

  /** Rejects when the stage cannot do it. */
  async perform(cue: Cue, pace: Pace): Promise<void> {
    switch (cue.verb) {
      case 'activate': {
        const { profile, as, share, match, connections } = cue;
        const end = await this.#stage.activate({ profile, as, share, match, connections }, pace);
        this.#begun.delete(as); // so that what began last is last in the map
        this.#begun.set(as, { cue, end });
        return;
      }
      case 'deactivate':
        await this.#stage.deactivate(cue.profile, cue.as);
        for (const [as, begun] of this.#begun)
          if (begun.cue.profile === cue.profile && (cue.as ?? as) === as) this.#begun.delete(as);
        return;
      case 'heal':
        await this.#stage.heal(cue.release);
        this.#begun.clear();
        return;
      case 'capacity':
        this.#changed.add('capacity');
        await this.#stage.capacity(cue.settings, pace);
        return;
      case 'crowd':
        this.#changed.add('crowd');
        await this.#stage.crowd(cue.settings, pace);
        return;
      case 'note':
        await this.#stage.note(cue.text);
    }
  }

  /** Ends what a cue began, if that is still what stands under its name. */
  async lapse(cue: ActivateCue): Promise<void> {
    const begun = this.#begun.get(cue.as);
    if (begun?.cue !== cue) return;
    this.#begun.delete(cue.as);
    await begun.end();
  }

  /** Everything back, the latest first, save box-office time; what fails is told, and the rest is still undone. */
  async undo(failed: (error: unknown) => void, keep: readonly Load[] = []): Promise<void> {
    const undone = [...this.#begun.values()].reverse().map(({ end }) => end);
    const pace: Pace = { speed: 1, seed: undefined, lateMs: 0 };
    const puts = (load: Load): boolean => this.#changed.has(load) && !keep.includes(load);
    if (puts('crowd')) undone.push(() => this.#stage.crowd(this.#before.crowd, pace));
    if (puts('capacity')) undone.push(() => this.#stage.capacity(this.#before.capacity, pace));
    this.#begun.clear();
    this.#changed.clear();
    for (const step of undone) await step().catch(failed);
  }

  async close(failed: (error: unknown) => void, keep: readonly Load[] = []): Promise<void> {
    await this.undo(failed, keep);
    if (this.#timeScale !== null) await this.#stage.timeScale(this.#before.timeScale).catch(failed);
  }
}
