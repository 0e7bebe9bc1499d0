// A window of time for each client, bounded: what is over makes room, and clients that come when there is none share one.

/** Clients with a window of their own at once. */
const MAX_CLIENTS = 10_000;

export class ClientWindows<Window> {
  readonly #over: (window: Window) => boolean;
  readonly #windows = new Map<string, Window>();
  #shared: Window | undefined;

  constructor(over: (window: Window) => boolean) {
    this.#over = over;
  }

  /** The one that is running for a client, its own or the shared one. */
  get(client: string): Window | undefined {
    const own = this.#windows.get(client);
    if (own !== undefined) return this.#running(own);
    return this.#hasRoom() ? undefined : this.#running(this.#shared);
  }

  /** Begins one for a client that has none running; behind those that began before. */
  set(client: string, window: Window): void {
    if (!this.#windows.delete(client) && !this.#hasRoom()) this.#shared = window;
    else this.#windows.set(client, window);
  }

  #running(window: Window | undefined): Window | undefined {
    return window !== undefined && !this.#over(window) ? window : undefined;
  }

  /** All last equally long, so that the first to have begun is the first to be over. */
  #hasRoom(): boolean {
    if (this.#windows.size < MAX_CLIENTS) return true;
    for (const [client, window] of this.#windows) {
      if (!this.#over(window)) return false;
      this.#windows.delete(client);
      return true;
    }
    return true;
  }
}
