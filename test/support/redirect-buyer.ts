// A shop and its buyer who pay by redirect over HTTP: reserved and ordered, the page, the card, the issuer, the way back, completed.
import { type Asked, ask } from './seller.ts';

/** Who asks for a ticket, and how it is paid. */
export interface Purchase {
  readonly customer: string;
  readonly session: string;
  readonly card: 'succeeds' | 'challenge';
}

export interface Ordered {
  readonly id: string;
  readonly seats: readonly string[];
  /** The payment page. */
  readonly page: string;
}

/** Where a page has led: to another, back to the shop with this status, or nowhere. */
interface Led {
  readonly to?: string;
  readonly back?: string;
}

const RETURN = 'http://shop.test/return';

export class RedirectShop {
  readonly #api: string;
  #keys = 0;

  /** `url` of the upstream, without a slash at its end. */
  constructor(url: string) {
    this.#api = `${url}/v1`;
  }

  async order({ customer, session }: Omit<Purchase, 'card'>, bestAvailable = { count: 1 }): Promise<Ordered> {
    const path = `/sessions/${session}/reservations`;
    const { body: reservation } = await this.#post(path, { bestAvailable, customerRef: customer });
    const { body: order } = await this.#post('/orders', {
      ...{ reservationId: reservation.id, externalRef: customer, customer: { name: customer, phone: '0912' } },
      payment: { method: 'redirect', returnUrl: RETURN },
    });
    return { id: order.id, seats: reservation.seats, page: order.payment.redirectUrl };
  }

  /** All that a buyer does at the pages, who thinks before each answer; gives what the return says, where one led back. */
  async pay({ page }: Ordered, card: Purchase['card'], think: () => Promise<void>): Promise<string | undefined> {
    await visit(page);
    await think();
    const led = await visit(page, { attempt: '1', card });
    if (led.to === undefined) return led.back;
    await visit(led.to);
    await think();
    return (await visit(led.to, { attempt: '1', answer: 'approve' })).back;
  }

  complete = ({ id }: Pick<Ordered, 'id'>): Promise<Asked> => this.#post(`/orders/${id}/complete`, {});

  read = async ({ id }: Pick<Ordered, 'id'>) => (await ask(`${this.#api}/orders/${id}`)).body;

  /** Buys exactly these seats, and pays for them itself; false where they are gone. */
  async buySeats({ customer, session }: Omit<Purchase, 'card'>, seats: readonly string[]): Promise<boolean> {
    const reserved = await this.#post(`/sessions/${session}/reservations`, { seats, customerRef: customer });
    if (reserved.status !== 201) return false;
    const { body: order } = await this.#post('/orders', {
      ...{ reservationId: reserved.body.id, externalRef: customer, customer: { name: customer, phone: '0912' } },
      payment: { method: 'seller' },
    });
    return (await this.complete(order)).body.status === 'completed';
  }

  /** Ids of the seats that nobody has. */
  async free(session: string): Promise<Set<string>> {
    const { body } = await ask(`${this.#api}/sessions/${session}/seat-map`);
    const rows = body.rows as { seats: { id: string; status: string }[] }[];
    const seats = rows.flatMap((row) => row.seats);
    return new Set(seats.filter(({ status }) => status === 'free').map(({ id }) => id));
  }

  #post(path: string, json: object): Promise<Asked> {
    const headers = { 'Idempotency-Key': `k-${++this.#keys}` };
    return ask(this.#api + path, { method: 'POST', json, headers });
  }
}

/** A page is opened, or a form of it sent. */
async function visit(url: string, form?: Record<string, string>): Promise<Led> {
  const sent = form && { method: 'POST', body: new URLSearchParams(form) };
  const answer = await fetch(url, { redirect: 'manual', ...sent });
  await answer.arrayBuffer();
  const location = answer.headers.get('location');
  if (location === null) return {};
  const to = new URL(location, url);
  return to.href.startsWith(RETURN) ? { back: to.searchParams.get('status') ?? '' } : { to: to.href };
}
