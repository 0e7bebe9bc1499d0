// Which orders a seller made under a reference of its own, in order of creation.
import type { Order } from '../order.ts';
import type { Aggregate, Draft, Store } from './store.ts';

export interface References {
  orderIds: readonly string[];
}

export class ReferencesDraft implements Draft {
  orderIds: readonly string[];
  readonly #references: References;

  constructor(references: References) {
    this.#references = references;
    this.orderIds = references.orderIds;
  }

  commit(): void {
    this.#references.orderIds = this.orderIds;
  }
}

/** Client names have no line break, so the id is unambiguous. */
export const referencesOf = (client: string, externalRef: string): Aggregate<References, ReferencesDraft> => ({
  kind: 'reference',
  id: `${client}\n${externalRef}`,
  begin: () => ({ orderIds: [] }),
  draft: (state) => new ReferencesDraft(state),
  isEmpty: (state) => state.orderIds.length === 0,
});

/** Orders that are no longer kept are no longer found. */
export function forgetReferences(store: Store, orders: readonly Order[]): void {
  for (const { id, client, externalRef } of orders)
    store.settle(referencesOf(client, externalRef), (draft) => {
      draft.orderIds = draft.orderIds.filter((known) => known !== id);
    });
}
