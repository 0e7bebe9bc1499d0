// What a seller believes it has sold, against what was truly sold: the differences, and nothing else.
import { type AuditedOrder, isSold, paidFor } from './audited-order.ts';
import { type Belief, type Believed, GatheredBelief } from './belief.ts';
import { GatheredTruth, type Truth } from './truth.ts';

/**
 * What is wrong, as it looks from the seller's chair. Rows and orders of one reference are taken together, and sums are
 * compared; `completed` rows are those that believe in tickets, sold orders those with tickets that are out.
 */
export const DIFFERENCE_KINDS = [
  /**
   * Somebody paid and has no ticket. The seller believes that its buyer has tickets, and there are orders of that
   * reference, of which none is sold, or fewer than the rows where no row says seats or amount. Or money was taken
   * here, and not given back, for an order without tickets, whatever the seller believes of it.
   */
  'paid-without-ticket',
  /** Tickets are out, and all rows of the seller say that nothing came of it, so that nobody was asked to pay for them. */
  'ticket-without-payment',
  /**
   * Something was sold, or money is here, under a reference that the seller does not name; or more orders are sold than
   * there are completed rows, where no row says seats or amount that would account for them: bought twice, most likely.
   */
  'unknown-to-seller',
  /** The seller believes that its buyer has tickets, and no order of that reference is known. */
  'unknown-to-upstream',
  /** The sum of completed rows is not what was paid for sold orders, and not given back; all rows say an amount. */
  'amount-differs',
  /** Completed rows have more, fewer or other seats than sold orders; all rows say seats. */
  'seats-differ',
] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

export interface Difference {
  readonly kind: DifferenceKind;
  readonly externalRef: string;
  /** Null where the seller does not name it. */
  readonly believed: Belief | null;
  /** Null where nothing is known of it. */
  readonly actual: Truth | null;
  /** Orders are no longer kept that ended without tickets, and it may have been one of them. */
  readonly unsure: boolean;
}

/** First all rows, then all orders, then the differences; each a step at a time. */
export class Reconciliation {
  readonly #beliefs = new Map<string, GatheredBelief>();
  readonly #truths = new Map<string, GatheredTruth>();

  believe(row: Believed): void {
    let belief = this.#beliefs.get(row.externalRef);
    if (!belief) {
      belief = new GatheredBelief();
      this.#beliefs.set(row.externalRef, belief);
    }
    belief.add(row);
  }

  /** An order that is not named, and of which nothing has come, is nobody's concern. */
  see(order: AuditedOrder): void {
    const { externalRef } = order;
    if (!this.#beliefs.has(externalRef) && !isSold(order) && paidFor(order) === 0) return;
    let truth = this.#truths.get(externalRef);
    if (!truth) {
      truth = new GatheredTruth();
      this.#truths.set(externalRef, truth);
    }
    truth.add(order);
  }

  /** How many references the seller named. */
  get references(): number {
    return this.#beliefs.size;
  }

  /** In the order of the rows, then of what the seller does not name; undefined for a step that found none. */
  *differences(forgotten: number): Iterable<Difference | undefined> {
    for (const [externalRef, believed] of this.#beliefs) {
      const actual = this.#truths.get(externalRef) ?? null;
      for (const kind of kindsOf(believed, actual))
        yield { kind, externalRef, believed, actual, unsure: actual === null && forgotten > 0 };
      yield undefined;
    }
    for (const [externalRef, actual] of this.#truths) {
      const isNamed = this.#beliefs.has(externalRef);
      yield isNamed ? undefined : { kind: 'unknown-to-seller', externalRef, believed: null, actual, unsure: false };
    }
  }
}

function kindsOf(believed: Belief, actual: Truth | null): DifferenceKind[] {
  if (!actual) return believed.completed > 0 ? ['unknown-to-upstream'] : [];
  const kinds: DifferenceKind[] = [];
  const { completed, seats, amount } = believed;
  const isUnspecified = seats === null && amount === null;
  const lacks = completed > 0 && (actual.completed === 0 || (isUnspecified && actual.completed < completed));
  if (lacks || actual.stranded > 0) kinds.push('paid-without-ticket');
  if (actual.completed === 0) return kinds;
  if (completed === 0) return [...kinds, 'ticket-without-payment'];
  if (isUnspecified && actual.completed > completed) kinds.push('unknown-to-seller');
  if (amount !== null && amount !== actual.amount) kinds.push('amount-differs');
  if (seats !== null && !hasSeats(believed, actual)) kinds.push('seats-differ');
  return kinds;
}

function hasSeats({ seats, seatIds }: Belief, { sold, soldSeats }: Truth): boolean {
  if (seats !== sold) return false;
  if (!seatIds) return true;
  const actual = [...soldSeats].sort();
  return [...seatIds].sort().every((seat, index) => seat === actual[index]);
}
