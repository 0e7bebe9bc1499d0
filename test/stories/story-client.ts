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
}

const HONEST_NOES = [409, 410, 422];

export class StoryClient {
  readonly calls: Call[] = [];
  readonly #base: string;
  readonly #workers: readonly Pool[];
  readonly #sessions: readonly string[];
  readonly #reservations: string[] = [];
  readonly #orders: string[] = [];
  readonly #underWay = new Set<Promise<void>>();
  #nth = 0;

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
        const body = { reservationId, externalRef: customerRef, customer, payment: { method: 'seller' } };
        return { operation, path: '/v1/orders', body };
      }
      case 'completeOrder': {
        const order = this.#orders.shift();
        if (order === undefined) return this.#asked('listSessions', nth);
        return { operation, path: `/v1/orders/${order}/complete`, body: { paymentReference: 'bank-1' } };
      }
    }
  }

  async #call(asked: Asked, nth: number): Promise<void> {
    const beganAt = performance.now();
    const outcome = await this.#outcomeOf(asked, nth);
    this.calls.push({ operation: asked.operation, beganAt, endedAt: performance.now(), outcome });
  }

  async #outcomeOf({ operation, path, body }: Asked, nth: number): Promise<Outcome> {
    try {
      const answer = await request(this.#base + path, {
        dispatcher: this.#workers[nth % WORKERS],
        method: body ? 'POST' : 'GET',
        headers: {
          'x-api-key': 'story',
          ...(body && { 'content-type': 'application/json', 'idempotency-key': `${operation}-${nth}` }),
        },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const text = await answer.body.text();
      if (String(answer.headers['content-type']).startsWith('text/html')) return 'page';
      if (HONEST_NOES.includes(answer.statusCode)) return 'honest-no';
      if (answer.statusCode >= 300) return `${answer.statusCode}` as Outcome;
      return this.#isTrue(operation, JSON.parse(text)) ? 'success' : 'wrong';
    } catch (error) {
      return failureOf(error as NodeJS.ErrnoException);
    }
  }

  /** Whether an answer is what was asked for; keeps what the next steps of the flow need. */
  #isTrue(operation: Operation, answer: { id?: string; valid?: boolean; status?: string }): boolean {
    if (operation === 'validateDiscount') return answer.valid === true;
    if (operation === 'completeOrder') return answer.status === 'completed';
    if (operation === 'reserveSeats') keep(this.#reservations, answer.id);
    if (operation === 'createOrder') keep(this.#orders, answer.id);
    return true;
  }
}

function keep(hand: string[], id: string | undefined): void {
  if (id !== undefined && hand.length < MAX_IN_HAND) hand.push(id);
}

function failureOf(error: NodeJS.ErrnoException): Outcome {
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'timeout';
  return error.code === 'ECONNREFUSED' ? 'refused' : 'cut';
}
