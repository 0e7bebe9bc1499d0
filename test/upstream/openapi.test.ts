// The OpenAPI document is valid, complete, and says of every operation what it takes and answers.
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { OPERATIONS } from '../../src/upstream/operations/operations.ts';
import { STATUSES } from '../../src/upstream/statuses.ts';
import { testUpstream } from '../support/upstream-app.ts';

interface Documented {
  operationId: string;
  parameters: { name: string; in: string; required: boolean; schema: { default?: unknown } }[];
  requestBody?: { required: boolean; content: Record<string, { schema: { $ref: string } }> };
  responses: Record<string, { description: string; headers?: object }>;
}

const { http } = testUpstream();
const { body: document, type } = await http.get('/openapi.json');
const documentedAt = ({ path, method }: Pick<(typeof OPERATIONS)[number], 'path' | 'method'>): Documented =>
  document.paths[path][method.toLowerCase()];
const documented = (name: string): Documented =>
  documentedAt(OPERATIONS.find((operation) => operation.name === name) as (typeof OPERATIONS)[number]);

test('it is valid OpenAPI 3.1', async () => {
  expect(type).toBe('application/json');
  expect(document.openapi).toMatch(/^3\.1\./);
  expect(await new Validator().validate(structuredClone(document))).toEqual({ valid: true });
});

test('every reference leads somewhere', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
  expect(references.length).toBeGreaterThan(20);
  for (const [, name] of references) expect(document.components.schemas).toHaveProperty(name as string);
});

describe('every operation', () => {
  test.each(OPERATIONS)('$name is there by its name, or one of its own', ({ name, id = name, ...operation }) => {
    expect(documentedAt(operation).operationId).toBe(id);
  });

  test('has an id that no other has', () => {
    const ids = OPERATIONS.map((operation) => documentedAt(operation).operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('takes an Idempotency-Key when it is a POST, and must when it completes an order', () => {
    for (const { name, ...operation } of OPERATIONS) {
      const key = documentedAt(operation).parameters.find((parameter) => parameter.name === 'Idempotency-Key');
      const takesKey = operation.method === 'POST' && !operation.isPage; // a form has its attempt
      expect(key?.required).toBe(takesKey ? name === 'completeOrder' : undefined);
    }
  });

  test('names its path parameters and its refusals by status', () => {
    for (const { path, method, refusals } of OPERATIONS) {
      const { parameters, responses } = documentedAt({ path, method });
      const inPath = parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name);
      expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter));
      for (const code of refusals) expect(responses[STATUSES[code]]?.description).toContain(`\`${code}\``);
    }
  });
});

test('parameters come with their bounds and defaults', () => {
  const limit = documented('listSessions').parameters.find(({ name }) => name === 'limit');
  expect(limit).toMatchObject({ in: 'query', required: false });
  expect(limit?.schema).toEqual({ type: 'integer', minimum: 1, maximum: 100, default: 20 });
  expect(documented('findOrders').parameters[0]).toMatchObject({ name: 'externalRef', required: true });
});

test('a request for seats is either of its two forms', () => {
  const { ReserveRequest, Session } = document.components.schemas;
  expect(ReserveRequest.oneOf).toEqual([{ required: ['seats'] }, { required: ['bestAvailable'] }]);
  expect(ReserveRequest.examples).toHaveLength(1);
  expect(Session.properties.startsAt).toEqual({
    type: 'string',
    format: 'date-time',
    description: expect.any(String),
  });
  expect(document.components.schemas.SessionPage.properties.data.items).toEqual({
    $ref: '#/components/schemas/Session',
  });
});

test('every world has the same API, below a path of its own', () => {
  expect(document.servers.map(({ url }: { url: string }) => url)).toEqual(['/', '/w/{world}']);
  expect(document.servers[1].variables.world).toMatchObject({ default: 'default' });
  const { responses } = documented('listSessions');
  expect(responses['404']?.description).toContain('`world_unknown`');
  expect(responses['410']?.description).toContain('`world_deleted`');
  expect(responses['503']?.description).toContain('`too_many_worlds` (may be retried)');
});

test('both ways to send a key are there', () => {
  const { bearer, apiKey } = document.components.securitySchemes;
  expect(bearer).toMatchObject({ type: 'http', scheme: 'bearer' });
  expect(apiKey).toMatchObject({ type: 'apiKey', in: 'header', name: 'X-Api-Key' });
});

test('what is limited says when to come back', () => {
  for (const status of ['429', '503'])
    expect(documented('listSessions').responses[status]?.headers).toHaveProperty('Retry-After');
});
