// Playback of one world: scenarios played there, with the director's own verbs for cues.
import { Refusal } from '../base/refusal.ts';
import { type Caller, SERVER } from '../director/actions.ts';
import type { Director } from '../director/director.ts';
import type { HealRequest } from '../director/heal-request.ts';
import { AT_ONCE } from '../director/loading.ts';
import type { Begun, ByRequest, PlaybackPort, PlayRequest } from '../director/playback-port.ts';
import type { World } from '../director/world-port.ts';
import { type BarredCue, cueFacts, type PlaybackState, withheldPlayback } from '../scenarios/playback-state.ts';
import { Player } from '../scenarios/player.ts';
import type { ScenarioDocument } from '../scenarios/playthrough.ts';
import type { ScenarioPort } from '../scenarios/scenario-port.ts';
import type { Scenario } from '../shelf/scenario.ts';
import type { ScenarioShelf } from '../shelf/scenario-shelf.ts';

interface PlaybackOptions {
  readonly world: World;
  readonly director: Director;
  readonly scenarios: ScenarioShelf;
  /** Told of failures of those who listen. */
  readonly failed?: (error: unknown) => void;
}

/** Every verb takes the caller last, and is written down as an action once it is done. */
export class Playback implements PlaybackPort {
  readonly player: Player;
  readonly #options: PlaybackOptions;

  constructor(options: PlaybackOptions) {
    this.#options = options;
    const { world, failed } = options;
    this.player = new Player({ stage: stageOf(options), clock: world.clock, ...(failed && { failed }) });
  }

  get scenarios(): ScenarioShelf {
    return this.#options.scenarios;
  }

  async play(name: string, request: PlayRequest, caller: Caller): Promise<Begun> {
    const { by: _, seed = this.#options.world.seed, ...options } = request;
    const piece = this.#options.scenarios.get(name);
    const cannotAct = barredCues(piece.scenario, this.#options);
    refuseIdle(piece, cannotAct);
    this.#askGuard(piece);
    const playback = await this.player.play(piece, { ...options, seed });
    const { hidden } = piece.scenario;
    this.#record('play', caller, hidden ? { ...request } : { scenario: name, ...request }, playback);
    return { ...playback, cannotAct };
  }

  async pause(request: ByRequest, caller: Caller): Promise<PlaybackState> {
    return this.#record('pause-play', caller, request, await this.player.pause());
  }

  async resume(request: ByRequest, caller: Caller): Promise<PlaybackState> {
    this.#askGuard(this.player.piece);
    return this.#record('resume-play', caller, request, await this.player.resume());
  }

  async seek(request: ByRequest & { readonly to: string }, caller: Caller): Promise<PlaybackState> {
    this.#askGuard(this.player.piece);
    return this.#record('seek-play', caller, request, await this.player.seek(request.to));
  }

  async stop(request: ByRequest, caller: Caller): Promise<PlaybackState> {
    return this.#record('stop-play', caller, request, await this.player.stop());
  }

  /** The part of an all clear that is no rule: playback, crowd and capacity off, save what is to be kept. */
  async clear({ keep = [] }: Pick<HealRequest, 'keep'>): Promise<void> {
    const { load } = this.#options.world;
    if (!keep.includes('playback')) await this.player.stop(keep.filter((part) => part !== 'playback'));
    if (!keep.includes('crowd')) load.setCrowd(null, AT_ONCE);
    if (!keep.includes('capacity')) load.setCapacity(null);
  }

  close(): void {
    this.player.close();
  }

  /** Whether its cues may come at all. */
  #askGuard(piece: ScenarioDocument | null): void {
    const { director, world } = this.#options;
    if (piece) director.guardOf(world)?.playing(piece.scenario);
  }

  #record(verb: string, caller: Caller, body: object, playback: PlaybackState): PlaybackState {
    const { director, world } = this.#options;
    const { scenario, status, storyTime } = withheldPlayback(playback);
    director.record(world, verb, caller, body, { scenario, status, storyTime });
    return playback;
  }
}

/** Cues that can be done at no time in this world, for want of a door, say. */
function barredCues({ cues, start }: Scenario, { world, director }: PlaybackOptions): BarredCue[] {
  return cues.flatMap((cue) => {
    const why = cue.verb === 'activate' ? director.whyNever(world, { ...cue, pace: AT_ONCE }) : undefined;
    return why === undefined ? [] : [{ ...cueFacts(cue, start), why }];
  });
}

/** Throws a Refusal when no cue that begins anything can be done. */
function refuseIdle({ name, scenario }: ScenarioDocument, barred: readonly BarredCue[]): void {
  const beginning = scenario.cues.filter(({ verb }) => verb === 'activate' || verb === 'capacity' || verb === 'crowd');
  const [first] = barred;
  if (!first || barred.length < beginning.length) return;
  throw new Refusal('cannot_be_armed', `nothing of ${name} can be done here: ${first.why}`, { cannotAct: barred });
}

/** Cues as the director's verbs; the server does them, and says for which scenario. */
function stageOf({ world, director }: PlaybackOptions): ScenarioPort {
  const { load } = world;
  const by = 'scenario';
  return {
    before: () => ({ capacity: load.capacity(), crowd: load.crowd(), timeScale: world.boxOfficeClock.scale }),
    async activate(asked, pace) {
      const { seed, ...rest } = pace;
      const begun = await director.activate(world, { ...asked, seed, by, pace: rest }, SERVER);
      const stands = (): boolean =>
        director.activations(world).some(({ activation, since }) => activation === asked.as && since === begun.since);
      return async () => (stands() ? director.endActivation(world, asked.as, { by }, SERVER) : undefined);
    },
    deactivate: (profile, as) =>
      as === null
        ? director.deactivate(world, profile, { by }, SERVER)
        : director.endActivation(world, as, { by }, SERVER),
    heal: (release) => director.heal(world, { release, keep: ['capacity', 'crowd', 'playback'], by }, SERVER),
    async capacity(settings) {
      director.setCapacity(world, { capacity: settings, by }, SERVER);
    },
    async crowd(settings, pace) {
      director.setCrowd(world, { crowd: settings, pace, by }, SERVER);
    },
    async timeScale(scale) {
      world.boxOfficeClock.rescale(scale);
    },
    async note(text) {
      director.record(world, 'note', SERVER, { by, note: text }, {});
    },
  };
}
