// What is known about one client: rows of its attempts and of what happened to its tickets, and its webhooks.
import { ATTEMPT_LAYOUT, RowAttempt } from './attempt-rows.ts';
import { byTime, Columns, type KnownTexts } from './columns.ts';
import type { Attempt, Delivery, Evidence, Happened } from './evidence.ts';
import { HAPPENED_LAYOUT, RowHappened } from './happened-rows.ts';
import { Names } from './names.ts';
import type { ClientRows } from './row-reader.ts';

type Known = Pick<Evidence, 'attempts' | 'happened' | 'deliveries'>;

export class Dossier {
  readonly #names = new Names();
  #attempts: Columns<Attempt> | undefined;
  #happened: Columns<Happened> | undefined;
  readonly #deliveries: Delivery[] = [];

  /** Where they go, whose texts are these. */
  attempts(texts: KnownTexts): ClientRows {
    this.#attempts ??= new Columns(ATTEMPT_LAYOUT, texts, (of, row) => new RowAttempt(of, row));
    return { columns: this.#attempts, names: this.#names };
  }

  /** Where they go, whose texts are these. */
  happened(texts: KnownTexts): ClientRows {
    this.#happened ??= new Columns(HAPPENED_LAYOUT, texts, (of, row) => new RowHappened(of, row));
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

  /** By time; once. */
  read(): Known {
    const deliveries = this.#deliveries.sort(byTime);
    return { attempts: this.#attempts?.byTime() ?? [], happened: this.#happened?.byTime() ?? [], deliveries };
  }

  /** Nothing of it is read any more. */
  forget(): void {
    this.#attempts?.forget();
    this.#happened?.forget();
    this.#attempts = this.#happened = undefined;
  }
}
