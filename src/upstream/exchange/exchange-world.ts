// The world that a request happens in, as far as its exchange needs it.
import type { Pseudonym } from '../../base/pseudonym.ts';
import type { BoxOffice } from '../../box-office/box-office.ts';
import type { IdempotencyKeys } from '../../box-office/state/idempotency.ts';
import type { CapacityDriver } from '../../capacity/driver.ts';
import type { Engine } from '../../faults/engine.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Holds } from '../../wire/held.ts';

/** A reset puts another box office in the place of this one. */
export interface ExchangeWorld {
  readonly boxOffice: BoxOffice;
  readonly keys: IdempotencyKeys;
  readonly boxOfficeClock: { readonly scale: number };
  readonly engine: Engine;
  readonly capacity: Pick<CapacityDriver, 'settings' | 'serve'>;
  readonly holds: Holds;
  readonly journal: Journal;
  readonly pseudonym: Pseudonym;
}
