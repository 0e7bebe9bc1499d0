// A seller and its buyer, by fetch: an order by redirect, the forms of its pages, and completing it.
import { type Asked, ask } from './seller.ts';

export interface RedirectBuyer {
  readonly id: string;
  readonly seat: string;
  readonly amount: number;
  /** The payment page, and the issuer's. */
  readonly page: string;
  readonly issuer: string;
  /** Sends a form; answers are not followed. */
  submit(url: string, fields: Record<string, string>): Promise<Response>;
  /** What the return says of the payment after this form; undefined where it does not lead back. */
  returned(url: string, fields: Record<string, string>): Promise<string | null | undefined>;
  complete(key: string): Promise<Asked>;
  // biome-ignore lint/suspicious/noExplicitAny: answers are checked by the test that asks
  read(): Promise<any>;
}

let buyers = 0;

/** Of one seat in a session, whose seller brings these headers. */
export async function redirectBuyer(
  url: string,
  headers: Record<string, string> = {},
  session = 's1',
): Promise<RedirectBuyer> {
  const externalRef = `buyer-${++buyers}`;
  const post = (path: string, json: unknown, more: Record<string, string> = {}) =>
    ask(`${url}/v1${path}`, { method: 'POST', json, headers: { ...headers, ...more } });
  const reserved = { bestAvailable: { count: 1 }, customerRef: externalRef };
  const { body: reservation } = await post(`/sessions/${session}/reservations`, reserved);
  const { body: order } = await post('/orders', {
    ...{ reservationId: reservation.id, externalRef, customer: { name: 'Ada', phone: '0912' } },
    payment: { method: 'redirect', returnUrl: 'http://shop.test/back' },
  });
  const page: string = order.payment.redirectUrl;
  const submit = (to: string, fields: Record<string, string>) =>
    fetch(to, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
  return {
    ...{ id: order.id, seat: reservation.seats[0], amount: order.amount },
    ...{ page, issuer: page.replace('/pay/', '/3ds/'), submit },
    async returned(to, fields) {
      const location = (await submit(to, fields)).headers.get('location');
      return location?.startsWith('http://shop.test/') ? new URL(location).searchParams.get('status') : undefined;
    },
    complete: (key) => post(`/orders/${order.id}/complete`, {}, { 'Idempotency-Key': key }),
    read: async () => (await ask(`${url}/v1/orders/${order.id}`, { headers })).body,
  };
}
