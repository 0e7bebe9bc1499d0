// Which orders a seller made under a reference of its own, in order of creation.
import type { Order } from '../order.ts';
import { applyWrites, Overlay, type Writes } from './overlay.ts';
import { forgetLinks } from './payment-links.ts';
import type { Aggregate, Draft, Store } from './store.ts';

export interface References {
  /** By order id, in order of creation. */
  readonly orders: Map<string, true>;
}

export class ReferencesDraft implements Draft {
  readonly orders: Overlay<true>;

  constructor(references: References) {
    this.orders = new Overlay(references.orders);
  }

  patch(): Writes<true> | undefined {
    return this.orders.writes();
  }
}

/** Client names have no line break, so the id is unambiguous. */
export const referencesOf = (client: string, externalRef: string): Aggregate<References, ReferencesDraft> => ({
  kind: 'reference',
  id: `${client}\n${externalRef}`,
  begin: () => ({ orders: new Map() }),
  draft: (state) => new ReferencesDraft(state),
  apply: ({ orders }, writes) => applyWrites(orders, writes),
  isEmpty: ({ orders }) => orders.size === 0,
});

/** Orders that are no longer kept are no longer found, and neither are their payments. */
export function forgetOrders(store: Store, orders: readonly Order[], tokenOf: (paymentId: string) => string): void {
  for (const { id, client, externalRef } of orders)
    store.settle(referencesOf(client, externalRef), (draft) => draft.orders.delete(id));
  forgetLinks(store, orders, tokenOf);
}

/** Every seller and reference that has orders, with their ids. */
export function* allReferences(store: Store): Generator<ReferencedOrders> {
  for (const [id, { orders }] of store.all('reference') as Iterable<readonly [string, References]>) {
    const end = id.indexOf('\n');
    yield { client: id.slice(0, end), externalRef: id.slice(end + 1), orders: orders.keys() };
  }
}

export interface ReferencedOrders {
  readonly client: string;
  readonly externalRef: string;
  readonly orders: Iterable<string>;
}
