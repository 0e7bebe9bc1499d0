// A seller's software without any resilience: calls at a steady rate over pooled sockets, each given up after three seconds.
import { Pool, request } from 'undici';
import type { CallFailure } from '../../src/shelf/phase.ts';

/** How long a call waits for its whole answer. */
export const PATIENCE_MS = 3000;
/** A site of several workers, each with a pool of its own. */
const WORKERS = 12;
const POOLED = { connections: 256, pipelining: 1, keepAliveTimeout: 4000 };
/** Reservations and orders kept for the steps after them. */
const MAX_IN_HAND = 200;
const FLOW = [
  'listSessions',
  'getSession',
  'getSeatMap',
  'validateDiscount',
  'reserveSeats',
  'createOrder',
  'paymentPage',
  'threeDSecure',
  'completeOrder',
] as const;
export type Operation = (typeof FLOW)[number];

/** `honest-no`: what the box office may say on any day (409, 410, 422); it says nothing about the upstream's health. */
export type Outcome = 'success' | 'honest-no' | CallFailure;

/** One call; times are `performance.now()`. */
export interface Call {
  readonly operation: Operation;
  readonly beganAt: number;
  readonly endedAt: number;
  readonly outcome: Outcome;
}

interface Asked {
  readonly operation: Operation;
  readonly path: string;
  readonly body?: object;
  /** Of a page, instead of a body. */
  readonly form?: Readonly<Record<string, string>>;
  /** The order that is paid at a page. */
  readonly order?: string;
}

/** An order whose buyer is to send a form next. */
interface AtPage {
  readonly order: string;
  readonly path: string;
}

interface Answer {
  readonly id?: string;
  readonly valid?: boolean;
  readonly status?: string;
  readonly payment?: { readonly redirectUrl?: string };
}

const HONEST_NOES = [409, 410, 422];
const RETURN = 'http://shop.test/return';
/** In what the upstream's own pages are written, and no page of another's is. */
const OWN_PAGE = 'data-page=';

export class StoryClient {
  readonly calls: Call[] = [];
  readonly #base: string;
  readonly #workers: readonly Pool[];
  readonly #sessions: readonly string[];
  readonly #reservations: string[] = [];
  /** By redirect, and not paid yet. */
  readonly #unpaid: AtPage[] = [];
  readonly #challenged: AtPage[] = [];
  /** To be completed: paid at the pages, or by the seller itself. */
  readonly #orders: string[] = [];
  readonly #underWay = new Set<Promise<void>>();
  #nth = 0;
  #ordered = 0;

  private constructor(base: string, sessions: readonly string[]) {
    this.#base = base;
    this.#workers = Array.from({ length: WORKERS }, () => new Pool(base, POOLED));
    this.#sessions = sessions;
  }

  /** Looks at what is on sale, in calm weather. */
  static async open(base: string): Promise<StoryClient> {
    const listed = await fetch(`${base}/v1/sessions?status=on_sale&limit=100`, { headers: { 'x-api-key': 'story' } });
    const { data } = (await listed.json()) as { data: { id: string; available: number }[] };
    const roomy = data.filter(({ available }) => available > 20).map(({ id }) => id);
    return new StoryClient(base, roomy);
  }

  /** Begins the next call of the flow; what needs a reservation or an order in hand is left out while there is none. */
  tick(): void {
    const operation = FLOW[this.#nth % FLOW.length] ?? 'listSessions';
    const nth = this.#nth++;
    const done = this.#call(this.#asked(operation, nth), nth).finally(() => this.#underWay.delete(done));
    this.#underWay.add(done);
  }

  async close(): Promise<void> {
    await Promise.all(this.#underWay);
    await Promise.all(this.#workers.map((worker) => worker.destroy()));
  }

  #asked(operation: Operation, nth: number): Asked {
    const session = this.#sessions[nth % this.#sessions.length] ?? '';
    const customerRef = `buyer-${nth}`;
    switch (operation) {
      case 'listSessions':
        return { operation, path: `/v1/sessions?limit=${(nth % 20) + 1}` };
      case 'getSession':
        return { operation, path: `/v1/sessions/${session}` };
      case 'getSeatMap':
        return { operation, path: `/v1/sessions/${session}/seat-map` };
      case 'validateDiscount': {
        const body = { code: 'FESTIVAL20', sessionId: session, seats: ['A-1'], customerRef };
        return { operation, path: '/v1/discounts/validate', body };
      }
      case 'reserveSeats': {
        const body = { bestAvailable: { count: 1 }, customerRef };
        return { operation, path: `/v1/sessions/${session}/reservations`, body };
      }
      case 'createOrder': {
        const reservationId = this.#reservations.shift();
        if (reservationId === undefined) return this.#asked('listSessions', nth);
        const customer = { name: 'A Buyer', phone: '09120000000' };
        const body = { reservationId, externalRef: customerRef, customer, payment: this.#payment() };
        return { operation, path: '/v1/orders', body };
      }
      case 'paymentPage': {
        const at = this.#unpaid.shift();
        return at ? { operation, ...at, form: { attempt: '1', card: 'challenge' } } : this.#asked('listSessions', nth);
      }
      case 'threeDSecure': {
        const at = this.#challenged.shift();
        return at ? { operation, ...at, form: { attempt: '1', answer: 'approve' } } : this.#asked('listSessions', nth);
      }
      case 'completeOrder': {
        const order = this.#orders.shift();
        if (order === undefined) return this.#asked('listSessions', nth);
        return { operation, path: `/v1/orders/${order}/complete`, body: { paymentReference: 'bank-1' } };
      }
    }
  }

  /** In turn: a shop that offers both goes on to complete orders while pages are down. */
  #payment(): object {
    const byRedirect = this.#ordered++ % 2 === 0;
    return byRedirect ? { method: 'redirect', returnUrl: RETURN } : { method: 'seller' };
  }

  async #call(asked: Asked, nth: number): Promise<void> {
    const beganAt = performance.now();
    const outcome = await this.#outcomeOf(asked, nth);
    this.calls.push({ operation: asked.operation, beganAt, endedAt: performance.now(), outcome });
  }

  async #outcomeOf(asked: Asked, nth: number): Promise<Outcome> {
    const { operation, path } = asked;
    try {
      const answer = await request(this.#base + path, {
        dispatcher: this.#workers[nth % WORKERS],
        ...sent(asked, nth),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const text = await answer.body.text();
      const isHtml = String(answer.headers['content-type']).startsWith('text/html');
      if (isHtml && !(asked.form && text.includes(OWN_PAGE))) return 'page';
      if (HONEST_NOES.includes(answer.statusCode)) return 'honest-no';
      if (asked.form && answer.statusCode === 303) return this.#isLedOn(asked, String(answer.headers.location));
      if (answer.statusCode >= 300) return `${answer.statusCode}` as Outcome;
      return !asked.form && this.#isTrue(operation, JSON.parse(text)) ? 'success' : 'wrong';
    } catch (error) {
      return failureOf(error as NodeJS.ErrnoException);
    }
  }

  /** Whether a page leads where it should: to the issuer, or back to the shop. */
  #isLedOn({ operation, order = '' }: Asked, location: string): Outcome {
    const { pathname, href } = new URL(location, this.#base);
    if (operation === 'paymentPage' && pathname.includes('/3ds/')) keep(this.#challenged, { order, path: pathname });
    else if (operation === 'threeDSecure' && href.startsWith(RETURN)) keep(this.#orders, order);
    else return 'wrong';
    return 'success';
  }

  /** Whether an answer is what was asked for; keeps what the next steps of the flow need. */
  #isTrue(operation: Operation, { id, valid, status, payment }: Answer): boolean {
    if (operation === 'validateDiscount') return valid === true;
    if (operation === 'completeOrder') return status === 'completed';
    if (operation === 'reserveSeats') keep(this.#reservations, id);
    if (operation === 'createOrder' && id !== undefined) {
      if (payment?.redirectUrl === undefined) keep(this.#orders, id);
      else keep(this.#unpaid, { order: id, path: new URL(payment.redirectUrl).pathname });
    }
    return true;
  }
}

/** Pages are opened without a seller's key. */
function sent({ operation, body, form }: Asked, nth: number) {
  const html = { 'content-type': 'application/x-www-form-urlencoded' };
  if (form) return { method: 'POST', headers: html, body: new URLSearchParams(form).toString() } as const;
  const key = { 'x-api-key': 'story' };
  if (!body) return { method: 'GET', headers: key } as const;
  const json = { 'content-type': 'application/json', 'idempotency-key': `${operation}-${nth}` };
  return { method: 'POST', headers: { ...key, ...json }, body: JSON.stringify(body) } as const;
}

function keep<Kept>(hand: Kept[], one: Kept | undefined): void {
  if (one !== undefined && hand.length < MAX_IN_HAND) hand.push(one);
}

function failureOf(error: NodeJS.ErrnoException): Outcome {
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'timeout';
  return error.code === 'ECONNREFUSED' ? 'refused' : 'cut';
}
