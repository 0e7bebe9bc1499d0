// The shapes of the journal's entries: a union by `kind`, in which each kind has only what is true of it.
import { z } from 'zod';
import { ENDS, HAPPENINGS } from '../../journal/entry.ts';
import { count, time } from './values.ts';

/** The same for the same text, while this server runs; nobody can tell the text by it. */
const pseudonym = z.string().nullable();

const drawShape = z.strictObject({ rule: z.string(), fault: z.string(), draw: z.number() });

/** What came over a door. */
const arrived = {
  seq: z.int(),
  at: time,
  door: z.string(),
  connection: z.int(),
  remote: z.string(),
  endedAt: time.nullable(),
  ended: z.enum(ENDS).nullable().describe('null while open'),
  hits: z.array(drawShape).describe('rules that acted'),
  spared: z.array(drawShape).describe('rules that were drawn, and by their share let it pass'),
  inapplicable: z.array(drawShape).describe('rules that were drawn to act, and there was nothing to act on'),
  limited: z.array(drawShape).describe('rules that would have acted, and no unit of their limit was left'),
};

const aboutShape = z.strictObject({
  fingerprint: z
    .string()
    .nullable()
    .describe('pseudonym of method, URL and body; null for a request without a body, whose method and URL say all'),
  invocation: z
    .string()
    .nullable()
    .describe('what the client calls one operation of its own: `X-Invocation-Id`, `amz-sdk-invocation-id`'),
  code: z.string().nullable().describe('`code` of the problem document that went out whole'),
  retryAfterMs: z
    .number()
    .nullable()
    .describe('what the Retry-After that went out asks for, from the first byte of its answer on'),
  isWrongType: z.boolean().describe('the answer went out as a type that the operation never has'),
  isConditional: z.boolean().describe('it was asked with If-None-Match'),
  isReplay: z.boolean().describe('what went out was the answer to an earlier request with its idempotency key'),
  session: z.string().nullable(),
  reservation: z.string().nullable(),
  order: z.string().nullable(),
  externalRef: pseudonym.describe("pseudonym of the seller's own name for the order"),
  customer: pseudonym.describe('pseudonym of the customer, as the seller knows them'),
});

const bodyShape = z.strictObject({
  type: z.string().nullable().describe('media type'),
  hash: z.string().describe('pseudonym of all its bytes'),
  truncated: z.boolean().describe('it is JSON, and too much of it to be kept'),
  json: z
    .unknown()
    .optional()
    .describe(
      'ids, seats and counts as they were sent; every other value as # and its pseudonym; unset: it is no JSON',
    ),
});

const exchangeShape = z
  .strictObject({
    kind: z.literal('exchange'),
    requestId: z.string(),
    client: z.string(),
    operation: z.string(),
    method: z.string(),
    url: z.string(),
    idempotencyKey: z.string().nullable(),
    attempt: z.int().nullable(),
    traceparent: z.string().nullable(),
    bytesIn: count,
    bytesOut: count,
    status: z.int().nullable(),
    workedAt: time.nullable(),
    firstByteAt: time.nullable(),
    finAt: time.nullable().describe('the client has shut its side: it counts as client-left until it takes an answer'),
    about: aboutShape
      .nullable()
      .describe('what it was about, and what its answer said; null where nothing is to be said'),
    body: bodyShape.optional().describe('what was sent; only in worlds that keep bodies, and of requests that had one'),
    ...arrived,
  })
  .describe('a request, from the arrival of its head on');

const struckConnectionShape = z
  .strictObject({ kind: z.literal('connection'), ...arrived })
  .describe('a connection that rules have a say in, from its accept on; it is no request');

const eventShape = z
  .strictObject({
    kind: z.literal('event'),
    seq: z.int().describe('of events alone'),
    at: time.describe('when it was told; RFC 3339, UTC'),
    happened: z.enum(HAPPENINGS),
    boxOfficeAt: time.describe('in box-office time; of a lapse the moment it was due'),
    session: z.string(),
    client: z.string().describe('whose reservation it is'),
    reservation: z.string(),
    order: z.string().nullable(),
    externalRef: pseudonym.describe("pseudonym of the seller's own name for the order"),
    seats: count.describe('how many the reservation has'),
    amount: z.int().nullable().describe('null where no money is told of'),
  })
  .describe(
    'what the box office said that happened, however it came about; listed with `kind=event`, and never counted',
  );

/** By kind. */
export const entryShape = z.discriminatedUnion('kind', [exchangeShape, struckConnectionShape, eventShape]);

export type Entry = z.output<typeof entryShape>;
/** Entries of one kind; of none, those that are listed when none is asked for. */
export type EntryOfKind<Kind extends Entry['kind'] | undefined> = Kind extends Entry['kind']
  ? Extract<Entry, { kind: Kind }>
  : Exclude<Entry, { kind: 'event' }>;
