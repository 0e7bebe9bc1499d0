// Counts what a world does, second by second: offered, answered, held, goodput, errors, latency, and how this server is.
import type { World } from '../director/world-port.ts';
import type { ArrivalEntry } from '../journal/entry.ts';
import { hasServed } from '../journal/served.ts';

/** How this server itself is. */
export interface Vitals {
  /** 99th percentile of how late the event loop was since the last look, in milliseconds. */
  lagMs(): number;
  /** Resident memory of the process. */
  memoryBytes(): number;
}

/** One second, or a little more of a busy one. */
export interface Sample {
  /** Its end, epoch ms. */
  readonly at: number;
  /** Requests that arrived. */
  readonly offered: number;
  /** That ended with a whole answer, whatever it said. */
  readonly answered: number;
  /** Of those, the ones that served their client. */
  readonly goodput: number;
  /** That ended in any other way. */
  readonly errors: number;
  /** Open at its end. */
  readonly open: number;
  /** Held by a rule at its end. */
  readonly held: number;
  /** From arrival to end, of answered ones; null without any. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  readonly lagMs: number;
  readonly memoryBytes: number;
}

/** Of one second; of what comes beyond, no latency is looked at. */
const MAX_LATENCIES = 20_000;

export class Sampler {
  readonly #world: Pick<World, 'inFlight' | 'holds' | 'clock'>;
  readonly #vitals: Vitals;
  /** Whose errors count for the share of them; null: everybody's. */
  readonly #client: string | null;
  readonly #latencies = new Float64Array(MAX_LATENCIES);
  #ended = 0;
  #answered = 0;
  #good = 0;
  #open: number;
  #clientEnded = 0;
  #clientGood = 0;

  constructor(world: Pick<World, 'inFlight' | 'holds' | 'clock'>, vitals: Vitals, client: string | null) {
    this.#world = world;
    this.#vitals = vitals;
    this.#client = client;
    this.#open = world.inFlight();
  }

  take(entry: ArrivalEntry): void {
    if (entry.kind !== 'exchange') return;
    const good = hasServed(entry);
    this.#ended++;
    if (good) this.#good++;
    if (this.#client === null || entry.client === this.#client) {
      this.#clientEnded++;
      if (good) this.#clientGood++;
    }
    if (entry.ended !== 'answered') return;
    if (this.#answered < MAX_LATENCIES) this.#latencies[this.#answered] = (entry.endedAt ?? entry.at) - entry.at;
    this.#answered++;
  }

  /** Since the last one; `errorShare` is of the client, null where none of its requests ended. */
  sample(): { readonly sample: Sample; readonly errorShare: number | null } {
    const open = this.#world.inFlight();
    const latencies = this.#latencies.subarray(0, Math.min(this.#answered, MAX_LATENCIES)).sort();
    const at = (quantile: number): number | null => latencies[Math.ceil(latencies.length * quantile) - 1] ?? null;
    const sample: Sample = {
      at: this.#world.clock.now(),
      offered: Math.max(0, this.#ended + open - this.#open),
      answered: this.#answered,
      goodput: this.#good,
      errors: this.#ended - this.#good,
      open,
      held: this.#world.holds.size,
      ...{ p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) },
      lagMs: Math.round(this.#vitals.lagMs() * 10) / 10,
      memoryBytes: this.#vitals.memoryBytes(),
    };
    const errorShare = this.#clientEnded === 0 ? null : 1 - this.#clientGood / this.#clientEnded;
    this.#open = open;
    this.#ended = this.#answered = this.#good = this.#clientEnded = this.#clientGood = 0;
    return { sample, errorShare };
  }
}
