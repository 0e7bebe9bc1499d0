// What a world is made of: what it shares with all worlds of its process, and what is its own.
import type { Clock } from '../base/clock.ts';
import type { Pseudonym } from '../base/pseudonym.ts';
import type { PaymentRules } from '../box-office/paying/money.ts';
import type { Director } from '../director/director.ts';
import type { ProcessConditions } from '../faults/fault.ts';
import type { KnownNames } from '../faults/known-names.ts';
import type { ByteBudget } from '../journal/byte-budget.ts';
import type { Capability } from '../payments/capability.ts';
import type { ScenarioShelf } from '../shelf/scenario-shelf.ts';
import type { SharedByWebhooks } from '../webhooks/sending.ts';
import type { Seasons } from './seasons.ts';

/** What all worlds of a process share. */
export interface SharedByWorlds {
  readonly clock: Clock;
  readonly director: Director;
  readonly scenarios: ScenarioShelf;
  readonly seasons: Seasons;
  readonly timeScale: number;
  readonly reservationTtlMs: number;
  readonly paymentRules: PaymentRules;
  readonly paymentToken: Capability;
  readonly journalMaxEntries: number;
  /** Of all journals together. */
  readonly journalBudget: ByteBudget;
  /** In the place of what sellers call their orders and customers, in every journal. */
  readonly pseudonym: Pseudonym;
  /** What rules may name. */
  readonly known: KnownNames;
  readonly webhooks: SharedByWebhooks;
  /** Ends the requests of a world that are under way, on whatever door, and not done yet; gives how many. */
  dropUnderWay(world: object): Promise<number>;
  /** Hears of failures of those who listen. */
  failed(error: unknown): void;
}

export interface WorldSettings {
  readonly name: string;
  readonly seed: number;
  /** A shipped season, or the catalogue file of the process. */
  readonly catalog: string;
  /** What the server can do for it here and now. */
  readonly conditions: ProcessConditions;
  /** Its requests may ask for faults by header. */
  readonly headerFaults?: boolean | undefined;
  /** Its journal keeps what requests carried. */
  readonly keepsBodies?: boolean | undefined;
}
