// All doors of a process: the configured ones, of the world default, and those that worlds are given.
import { MAIN_DOOR } from '../base/door-names.ts';
import { Refusal } from '../base/refusal.ts';
import { urlHost } from '../base/url-host.ts';
import type { Config } from '../config.ts';
import type { Log } from '../telemetry/log.ts';
import type { UpstreamApp } from '../upstream/app/app.ts';
import type { Clients } from '../upstream/clients.ts';
import { Doors, type DoorsSettings, DoorUnopened } from '../upstream/doors/doors.ts';
import { createExchange } from '../upstream/exchange/exchange.ts';
import type { WorldsBehindDoor } from '../upstream/exchange/worlds-behind-door.ts';
import { urlOf } from '../web/listen.ts';
import { DarkPlaces } from '../wire/door/dark-places.ts';
import { FloodProcess } from '../wire/door/flood-process.ts';
import type { MaxConnections } from '../wire/door/max-connections.ts';
import type { OpenWorld } from '../world/world.ts';
import type { OwnDoor } from '../world/world-place.ts';

export interface ProcessDoorsSettings extends Pick<DoorsSettings, 'clock'> {
  readonly config: Pick<Config, 'host' | 'publicUrl' | 'worldPorts'>;
  readonly limit: MaxConnections;
  readonly app: UpstreamApp;
  readonly clients: Clients;
  readonly log: Log;
}

/** Of the connections of the process, what the door of one world may use. */
export const WORLD_DOOR_SHARE = 0.25;

const DOOR_WORDS = {
  full: 'the upstream accepts no more connections: SHOWSTOPPER_MAX_CONNECTIONS is reached',
  'share-full': 'the door of a world accepts no more connections: it has its share of SHOWSTOPPER_MAX_CONNECTIONS',
  room: 'the door accepts connections again',
  stuck: 'a door cannot be brought to what rules want; trying again',
  mended: 'the door is as rules want it again',
  'flood-fails': 'the flood in front of a door is not what its rule says',
} as const;

export class ProcessDoors {
  readonly #settings: ProcessDoorsSettings;
  readonly #all = new Set<Doors>();
  readonly #floodProcess: FloodProcess;
  readonly #darkPlaces = new DarkPlaces();
  /** Of doors that are gone. */
  #pastGhosts = 0;

  constructor(settings: ProcessDoorsSettings) {
    this.#settings = settings;
    this.#floodProcess = new FloodProcess(settings.clock);
  }

  /** Makes the configured doors; `find` finds the worlds that paths name there. They open by their own `open`. */
  configured(home: OpenWorld, addresses: DoorsSettings['doors'], find: WorldsBehindDoor['find']): Doors {
    const { config, limit } = this.#settings;
    return this.#make(home, addresses, { worlds: { home, linkBase: config.publicUrl, ...(find && { find }) }, limit });
  }

  /** Opens a door for one world alone, at a port or at any that is free; throws a Refusal that says why it cannot be had. */
  async openOwn(world: OpenWorld, asked: number | undefined): Promise<OwnDoor> {
    const { config, limit } = this.#settings;
    const ports = portsFor(asked, config.worldPorts);
    for (const port of ports) {
      const doors = this.#make(world, [{ name: MAIN_DOOR, host: config.host, port }], {
        worlds: { home: world },
        limit: limit.share(WORLD_DOOR_SHARE),
      });
      try {
        await doors.open();
      } catch (error) {
        await this.#close(doors);
        if (error instanceof DoorUnopened && isTaken(error)) continue;
        throw error instanceof DoorUnopened ? unopened(error) : error;
      }
      const [door] = doors.all;
      const taken = door?.port ?? port;
      return {
        doors,
        port: taken,
        url: ownUrl(config, taken),
        close: () => this.#close(doors),
      };
    }
    throw new Refusal('conflict', takenWords(asked, config.worldPorts));
  }

  get count(): number {
    return this.#sum(({ count }) => count);
  }

  /** Of the connections, those of floods. */
  get floodCount(): number {
    return this.#sum(({ floodCount }) => floodCount);
  }

  /** Doors that rules want dark. */
  get toBeDark(): number {
    return this.#sum(({ all, notDark }) => all.length - notDark.length);
  }

  /** Connections found over without having said so, since the start. */
  get ghosts(): number {
    return this.#pastGhosts + this.#sum(({ ghosts }) => ghosts);
  }

  /** What is wrong with the doors themselves. */
  get troubles(): number {
    return this.#sum(({ troubles }) => troubles.length);
  }

  /** On whatever door they came. */
  async dropUnderWay(world: object): Promise<number> {
    const dropped = await Promise.all([...this.#all].map((doors) => doors.dropUnderWay(world)));
    return dropped.reduce((sum, each) => sum + each, 0);
  }

  #sum(of: (doors: Doors) => number): number {
    let sum = 0;
    for (const doors of this.#all) sum += of(doors);
    return sum;
  }

  #make(world: OpenWorld, addresses: DoorsSettings['doors'], { worlds, limit }: Behind): Doors {
    const { clock, app, clients, log } = this.#settings;
    const doors = new Doors({
      doors: addresses,
      limit,
      floodProcess: this.#floodProcess,
      darkPlaces: this.#darkPlaces,
      clock,
      world,
      onRequest: createExchange({ worlds, app, clients, clock, requestIdPrefix: `req_${world.seed.toString(36)}_` }),
      onDoor: (door, state, facts) => log.warn({ world: world.name, door, ...facts }, DOOR_WORDS[state]),
    });
    this.#all.add(doors);
    return doors;
  }

  async #close(doors: Doors): Promise<void> {
    await doors.close();
    this.#pastGhosts += doors.ghosts;
    this.#all.delete(doors);
  }
}

interface Behind {
  readonly worlds: WorldsBehindDoor;
  readonly limit: MaxConnections;
}

function portsFor(asked: number | undefined, range: Config['worldPorts']): number[] {
  if (asked === undefined)
    return range ? Array.from({ length: range.to - range.from + 1 }, (_, at) => range.from + at) : [0];
  if (range && (asked < range.from || asked > range.to))
    throw new Refusal(
      'validation_failed',
      `door: must be true or a port from ${range.from} to ${range.to}, as SHOWSTOPPER_WORLD_PORTS says, got ${asked}`,
    );
  return [asked];
}

const codeOf = ({ cause }: DoorUnopened): string | undefined => (cause as NodeJS.ErrnoException | undefined)?.code;
const isTaken = (error: DoorUnopened): boolean => codeOf(error) === 'EADDRINUSE';

const unopened = (error: DoorUnopened): Refusal =>
  new Refusal(
    'validation_failed',
    `door: port ${error.address.port} cannot be had here (${codeOf(error) ?? 'unknown error'}); take another, or true for any that is free`,
  );

const takenWords = (asked: number | undefined, range: Config['worldPorts']): string =>
  asked === undefined
    ? `every port of SHOWSTOPPER_WORLD_PORTS (${range?.from}-${range?.to}) is taken; delete a world that has one, or widen the range`
    : `door: port ${asked} is taken; take another, or true for any that is free`;

/** As clients call it: by the host of the public URL, if there is one. */
function ownUrl({ host, publicUrl }: Pick<Config, 'host' | 'publicUrl'>, port: number): string {
  return urlOf(publicUrl === undefined ? host : urlHost(new URL(publicUrl)), port);
}
