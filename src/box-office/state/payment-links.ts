// Which payment a URL's token stands for: an aggregate for each token.
import type { Order } from '../order.ts';
import type { Aggregate, Draft, Store } from './store.ts';

/** A payment, and the seller whose it is. */
export interface LinkedPayment {
  readonly id: string;
  readonly client: string;
}

interface Link {
  payment: LinkedPayment | undefined;
}

/** Null: it stands for none any more. */
type LinkPatch = { readonly payment: LinkedPayment | null };

class LinkDraft implements Draft {
  #written: LinkPatch | undefined;

  set(payment: LinkedPayment | null): void {
    this.#written = { payment };
  }

  patch(): LinkPatch | undefined {
    return this.#written;
  }
}

const linkOf = (token: string): Aggregate<Link, LinkDraft> => ({
  kind: 'payment-link',
  id: token,
  begin: () => ({ payment: undefined }),
  draft: () => new LinkDraft(),
  apply: (state, { payment }) => {
    state.payment = payment ?? undefined;
  },
  isEmpty: ({ payment }) => payment === undefined,
});

export function linkPayment(store: Store, token: string, { client, payment: { id } }: Order): void {
  store.settle(linkOf(token), (draft) => draft.set({ id, client }));
}

export const linkedPayment = (store: Store, token: string): LinkedPayment | undefined =>
  store.peek(linkOf(token))?.payment;

/** Payments of orders that are no longer kept are no longer found. */
export function forgetLinks(store: Store, orders: readonly Order[], tokenOf: (paymentId: string) => string): void {
  for (const { payment } of orders)
    if (payment.redirect) store.settle(linkOf(tokenOf(payment.id)), (draft) => draft.set(null));
}
