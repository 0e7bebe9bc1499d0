// Asks the admin listener at a fixed pace, whether or not it answers, and keeps how long each answer took.
import { fetchAnswer } from './requests.ts';

const PERIOD_MS = 5;
const PATHS = ['/healthz', '/v1/state'] as const;
/** Answers waited for at the end. */
const LAST_MS = 5000;

export interface Watched {
  /** Of `/healthz` and `/v1/state` in turn, in the order they were asked. */
  readonly ms: readonly number[];
}

export class AdminWatch {
  readonly #admin: string;
  readonly #ms: number[] = [];
  readonly #waiting = new Set<Promise<void>>();
  readonly #timer: NodeJS.Timeout;
  #asked = 0;

  constructor(admin: string) {
    this.#admin = admin;
    this.#timer = setInterval(() => this.#ask(), PERIOD_MS);
  }

  /** An answer that does not come counts as long as it was waited for. */
  async stop(): Promise<Watched> {
    clearInterval(this.#timer);
    await Promise.race([Promise.all(this.#waiting), new Promise((resolve) => setTimeout(resolve, LAST_MS))]);
    for (let i = 0; i < this.#asked; i++) this.#ms[i] ??= LAST_MS;
    return { ms: this.#ms };
  }

  #ask(): void {
    const turn = this.#asked++;
    const began = performance.now();
    const answered = fetchAnswer(this.#admin + PATHS[turn % PATHS.length]).then(({ status }) => {
      this.#ms[turn] = status === 200 ? performance.now() - began : LAST_MS;
    });
    const asking = answered.catch(() => {}).finally(() => this.#waiting.delete(asking));
    this.#waiting.add(asking);
  }
}
