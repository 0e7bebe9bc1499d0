// One opening of a world's box office: from the world's start, or a reset, until the next.
import type { Topic } from '../base/topic.ts';
import { type BoxOffice, type BoxOfficeClock, createBoxOffice } from '../box-office/box-office.ts';
import type { Fact } from '../box-office/facts.ts';
import type { PaymentRules } from '../box-office/paying/money.ts';
import { createIdempotencyKeys, type IdempotencyKeys } from '../box-office/state/idempotency.ts';
import { createMemoryStore } from '../box-office/state/memory-store.ts';
import type { Store } from '../box-office/state/store.ts';
import type { Capability } from '../payments/capability.ts';
import type { Seasons } from './seasons.ts';

interface OpeningAsked {
  readonly seed: number;
  readonly catalog: string;
  readonly facts: Topic<Fact>;
  readonly clock: BoxOfficeClock;
  readonly firstVersion: number;
  /** Name of the world. */
  readonly world: string;
}

interface OpeningShared {
  readonly seasons: Seasons;
  readonly reservationTtlMs: number;
  readonly paymentRules: PaymentRules;
  readonly paymentToken: Capability;
}

/** It opens when it is first asked for: a world that nobody buys in has no season yet. */
export class Opening {
  readonly seed: number;
  readonly catalog: string;
  readonly keys: IdempotencyKeys;
  readonly #asked: OpeningAsked;
  readonly #shared: OpeningShared;
  readonly #store: Store = createMemoryStore();
  readonly #openedAt: number;
  #boxOffice: BoxOffice | undefined;

  constructor(asked: OpeningAsked, shared: OpeningShared) {
    const { seed, catalog, clock } = asked;
    this.seed = seed;
    this.catalog = catalog;
    this.#asked = asked;
    this.#shared = shared;
    this.#openedAt = clock.now();
    this.keys = createIdempotencyKeys({ store: this.#store, clock });
  }

  get isOpen(): boolean {
    return this.#boxOffice !== undefined;
  }

  get boxOffice(): BoxOffice {
    this.#boxOffice ??= this.#open();
    return this.#boxOffice;
  }

  close(): void {
    this.#boxOffice?.close();
  }

  #open(): BoxOffice {
    const { catalog, seed, facts, clock, firstVersion, world } = this.#asked;
    const { seasons, reservationTtlMs, paymentRules, paymentToken } = this.#shared;
    return createBoxOffice({
      ...{ store: this.#store, clock, seed, facts, reservationTtlMs, firstVersion },
      openedAt: this.#openedAt,
      paymentRules,
      paymentToken: (paymentId) => paymentToken({ world, paymentId, boxOffice: String(firstVersion) }),
      season: seasons.get(catalog, seed),
    });
  }
}
