// How many doors of a process may be dark at once: each has a helper process, from its start until it has ended.
import { MAX_DARK_DOORS } from './door-conditions.ts';

export class DarkPlaces {
  #taken = 0;

  /** Throws an error when none is left. */
  take(): void {
    if (this.#taken >= MAX_DARK_DOORS)
      throw new Error(`${MAX_DARK_DOORS} doors of the process are dark already, as many as may be`);
    this.#taken++;
  }

  giveBack(): void {
    this.#taken--;
  }
}
