// What one client did since counting began, and how it does now: integers, and small rings of the last seconds.
import { type BreakerState, Demand } from './demand.ts';
import { LeaveTimes } from './leave-times.ts';

const MINUTE_S = 60;

export interface ClientRow {
  readonly client: string;
  readonly arrived: number;
  readonly failed: number;
  /** Of the failed, that it left itself. */
  readonly left: number;
  readonly retries: number;
  readonly open: number;
  readonly timeoutMs: number | null;
  readonly breaker: BreakerState | null;
}

export class ClientFigures {
  readonly client: string;
  arrived = 0;
  ended = 0;
  failed = 0;
  retries = 0;
  open = 0;
  /** Arrived in the last minute. */
  inMinute = 0;
  #left = 0;
  #leaveTimes: LeaveTimes | undefined;
  readonly #minute = new Uint32Array(MINUTE_S);
  readonly #demand = new Demand();
  #seconds = 0;
  /** As they were at the end of the last second. */
  #before = { arrived: 0, ended: 0, failed: 0 };

  constructor(client: string) {
    this.client = client;
  }

  leave(afterMs: number): void {
    this.#left++;
    this.#leaveTimes ??= new LeaveTimes();
    this.#leaveTimes.add(afterMs);
  }

  /** A second is over. */
  second(): void {
    const { arrived, ended, failed } = this;
    const came = arrived - this.#before.arrived;
    const at = this.#seconds++ % MINUTE_S;
    this.inMinute += came - (this.#minute[at] as number);
    this.#minute[at] = came;
    this.#demand.second(came, ended - this.#before.ended, failed - this.#before.failed);
    this.#before.arrived = arrived;
    this.#before.ended = ended;
    this.#before.failed = failed;
  }

  get row(): ClientRow {
    const { client, arrived, failed, retries, open } = this;
    const guessed = { timeoutMs: this.#leaveTimes?.timeoutMs ?? null, breaker: this.#demand.state };
    return { client, arrived, failed, left: this.#left, retries, open, ...guessed };
  }
}
