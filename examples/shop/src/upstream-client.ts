// The upstream's operations as the shop calls them: each guarded, and each change under an idempotency key.
import { type Answer, type Call, callOnce, type Fields } from './http-call.ts';
import { createGuard, type ResilienceSettings } from './resilience.ts';
import type { Customer, Discount, Order, Reservation, SeatMap, Session } from './upstream-types.ts';

export interface UpstreamSettings extends ResilienceSettings {
  readonly baseUrl: string;
  readonly key: string;
  readonly timeoutMs: number;
}

export interface OrderRequest {
  readonly reservationId: string;
  readonly externalRef: string;
  readonly customer: Customer;
  readonly discountCode?: string;
  readonly payment: { readonly method: 'seller' } | { readonly method: 'redirect'; readonly returnUrl: string };
}

export type UpstreamClient = ReturnType<typeof createUpstreamClient>;

export function createUpstreamClient({ baseUrl, key, timeoutMs, ...resilience }: UpstreamSettings) {
  const guard = createGuard(resilience);
  const ask = (call: Call): Promise<Answer> => {
    const headers = { authorization: `Bearer ${key}`, ...call.headers };
    return guard(() => callOnce(baseUrl, { ...call, headers }, timeoutMs));
  };
  const get = async <T>(path: string, isWhole: Call['isWhole']): Promise<T> =>
    (await ask({ method: 'GET', path, isWhole })).body as T;
  /** `once` names the change: however often it is sent, it is made once. */
  const post = async <T>(path: string, body: object, once: string, isWhole: Call['isWhole']): Promise<T> => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': once };
    return (await ask({ method: 'POST', path, body, headers, isWhole })).body as T;
  };
  const seatMaps = new Map<string, { readonly etag: string; readonly map: SeatMap }>();

  return {
    sessions: async () => (await get<{ data: readonly Session[] }>('/sessions?limit=100', listOf(isSession))).data,
    /** Its seats are sent only when they have changed. */
    async seatMap(sessionId: string): Promise<SeatMap> {
      const known = seatMaps.get(sessionId);
      const path = `/sessions/${sessionId}/seat-map`;
      const headers: Record<string, string> = known ? { 'if-none-match': known.etag } : {};
      const { status, etag, body } = await ask({ method: 'GET', path, headers, isWhole: has('rows') });
      if (known && status === 304) return known.map;
      const map = body as SeatMap;
      if (etag !== null) seatMaps.set(sessionId, { etag, map });
      return map;
    },
    reserve: (sessionId: string, seats: readonly string[], customerRef: string, once: string) =>
      post<Reservation>(`/sessions/${sessionId}/reservations`, { seats, customerRef }, once, has('id', 'amount')),
    discount: (request: { code: string; sessionId: string; seats: readonly string[]; customerRef: string }) =>
      post<Discount>('/discounts/validate', request, crypto.randomUUID(), has('valid')),
    createOrder: (request: OrderRequest) =>
      post<Order>('/orders', request, `order-${request.externalRef}`, has('id', 'amount', 'payment')),
    /** The answer may be that it is pending: the order itself says what became of it. */
    completeOrder: (orderId: string) =>
      post<unknown>(`/orders/${orderId}/complete`, {}, `complete-${orderId}`, has('status')),
    cancelOrder: (orderId: string) =>
      post<unknown>(`/orders/${orderId}/cancel`, {}, `cancel-${orderId}`, has('status')),
    async findOrder(externalRef: string): Promise<Order | undefined> {
      const path = `/orders?externalRef=${encodeURIComponent(externalRef)}`;
      return (await get<{ data: readonly Order[] }>(path, listOf(has('id', 'status')))).data[0];
    },
  };
}

const has =
  (...names: readonly string[]) =>
  (body: Fields): boolean =>
    names.every((name) => body[name] !== undefined);

const listOf =
  (isWhole: (entry: Fields) => boolean) =>
  ({ data }: Fields): boolean =>
    Array.isArray(data) && (data as readonly Fields[]).every(isWhole);

const isSession = has('id', 'film', 'startsAt', 'status', 'available');
