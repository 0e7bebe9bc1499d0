// All worlds of a process, as far as others may ask for them: a port that the room `world` supplies.
import type { Topic } from '../base/topic.ts';
import type { Caller } from './actions.ts';
import type { World } from './world-port.ts';

/** The world at /v1, to which the configured doors belong. */
export const DEFAULT_WORLD = 'default';

/** How a name of a world is written. */
export const WORLD_NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;
export const WORLD_NAME_FORM = '1 to 63 of a-z, 0-9 and -, not beginning with -';

/** What a world is declared with; what is not given is the process's. */
export interface WorldRequest {
  readonly catalog?: string | undefined;
  readonly seed?: number | undefined;
  /** A door of its own: at a port, or at any that is free. */
  readonly door?: true | number | undefined;
  /** Its requests may ask for faults by header; unset: they may not. */
  readonly headerFaults?: boolean | undefined;
  readonly journal?:
    | { /** Keeps what requests carried; unset: it does not. */ readonly bodies?: boolean | undefined }
    | undefined;
  readonly by?: string | undefined;
}

export interface WorldLine {
  readonly name: string;
  readonly seed: number;
  readonly catalog: string;
  /** Where it begins, on the upstream and on admin. */
  readonly path: string;
  /** URL of the door that belongs to it; undefined where it has none. */
  readonly upstream?: string | undefined;
  /** `declared` ones stay until they are deleted; those made by `use` go when they are idle. */
  readonly made: 'at-start' | 'declared' | 'use';
  /** Its requests may ask for faults by header. */
  readonly headerFaults: boolean;
  readonly journal: { /** Keeps what requests carried. */ readonly bodies: boolean };
  /** Epoch ms. */
  readonly startedAt: number;
  /** In force. */
  readonly rules: number;
  /** Requests that have arrived and not ended. */
  readonly open: number;
  /** Of these, held by a rule. */
  readonly held: number;
}

export interface Entered {
  readonly world: World;
  /** Only now. */
  readonly made: boolean;
}

/** Every name is checked: a Refusal `validation_failed` says how one is written. */
export interface Worlds {
  readonly default: World;
  /** Those there are. */
  readonly all: Iterable<World>;
  /** The world, and the moment is noted as use; throws a Refusal `world_unknown` or `world_deleted`. */
  get(name: string): World;
  /** The same, and makes it where worlds are made by use; throws `too_many_worlds` too. */
  enter(name: string): Entered;
  list(): readonly WorldLine[];
  line(name: string): WorldLine;
  put(
    name: string,
    request: WorldRequest,
    caller: Caller,
  ): Promise<{ readonly line: WorldLine; readonly made: boolean }>;
  delete(name: string, by: string | undefined, caller: Caller): Promise<void>;
  /** Counts as use until the function it gives is called. */
  use(world: World): () => void;
  /** Of a call that found or made a world and was then refused: without any other call, a world made by use goes again, unless something is in it. */
  takeBack(world: World): void;
  readonly opened: Topic<World>;
  /** Told when a world is gone. */
  readonly closed: Topic<World>;
}
