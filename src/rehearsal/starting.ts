// What must hold before a rehearsal begins: its file is read and checked against the world that it is to be played in.
import type { Clock } from '../base/clock.ts';
import { type PlacedMistake, showMistake } from '../base/document.ts';
import { showPath } from '../base/mistake.ts';
import { Refusal } from '../base/refusal.ts';
import { YamlApart } from '../base/yaml-apart.ts';
import type { Director } from '../director/director.ts';
import type { Arming } from '../director/guard.ts';
import type { World } from '../director/world-port.ts';
import { barredCues, whyNotBefore } from './beyond-radius.ts';
import { type Within, whyBeyond } from './blast-radius.ts';
import { requestsOf } from './course.ts';
import type { Probing } from './front-door.ts';
import { METRICS } from './metrics.ts';
import type { Plan } from './plan.ts';
import { type Header, RECORD_FORMAT } from './record-line.ts';
import { rulesOf } from './recorder.ts';
import { MAX_REHEARSAL_BYTES, readRehearsal } from './rehearsal-file.ts';

/** As mistakes name what was sent, where nobody says how it is called. */
const FILE = 'rehearsal.yaml';

/** A rehearsal that is to begin. */
export interface Asked {
  readonly text: string;
  /** As it is called in mistakes; it is never opened. */
  readonly file?: string | undefined;
  readonly by: string | null;
}

const beyondAnyRadius = ({ name }: World): string =>
  `requests of the world ${name} may ask for faults by header (headerFaults), which no blast radius bounds; rehearse in a world that was made without`;

interface ReaderOptions {
  readonly director: Director;
  readonly clock: Clock;
  readonly outbound: Probing;
}

export class PlanReader {
  readonly #options: ReaderOptions;
  readonly #apart: YamlApart;

  constructor(options: ReaderOptions) {
    this.#options = options;
    this.#apart = new YamlApart(options.clock);
  }

  /** Throws a Refusal with everything that is wrong, and where no rehearsal can be. */
  async read(world: World, { text, file = FILE }: Pick<Asked, 'text' | 'file'>): Promise<Plan> {
    if (world.engine.byHeader) throw new Refusal('conflict', beyondAnyRadius(world));
    const { operations, clients } = this.#options.director.knownIn(world);
    const named = (client: string) => clients?.named(client) ?? { name: client };
    const parsed = Buffer.byteLength(text) > MAX_REHEARSAL_BYTES ? undefined : await this.#apart.parse(text);
    const read = readRehearsal(text, file, { metrics: METRICS, operations, named }, parsed);
    if ('mistakes' in read) throw refuse('malformed', read.mistakes);
    const why = whyNotBefore({ world, director: this.#options.director, radius: read.plan.blastRadius });
    if (why !== undefined) throw new Refusal('conflict', why);
    const mistakes = this.#mistakes(world, read.plan).map(({ path, message }) => ({
      ...{ file, line: read.lineOf(path), path: showPath(path), message },
    }));
    if (mistakes.length > 0) throw refuse('validation_failed', mistakes);
    return read.plan;
  }

  /** What cannot be had in this world. */
  #mistakes(world: World, plan: Plan): Mistaken[] {
    const { frontDoor } = plan.abort;
    const closed = frontDoor ? this.#options.outbound.refusal(new URL(frontDoor.url)) : undefined;
    const why = plan.scenario ? whyNoScenario(world, plan.scenario.name) : undefined;
    return [
      ...this.#faultMistakes(world, plan),
      ...(closed === undefined ? [] : [{ path: ['abort', 'frontDoor', 'url'], message: closed }]),
      ...(why === undefined ? [] : [{ path: ['scenario'], message: why }]),
    ];
  }

  /** Nothing may be found out only when it is to be armed. */
  #faultMistakes(world: World, { phases, scenario, blastRadius }: Plan): Mistaken[] {
    const within = { world, director: this.#options.director, radius: blastRadius };
    const inPhases = phases.flatMap((phase, index) => phaseMistakes(phase, index, within));
    const inCues = barredCues({ cues: cuesOf(world, scenario) }, within).map(({ cue, why }) => ({
      ...{ path: ['scenario'], message: `its cue ${cue.index}: ${why}` },
    }));
    return [...inPhases, ...inCues];
  }
}

interface Mistaken {
  readonly path: PropertyKey[];
  readonly message: string;
}

/** The faults of one phase count together. */
function phaseMistakes(phase: Plan['phases'][number], index: number, within: Within): Mistaken[] {
  const { world, director } = within;
  const earlier: Arming['rules'][number][] = [];
  return requestsOf(phase, index).flatMap((request, at) => {
    const message = director.whyNever(world, request, (arming) => {
      const why = whyBeyond({ ...arming, beside: [...arming.beside, ...earlier] }, within);
      earlier.push(...arming.rules);
      if (why !== undefined) throw new Refusal('conflict', why);
    });
    return message === undefined ? [] : [{ path: ['phases', index, 'on', at], message }];
  });
}

/** None of one that is not there, which is told elsewhere. */
function cuesOf({ playback }: World, scenario: Plan['scenario']) {
  if (!scenario || !playback.scenarios.list().some(({ name, item }) => name === scenario.name && item)) return [];
  return playback.scenarios.get(scenario.name).scenario.cues;
}

function whyNoScenario({ playback }: World, name: string): string | undefined {
  const { status } = playback.player.status;
  if (status !== 'ended') return 'another scenario is played in this world; stop it first';
  try {
    playback.scenarios.get(name);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

function refuse(code: 'malformed' | 'validation_failed', mistakes: readonly PlacedMistake[]): Refusal {
  return new Refusal(code, mistakes.map(showMistake).join('\n'), { errors: mistakes });
}

export function headerOf(world: World, about: Pick<Header, 'id' | 'plan' | 'by' | 'version' | 'thresholds'>): Header {
  const { name, seed, catalog, boxOfficeClock, load, clock } = world;
  return {
    ...{ type: 'header', format: RECORD_FORMAT, ...about, world: name, at: clock.now(), seed, catalog },
    timeScale: boxOfficeClock.scale,
    before: { capacity: load.capacity(), crowd: load.crowd(), rules: [...rulesOf(world).values()] },
  };
}
