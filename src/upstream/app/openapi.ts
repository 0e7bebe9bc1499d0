// The upstream's OpenAPI 3.1 document, written from the table of operations and the schemas that check it.
import { z } from 'zod';
import { FAULT_EXAMPLE, FAULT_HEADER, MAX_HEADER_CHARS } from '../../faults/header/fault-items.ts';
import type { Operation } from '../operations/operation.ts';
import { OPERATIONS } from '../operations/operations.ts';
import { type Code, isRetryable, STATUSES } from '../statuses.ts';
import { jsonSchemaOf, schemaRef, schemasAsJson } from './openapi-schemas.ts';

type Json = Readonly<Record<string, unknown>>;

/** What any operation may refuse. */
const ALWAYS: readonly Code[] = [
  'unauthorized',
  'seller_disabled',
  'validation_failed',
  'world_unknown',
  'world_deleted',
  'too_many_worlds',
  'rate_limited',
  'too_many_concurrent',
  'internal',
  'overloaded',
  'maintenance',
];
/** What any operation that takes an idempotency key may. */
const WITH_KEY: readonly Code[] = ['payload_too_large', 'idempotency_key_reused', 'idempotency_in_progress'];

/** Statuses whose answers say when to come back. */
const WITH_RETRY_AFTER: ReadonlySet<number> = new Set([429, 503]);

const IN_WORLD: Json = {
  url: '/w/{world}',
  description: 'Any world: a box office of its own, made by the first request where worlds are made by use.',
  variables: { world: { default: 'default', description: 'name of a world: 1 to 63 of a-z, 0-9 and -' } },
};

const FAULT_PARAMETER: Json = {
  name: FAULT_HEADER,
  in: 'header',
  required: false,
  description:
    'Faults for this request alone, as a list of RFC 9651: kinds with their parameters. Read only in worlds that were made with `headerFaults: true`, and nothing elsewhere; one that cannot be read is a 400.',
  schema: { type: 'string', maxLength: MAX_HEADER_CHARS },
  example: FAULT_EXAMPLE,
};

export function openapiDocument(): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of OPERATIONS) {
    paths[operation.path] ??= {};
    (paths[operation.path] as Record<string, unknown>)[operation.method.toLowerCase()] = operationJson(operation);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Showstopper upstream',
      version: '1',
      description:
        'A ticketing upstream that fails on cue: sessions, seats, reservations and orders. The same API is at /w/{world} for any other world, save at a door that belongs to one.',
    },
    servers: [{ url: '/', description: 'The world that the door belongs to.' }, IN_WORLD],
    security: [{ bearer: [] }, { apiKey: [] }, {}],
    paths,
    components: {
      schemas: schemasAsJson(),
      parameters: { Fault: FAULT_PARAMETER },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: "The seller's key." },
        apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key', description: "The seller's key." },
      },
    },
  };
}

function operationJson(operation: Operation): Json {
  const { name, id = name, summary, body, bodyRequired, answers } = operation;
  return {
    operationId: id,
    summary,
    parameters: [
      ...pathParameters(operation),
      ...queryParameters(operation),
      ...headerParameters(operation),
      { $ref: '#/components/parameters/Fault' },
    ],
    ...(body && {
      requestBody: { required: bodyRequired, content: { 'application/json': { schema: schemaRef(body) } } },
    }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, successJson(answer, status)])),
      ...problemResponses(operation),
    },
  };
}

function successJson({ summary, shape, html, headers = {} }: Operation['answers'][number], status: string): Json {
  return {
    description: summary,
    headers: {
      'X-Request-Id': { schema: { type: 'string' } },
      ...(status === '201' && { Location: { description: 'Path of what was created.', schema: { type: 'string' } } }),
      ...Object.fromEntries(
        Object.entries(headers).map(([header, description]) => [header, { description, schema: { type: 'string' } }]),
      ),
    },
    ...(shape && { content: { 'application/json': { schema: schemaRef(shape) } } }),
    ...(html && { content: { 'text/html': { schema: { type: 'string' } } } }),
  };
}

/** Every code that an operation may answer with. */
export function refusalsOf({ refusals, idempotency }: Operation): readonly Code[] {
  const codes = new Set([...ALWAYS, ...refusals, ...(idempotency === 'none' ? [] : WITH_KEY)]);
  if (idempotency === 'required') codes.add('idempotency_key_missing');
  return [...codes];
}

/** One response for each status, which names the codes that it may carry. */
function problemResponses(operation: Operation): Json {
  const byStatus = Map.groupBy(refusalsOf(operation), (code) => STATUSES[code]);
  return Object.fromEntries([...byStatus].map(([status, together]) => [status, problemJson(status, together)]));
}

function problemJson(status: number, codes: readonly Code[]): Json {
  const retryAfter = {
    'Retry-After': { description: 'Seconds, or a date.', schema: { type: 'string' } },
  };
  return {
    description: codes.map((code) => `\`${code}\`${isRetryable(code) ? ' (may be retried)' : ''}`).join(', '),
    ...(WITH_RETRY_AFTER.has(status) && { headers: retryAfter }),
    content: {
      'application/problem+json': {
        schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: codes } } }] },
      },
    },
  };
}

function pathParameters({ params }: Operation): Json[] {
  return Object.entries(params).map(([name, schema]) => ({
    name,
    in: 'path',
    required: true,
    ...parameterJson(schema),
  }));
}

function queryParameters({ query }: Operation): Json[] {
  const shape = query instanceof z.ZodPipe ? query.in : query;
  if (!(shape instanceof z.ZodObject)) return [];
  return Object.entries<z.ZodType>(shape.shape).map(([name, schema]) => ({
    name,
    in: 'query',
    required: !schema.safeParse(undefined).success,
    ...parameterJson(schema),
  }));
}

function parameterJson(schema: z.ZodType): Json {
  const { $schema: _, description, ...rest } = jsonSchemaOf(schema);
  return { ...(description !== undefined && { description }), schema: rest };
}

function headerParameters({ idempotency, requestHeaders = {} }: Operation): Json[] {
  const described = Object.entries(requestHeaders).map(([name, description]) => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string' },
  }));
  if (idempotency === 'none') return described;
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: idempotency === 'required',
    description:
      'Kept 24 hours for each seller and path; the same key gives the same answer again. Beyond 100,000 keys, or 32 MiB of answers, the oldest is forgotten, and its request is done anew.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
    example: '0d0c4f0e-6b7a-4c57-9a53-2f6a4b1e7d11',
  };
  return [key, ...described];
}
