// What is known about one client: rows of its attempts and of what happened to its tickets, and its webhooks.
import { ATTEMPT_LAYOUT, RowAttempt } from './attempt-rows.ts';
import { type Chunk, Columns } from './columns.ts';
import type { Attempt, Delivery, Evidence, Happened } from './evidence.ts';
import { HAPPENED_LAYOUT, RowHappened } from './happened-rows.ts';
import { Names } from './names.ts';
import type { Shelf } from './row-reader.ts';

type Known = Pick<Evidence, 'attempts' | 'happened' | 'deliveries'>;

export class Dossier {
  readonly #names = new Names();
  #attempts: Columns | undefined;
  #happened: Columns | undefined;
  readonly #deliveries: Delivery[] = [];

  /** Where they go, whose common texts are these. */
  attempts(common: readonly string[]): Shelf {
    this.#attempts ??= new Columns(ATTEMPT_LAYOUT, common);
    return { columns: this.#attempts, names: this.#names };
  }

  /** Where they go, whose common texts are these. */
  happened(common: readonly string[]): Shelf {
    this.#happened ??= new Columns(HAPPENED_LAYOUT, common);
    return { columns: this.#happened, names: this.#names };
  }

  deliver(delivery: Delivery): void {
    const { order } = delivery;
    this.#deliveries.push({ ...delivery, order: typeof order === 'string' ? this.#names.ofText(order) : null });
  }

  /** Nothing more comes. */
  close(): void {
    this.#names.forget();
  }

  /** By time. */
  read(isNewestFirst: boolean): Known {
    const attempts: Attempt[] = rowsOf(this.#attempts, isNewestFirst, (of, row) => new RowAttempt(of, row));
    const happened: Happened[] = rowsOf(this.#happened, isNewestFirst, (of, row) => new RowHappened(of, row));
    const deliveries = this.#deliveries;
    for (const list of [attempts, happened, deliveries]) list.sort((a, b) => a.at - b.at); // a record has them as they ended
    return { attempts, happened, deliveries };
  }

  /** Nothing of it is read any more. */
  forget(): void {
    this.#attempts?.forget();
    this.#happened?.forget();
  }
}

/** Of each row, the last first where they came newest first. */
function rowsOf<Item>(
  columns: Columns | undefined,
  isReversed: boolean,
  make: (of: Chunk, row: number) => Item,
): Item[] {
  const items: Item[] = [];
  const chunks = columns?.chunks ?? [];
  for (const chunk of isReversed ? chunks.toReversed() : chunks) {
    const last = chunk.count - 1;
    for (let at = 0; at <= last; at++) items.push(make(chunk, isReversed ? last - at : at));
  }
  return items;
}
