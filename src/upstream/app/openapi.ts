// The upstream's OpenAPI 3.1 document, written from the table of operations and the schemas that check it.
import { z } from 'zod';
import { FAULT_EXAMPLE, FAULT_HEADER, MAX_HEADER_CHARS } from '../../faults/header/fault-items.ts';
import { OPERATIONS, type Operation } from '../operations/operations.ts';
import { problemExamples } from './openapi-examples.ts';
import { problemResponses } from './openapi-problems.ts';
import { type Json, jsonSchemaOf, schemaRef, schemasAsJson } from './openapi-schemas.ts';
import { TAG_OF, TAGS } from './openapi-tags.ts';

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
        'A ticketing upstream that fails on cue: sessions, seats, reservations and orders. The same API is at /w/{world} for any other world, save at a door that belongs to one. What is here holds while no fault is in force: some kinds of fault break just this.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'The world that the door belongs to.' }, IN_WORLD],
    security: [{ bearer: [] }, { apiKey: [] }, {}],
    tags: TAGS,
    paths,
    components: {
      schemas: schemasAsJson(),
      parameters: { Fault: FAULT_PARAMETER },
      examples: problemExamples(),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: "The seller's key." },
        apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key', description: "The seller's key." },
      },
    },
  };
}

function operationJson(operation: Operation): Json {
  const { name, id = name, summary, answers } = operation;
  const body = requestBody(operation);
  return {
    operationId: id,
    summary,
    tags: [TAG_OF[name]],
    ...(operation.isPage && { security: [] }),
    parameters: [
      ...pathParameters(operation),
      ...queryParameters(operation),
      ...headerParameters(operation),
      { $ref: '#/components/parameters/Fault' },
    ],
    ...(body && { requestBody: body }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, answer]) => [status, successJson(operation, answer, status)]),
      ),
      ...problemResponses(operation),
    },
  };
}

function requestBody({ body, bodyRequired, form }: Operation): Json | undefined {
  if (body) return { required: bodyRequired, content: { 'application/json': { schema: schemaRef(body) } } };
  return form && { required: true, content: { 'application/x-www-form-urlencoded': { schema: jsonSchemaOf(form) } } };
}

const REPLAYED: Json = {
  'Idempotent-Replayed': {
    description: '`true` where this is the answer to an earlier request with the same Idempotency-Key.',
    schema: { type: 'string', const: 'true' },
  },
};

function successJson(
  { idempotency }: Operation,
  { summary, shape, html, headers = {} }: Operation['answers'][number],
  status: string,
): Json {
  return {
    description: summary,
    headers: {
      'X-Request-Id': { description: 'The id of the request: its own, or one made here.', schema: { type: 'string' } },
      ...(idempotency !== 'none' && REPLAYED),
      ...(status === '201' && { Location: { description: 'Path of what was created.', schema: { type: 'string' } } }),
      ...Object.fromEntries(
        Object.entries(headers).map(([header, description]) => [header, { description, schema: { type: 'string' } }]),
      ),
    },
    ...(shape && { content: { 'application/json': { schema: schemaRef(shape) } } }),
    ...(html && { content: { 'text/html': { schema: { type: 'string' } } } }),
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
