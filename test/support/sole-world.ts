// A process that has one world and makes no others, for tests of what is asked of worlds one by one.
import { Refusal } from '../../src/base/refusal.ts';
import { createTopic } from '../../src/base/topic.ts';
import type { World } from '../../src/director/world-port.ts';
import type { WorldLine, Worlds } from '../../src/director/worlds-port.ts';

const NOTHING = { rules: 0, open: 0, held: 0 };

export function soleWorld(world: World): Worlds {
  const { name, seed, catalog, startedAt } = world;
  const line: WorldLine = {
    name,
    seed,
    catalog,
    path: '',
    made: 'at-start',
    headerFaults: false,
    journal: { bodies: false },
    startedAt,
    ...NOTHING,
  };
  const none = (asked: string): never => {
    throw new Refusal('world_unknown', `there is no world ${asked}`);
  };
  const find = (asked: string): World => (asked === name ? world : none(asked));
  return {
    default: world,
    all: [world],
    get: find,
    enter: (asked) => ({ world: find(asked), made: false }),
    list: () => [line],
    line: (asked) => (asked === name ? line : none(asked)),
    put: async (asked) => none(asked),
    delete: async (asked) => none(asked),
    use: () => () => {},
    takeBack: () => {},
    opened: createTopic(),
    closed: createTopic(),
  };
}
