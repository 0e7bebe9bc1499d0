// What each stimulus sends, as data.
import type { Stimulus } from '../faults/signature.ts';

/**
 * A request. In it `{session}` stands for one on sale, `{reservation}` and `{order}` for those last made, `{page}` for where
 * the order is paid, `{poll}` for where a ticket is asked about, and `{run}` for a name that only this run of its trial has.
 */
export interface Question {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
  /** A body as a browser sends a form. */
  readonly form?: string;
}

export interface Plan {
  /** Asked while all is well. */
  readonly before?: readonly Question[];
  /** Asked under the fault, each on a connection of its own; the last is watched. */
  readonly ask: readonly Question[];
  /** The last two go over one connection. */
  readonly together?: true;
  /** Another connection is served first, and kept. */
  readonly behind?: true;
  /** The last is asked again and again until its answer is another than the first was. */
  readonly untilOther?: true;
  readonly tls?: true;
  /** Whether the work was done is seen by what there is afterwards: the reservation, by its id. */
  readonly leaves?: 'reservation';
  /** The status that is right without the fault; unset: any 2xx. */
  readonly honestly?: number;
}

const LIST: Question = { method: 'GET', path: '/v1/sessions?limit=3' };
const SEATS: Question = { method: 'GET', path: '/v1/sessions/{session}/seat-map' };
const RESERVE: Question = {
  method: 'POST',
  path: '/v1/sessions/{session}/reservations',
  body: { bestAvailable: { count: 1 }, customerRef: '{run}' },
};
const RESERVE_BY_KEY: Question = { ...RESERVE, headers: { 'Idempotency-Key': '{run}' } };
const EXTEND: Question = { method: 'POST', path: '/v1/reservations/{reservation}/extend' };
export const LOOKUP: Question = { method: 'GET', path: '/v1/reservations/{reservation}' };
export const RELEASE: Question = { method: 'DELETE', path: '/v1/reservations/{reservation}' };
const ORDER: Question = {
  method: 'POST',
  path: '/v1/orders',
  body: {
    ...{ reservationId: '{reservation}', externalRef: '{run}' },
    ...{ customer: { name: 'Doctor', phone: '09120000000' }, payment: { method: 'seller' } },
  },
};
const ORDER_BY_REDIRECT: Question = {
  ...ORDER,
  body: { ...ORDER.body, payment: { method: 'redirect', returnUrl: 'http://localhost/' } },
};
const ORDER_LOOKUP: Question = { method: 'GET', path: '/v1/orders/{order}' };
export const CANCEL: Question = { method: 'POST', path: '/v1/orders/{order}/cancel' };
const PAY: Question = { method: 'POST', path: '{page}', form: 'attempt=1&card=succeeds' };
const COMPLETE: Question = {
  method: 'POST',
  path: '/v1/orders/{order}/complete',
  headers: { 'Idempotency-Key': '{run}' },
};
const COMPLETE_BY_ANOTHER_KEY: Question = { ...COMPLETE, headers: { 'Idempotency-Key': '{run}-again' } };
export const ON_SALE: Question = { method: 'GET', path: '/v1/sessions?status=on_sale&limit=100' };
const TICKET: Question = { method: 'GET', path: '{poll}' };
/** Long enough to be seen at a pace, and short of every limit of a head on the way. */
const LONG: Question = { ...LIST, headers: { 'X-Padding': 'x'.repeat(6000) } };
const UNKNOWN_CODE: Question = {
  method: 'POST',
  path: '/v1/discounts/validate',
  body: { code: 'NOBODY-GAVE-THIS-OUT', sessionId: '{session}', seats: ['A-1'], customerRef: '{run}' },
};

export const PLANS: Readonly<Record<Stimulus, Plan>> = {
  'one-request': { ask: [LIST] },
  'closing-request': { ask: [{ ...LIST, headers: { Connection: 'close' } }] },
  'two-requests': { ask: [LIST, LIST], together: true },
  'behind-another': { ask: [LIST], behind: true },
  reservation: { ask: [RESERVE], leaves: 'reservation' },
  'reservation-lookup': { ask: [RESERVE, LOOKUP] },
  'known-reservation': { before: [RESERVE], ask: [EXTEND], leaves: 'reservation' },
  reread: { ask: [SEATS, RESERVE, SEATS] },
  'reread-until-other': { ask: [SEATS, RESERVE, SEATS], untilOther: true },
  'ticket-until-other': { ask: [LIST, TICKET], untilOther: true },
  'long-request': { ask: [LONG] },
  discount: { ask: [UNKNOWN_CODE] },
  'reservation-again': { ask: [RESERVE_BY_KEY, RESERVE_BY_KEY], leaves: 'reservation' },
  completion: { before: [RESERVE, ORDER], ask: [COMPLETE] },
  'completion-lookup': { before: [RESERVE, ORDER], ask: [COMPLETE, ORDER_LOOKUP] },
  'completion-again': { before: [RESERVE, ORDER], ask: [COMPLETE, COMPLETE] },
  'completion-by-another-key': {
    before: [RESERVE, ORDER_BY_REDIRECT, PAY, COMPLETE],
    ask: [COMPLETE_BY_ANOTHER_KEY],
    honestly: 409,
  },
  'payment-lookup': { before: [RESERVE, ORDER_BY_REDIRECT], ask: [PAY, ORDER_LOOKUP] },
  'tls-handshake': { ask: [LIST], tls: true },
};

/** Whether a plan needs a session that is on sale. */
export const needsSession = ({ before = [], ask }: Plan): boolean =>
  [...before, ...ask].some((question) => JSON.stringify(question).includes('{session}'));
