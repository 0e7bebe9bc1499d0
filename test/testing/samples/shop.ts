// A shop for sample tests: the few calls that sell one seat, with a time-out.

export interface ShopSettings {
  readonly baseUrl: string;
  readonly key: string;
  readonly timeoutMs?: number;
}

export function createShop({ baseUrl, key, timeoutMs = 20_000 }: ShopSettings) {
  const call = async (path: string, json?: object) => {
    const answer = await fetch(`${baseUrl}/v1${path}`, {
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': path },
      ...(json && { method: 'POST', body: JSON.stringify(json) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  return {
    sessions: () => call('/sessions?status=on_sale&limit=1'),
    /** Of the first session on sale. */
    async reserve(seat: string, customerRef: string) {
      const { body } = await call('/sessions?status=on_sale&limit=1');
      const [session] = body.data as { id: string }[];
      return call(`/sessions/${session?.id}/reservations`, { seats: [seat], customerRef });
    },
    async sell(seat: string, customerRef: string, externalRef: string) {
      const { body } = await this.reserve(seat, customerRef);
      const customer = { name: 'Ada', phone: '09120000000' };
      const order = { reservationId: body.id, customer, externalRef, payment: { method: 'seller' } };
      const { body: made } = await call('/orders', order);
      return call(`/orders/${made.id}/complete`, {});
    },
  };
}
