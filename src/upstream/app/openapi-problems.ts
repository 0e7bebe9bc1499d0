// What an operation may refuse, as the OpenAPI document has it: a response for each status, with the codes it may carry.
import type { Operation } from '../operations/operation.ts';
import { type Code, isRetryable, STATUSES } from '../statuses.ts';
import type { Json } from './openapi-schemas.ts';

/** What any operation may refuse. */
const ALWAYS: readonly Code[] = [
  'world_unknown',
  'world_deleted',
  'rate_limited',
  'too_many_concurrent',
  'internal',
  'overloaded',
  'maintenance',
];
/** What any may that sellers call. */
const OF_SELLERS: readonly Code[] = ['unauthorized', 'seller_disabled', 'validation_failed', 'too_many_worlds'];
/** What any operation that takes an idempotency key may. */
const WITH_KEY: readonly Code[] = ['payload_too_large', 'idempotency_key_reused', 'idempotency_in_progress'];

/** Statuses whose answers say when to come back. */
const WITH_RETRY_AFTER: ReadonlySet<number> = new Set([429, 503]);

/** Every code that an operation may answer with. */
export function refusalsOf({ refusals, idempotency, isPage }: Operation): readonly Code[] {
  const codes = new Set([
    ...ALWAYS,
    ...(isPage ? [] : OF_SELLERS),
    ...refusals,
    ...(idempotency === 'none' ? [] : WITH_KEY),
  ]);
  if (idempotency === 'required') codes.add('idempotency_key_missing');
  return [...codes];
}

/** One response for each status, which names the codes that it may carry, and is a page too where people are told. */
export function problemResponses(operation: Operation): Json {
  const { refusedPages = {} } = operation;
  const byStatus = Map.groupBy(refusalsOf(operation), (code) => STATUSES[code]);
  const statuses = new Set([...byStatus.keys(), ...Object.keys(refusedPages).map(Number)]);
  return Object.fromEntries(
    [...statuses].map((status) => [status, refusedJson(status, byStatus.get(status) ?? [], refusedPages[status])]),
  );
}

function refusedJson(status: number, codes: readonly Code[], page: string | undefined): Json {
  const retryAfter = {
    'Retry-After': { description: 'Seconds, or a date.', schema: { type: 'string' } },
  };
  const named = codes.map((code) => `\`${code}\`${isRetryable(code) ? ' (may be retried)' : ''}`).join(', ');
  return {
    description: [page && `A page: ${page}`, named].filter(Boolean).join(' Else '),
    ...(WITH_RETRY_AFTER.has(status) && { headers: retryAfter }),
    content: {
      ...(page && { 'text/html': { schema: { type: 'string' } } }),
      ...(codes.length > 0 && { 'application/problem+json': problemJson(codes) }),
    },
  };
}

const problemJson = (codes: readonly Code[]): Json => ({
  schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: codes } } }] },
  examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
});
