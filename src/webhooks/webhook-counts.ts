// What became of webhooks since the process began, of all worlds together, those that are gone among them.

export class WebhookCounts {
  #well = 0;
  #badly = 0;
  #dropped = 0;

  /** An attempt has ended. */
  attempted(well: boolean): void {
    if (well) this.#well++;
    else this.#badly++;
  }

  /** A webhook found its queue full. */
  dropped(): void {
    this.#dropped++;
  }

  get now(): { readonly delivered: number; readonly failed: number; readonly dropped: number } {
    return { delivered: this.#well, failed: this.#badly, dropped: this.#dropped };
  }
}
