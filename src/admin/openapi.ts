// The admin API's OpenAPI 3.1 document, written from the table of routes and the schemas that check it.
import { z } from 'zod';
import { DEFAULT_WORLD, WORLD_NAME_FORM } from '../director/worlds-port.ts';
import { HEALTH_PATHS } from './access.ts';
import { componentSchemas, type Json, schemaOf } from './openapi-schemas.ts';
import { TAGS, tagOf } from './openapi-tags.ts';
import { shownPath } from './paths.ts';
import type { AnswerShape, Route } from './route.ts';
import { type AdminCode, isRetryable, publicCode, STATUSES } from './statuses.ts';

/** What every route may refuse, probes aside. */
const ALWAYS: readonly AdminCode[] = ['forbidden', 'misdirected', 'internal'];
/** What every one may that is not open; most refuse any query. */
const CLOSED: readonly AdminCode[] = ['unauthorized', 'malformed'];
/** What every route of one world may, since its path may name one; those that change something may make one. */
const OF_WORLD: readonly AdminCode[] = ['validation_failed', 'world_unknown', 'world_deleted'];
const MAKING_WORLD: readonly AdminCode[] = ['too_many_worlds'];
const WITH_BODY: readonly AdminCode[] = ['payload_too_large', 'unsupported_media_type'];

export const WORLDS_SAID =
  'Each world has its calls at /w/{world}/v1/…; plain /v1 is the world default. Kinds, worlds, the certificate and what is not below /v1 are of the process.';

const ROOT: Json = { url: '/', description: 'The world default.' };
const IN_WORLD: Json = {
  url: '/w/{world}',
  description: 'Any world; a change makes it where there is none.',
  variables: { world: { default: DEFAULT_WORLD, description: `name of a world: ${WORLD_NAME_FORM}` } },
};

export function openapiDocument(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = shownPath(route.path);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Showstopper admin',
      version,
      description: `Faults on cue, and what became of every request. ${WORLDS_SAID}`,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [ROOT, IN_WORLD],
    security: [{ bearer: [] }, {}],
    tags: TAGS,
    paths,
    components: {
      schemas: componentSchemas(),
      responses: problemResponses(routes),
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'Admin or viewer token.' } },
    },
  };
}

function operation(route: Route): Json {
  const { name, summary, access, answers } = route;
  const body = requestBody(route);
  return {
    operationId: name,
    summary,
    tags: [tagOf(route.path)],
    ...(route.of === 'process' && { servers: [{ url: '/' }] }),
    ...(access === 'open' && { security: [] }),
    parameters: [...pathParameters(route), ...queryParameters(route)],
    ...(body && { requestBody: body }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, success(answer)])),
      ...problems(route),
    },
  };
}

function requestBody({ body, textTypes, textShape, dataTypes }: Route): Json | undefined {
  if (dataTypes) {
    const content = Object.entries(dataTypes).map(([type, what]) => [
      type,
      { schema: typeof what === 'string' ? { type: 'string', description: what } : schemaOf(what, 'input') },
    ]);
    return { required: true, content: Object.fromEntries(content) };
  }
  if (textTypes) {
    const text = { type: 'string', description: 'The document, as YAML or JSON.' };
    const schemaAs = (type: string): Json =>
      textShape && type === 'application/json' ? schemaOf(textShape, 'input') : text;
    return { required: true, content: Object.fromEntries(textTypes.map((type) => [type, { schema: schemaAs(type) }])) };
  }
  if (!body) return undefined;
  return {
    required: !body.safeParse({}).success,
    content: { 'application/json': { schema: schemaOf(body, 'input') } },
  };
}

const JSON_TYPE = 'application/json';

function success({ summary, shape, type }: AnswerShape): Json {
  if (!shape && !type) return { description: summary };
  const texts = [type ?? []].flat().map((one) => [one, { schema: { type: one === JSON_TYPE ? 'object' : 'string' } }]);
  const content = {
    ...Object.fromEntries(texts),
    ...(shape && { [JSON_TYPE]: { schema: schemaOf(shape, 'output') } }),
  };
  return { description: summary, content };
}

type Refused = readonly [status: number, codes: readonly AdminCode[]];

/** One response for each status, which names the codes that it may carry. */
const problems = (route: Route): Json =>
  Object.fromEntries(
    refusalsOf(route).map((refused) => [refused[0], { $ref: `#/components/responses/${responseName(refused)}` }]),
  );

const problemResponses = (routes: readonly Route[]): Json =>
  Object.fromEntries(routes.flatMap(refusalsOf).map((refused) => [responseName(refused), refusal(refused[1])]));

/** `NotFound404`, or of several `ConflictOrRuleExists409`. */
const responseName = ([status, codes]: Refused): string =>
  `${[...new Set(codes.map(publicCode))].map(pascal).join('Or')}${status}`;

const pascal = (code: string): string => code.replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());

function refusalsOf({ path, access, body, textTypes, dataTypes, refusals, answers, of }: Route): Refused[] {
  const codes = new Set<AdminCode>([
    ...(HEALTH_PATHS.has(path) ? [] : ALWAYS),
    ...(access === 'open' ? [] : CLOSED),
    ...(of === 'process' ? [] : OF_WORLD),
    ...(of !== 'process' && access === 'write' ? MAKING_WORLD : []),
    ...(body || textTypes || dataTypes ? WITH_BODY : []),
    ...refusals,
  ]);
  return [...Map.groupBy(codes, (code) => STATUSES[code])].filter(([status]) => !(status in answers));
}

function refusal(codes: readonly AdminCode[]): Json {
  const shown = codes.map((code) => `\`${publicCode(code)}\`${isRetryable(code) ? ' (may be retried)' : ''}`);
  const schema = {
    allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: codes.map(publicCode) } } }],
  };
  return { description: shown.join(', '), content: { 'application/problem+json': { schema } } };
}

const pathParameters = ({ params }: Route): Json[] =>
  Object.entries(params).map(([name, description]) => ({
    name,
    in: 'path',
    required: true,
    description,
    schema: { type: 'string' },
  }));

function queryParameters({ query }: Route): Json[] {
  if (!(query instanceof z.ZodObject)) return [];
  return Object.entries<z.ZodType>(query.shape).map(([name, schema]) => {
    const { description, ...rest } = schemaOf(schema, 'input');
    return { name, in: 'query', required: false, ...(description !== undefined && { description }), schema: rest };
  });
}
