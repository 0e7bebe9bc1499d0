// What the director keeps of each world: what is in force there, and every action that was done.
import type { Topic } from '../base/topic.ts';
import { type Action, Actions, type Caller, SERVER } from './actions.ts';
import { ActivationTable } from './activation-table.ts';
import type { World } from './world-port.ts';

export class WorldRecords {
  readonly #told: Topic<Action>;
  readonly #tables = new Map<World, ActivationTable>();
  readonly #forgotten = new WeakSet<World>();

  /** `told` hears of every action in every world. */
  constructor(told: Topic<Action>) {
    this.#told = told;
  }

  get all(): ReadonlyMap<World, ActivationTable> {
    return this.#tables;
  }

  of(world: World): ActivationTable {
    const known = this.#tables.get(world);
    if (known) return known;
    const table = new ActivationTable(world, new Actions(), (subject, ended) => {
      this.add(world, 'expire', SERVER, subject, ended);
    });
    if (!this.#forgotten.has(world)) this.#tables.set(world, table); // what ends late in a world that is gone is kept nowhere
    return table;
  }

  add(world: World, verb: string, caller: Caller, body: object, result: object): void {
    const { actions } = this.of(world);
    this.#told.publish(actions.record({ at: world.clock.now(), world: world.name, verb, caller, body, result }));
  }

  /** Its timers stop, and nothing of it is kept. */
  forget(world: World): void {
    this.#tables.get(world)?.close();
    this.#tables.delete(world);
    this.#forgotten.add(world);
  }

  close(): void {
    for (const table of this.#tables.values()) table.close();
    this.#tables.clear();
  }
}
