// What a trial has made: what its later questions are about, and what is taken back after it.
import type { Filling, Patient } from './patient.ts';
import { CANCEL, RELEASE } from './plans.ts';
import type { Sight } from './probe.ts';

export class Made {
  readonly #trial: string;
  readonly #run: string;
  readonly #reservations: string[] = [];
  readonly #orders: string[] = [];
  #page: string | undefined;

  /** `run` names this run of the trial, for what must be the same in it and new in the next. */
  constructor(trial: string, run: string) {
    this.#trial = trial;
    this.#run = run;
  }

  get reservation(): string | undefined {
    return this.#reservations.at(-1);
  }

  get filling(): Filling {
    return {
      ...{ trial: this.#trial, run: this.#run, reservation: this.reservation },
      ...{ order: this.#orders.at(-1), page: this.#page },
    };
  }

  /** Keeps the id of a reservation or an order that an answer speaks of, and where the order is paid. */
  note({ status, body }: Sight): void {
    if (status !== 201) return;
    const id = /"id":"([^"]+)"/.exec(body)?.[1];
    if (id === undefined || this.#reservations.includes(id)) return;
    if (!id.startsWith('o_')) this.#reservations.push(id);
    else {
      this.#orders.push(id);
      this.#page = /"redirectUrl":"[^"]*?(\/pay\/[^"]+)"/.exec(body)?.[1];
    }
  }

  /** Sees to it that no seat stays taken. */
  async takeBack(patient: Patient): Promise<void> {
    for (const order of this.#orders) await patient.ask(CANCEL, { order });
    if (this.#orders.length === 0)
      for (const reservation of this.#reservations) await patient.ask(RELEASE, { reservation });
  }
}
