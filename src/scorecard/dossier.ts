// What is known about one client: rows of its attempts and of what happened to its tickets, and its webhooks.
import { Arrivals, byTime } from './arrivals.ts';
import { ATTEMPT_LAYOUT, RowAttempt } from './attempt-rows.ts';
import { Columns, type KnownTexts } from './columns.ts';
import type { Delivery, Evidence, Happened } from './evidence.ts';
import { HAPPENED_LAYOUT, RowHappened } from './happened-rows.ts';
import { Names } from './names.ts';
import type { ClientRows } from './row-reader.ts';

interface Known extends Pick<Evidence, 'happened' | 'deliveries'> {
  readonly arrivals: Arrivals;
}

export class Dossier {
  readonly #names = new Names();
  #arrivals = new Arrivals();
  #happened: Happened[] = [];
  readonly #deliveries: Delivery[] = [];
  /** Where what is known of them lies. */
  #columns: { attempts?: Columns; happened?: Columns } = {};

  /** Where they go, whose texts are these. */
  attempts(texts: KnownTexts): ClientRows {
    this.#columns.attempts ??= new Columns(ATTEMPT_LAYOUT, texts, (of, row) =>
      this.#arrivals.add(new RowAttempt(of, row)),
    );
    return { columns: this.#columns.attempts, names: this.#names };
  }

  /** Where they go, whose texts are these. */
  happened(texts: KnownTexts): ClientRows {
    this.#columns.happened ??= new Columns(HAPPENED_LAYOUT, texts, (of, row) =>
      this.#happened.push(new RowHappened(of, row)),
    );
    return { columns: this.#columns.happened, names: this.#names };
  }

  deliver(delivery: Delivery): void {
    const { order } = delivery;
    this.#deliveries.push({ ...delivery, order: typeof order === 'string' ? this.#names.ofText(order) : null });
  }

  /** Nothing more comes. */
  close(): void {
    this.#names.forget();
  }

  /** By time; once. */
  read(): Known {
    const [happened, deliveries] = [this.#happened.sort(byTime), this.#deliveries.sort(byTime)];
    return { arrivals: this.#arrivals.byTime, happened, deliveries };
  }

  /** Nothing of it is read any more. */
  forget(): void {
    this.#columns.attempts?.forget();
    this.#columns.happened?.forget();
    this.#columns = {};
    this.#arrivals = new Arrivals();
    this.#happened = [];
  }
}
