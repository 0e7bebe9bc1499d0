// Which rehearsal the reconciliations of a world belong to: the one that runs there, or the last that has ended, while its books are there.
import type { Director } from '../director/director.ts';
import type { World } from '../director/world-port.ts';
import type { Worlds } from '../director/worlds-port.ts';
import { type ReconciliationMade, recordedReconciliation } from './reconciliation.ts';
import type { RecordLog } from './record-log.ts';
import type { Rehearsal } from './rehearsal.ts';

/** Recorded of one rehearsal; those after its end are what counts most, and have room of their own. */
export const MAX_WHILE_RUNNING = 100;
export const MAX_AFTER_END = 20;

/** The last rehearsal that began in a world. */
interface Last {
  readonly rehearsal: Pick<Rehearsal, 'world' | 'finish'>;
  readonly log: RecordLog;
  readonly recorded: { running: number; ended: number };
}

interface Means {
  readonly director: Pick<Director, 'changed'>;
  readonly worlds: Pick<Worlds, 'closed'>;
}

export class Reconciliations {
  readonly #last = new Map<World, Last>();

  constructor({ director, worlds }: Means) {
    worlds.closed.subscribe((world) => this.#last.delete(world));
    director.changed.subscribe(({ verb, world }) => {
      if (verb === 'reset') this.#forgetEnded(world);
    });
  }

  /** From now on those of its world are its own. */
  begun(rehearsal: Last['rehearsal'], log: RecordLog): void {
    this.#last.set(rehearsal.world, { rehearsal, log, recorded: { running: 0, ended: 0 } });
  }

  /** Writes it down where it belongs to a rehearsal; costs nobody any time. */
  made(world: World, made: ReconciliationMade): void {
    const last = this.#last.get(world);
    if (!last) return;
    const { log, rehearsal, recorded } = last;
    const [when, most] = rehearsal.finish
      ? (['ended', MAX_AFTER_END] as const)
      : (['running', MAX_WHILE_RUNNING] as const);
    recorded[when]++;
    const at = world.clock.now();
    if (recorded[when] <= most)
      log.append({ type: 'reconciled', ...recordedReconciliation(made, at, world.pseudonym) });
    else if (recorded[when] === most + 1)
      log.append({ type: 'trouble', at, message: `of reconciliations ${WHEN[when]}, the first ${most} are recorded` });
  }

  /** It can be read no more. */
  forget(rehearsal: Last['rehearsal']): void {
    if (this.#last.get(rehearsal.world)?.rehearsal === rehearsal) this.#last.delete(rehearsal.world);
  }

  /** After a reset the books are others. */
  #forgetEnded(name: string): void {
    for (const [world, { rehearsal }] of this.#last)
      if (world.name === name && rehearsal.finish) this.#last.delete(world);
  }
}

const WHEN = { running: 'while it ran', ended: 'after its end' } as const;
