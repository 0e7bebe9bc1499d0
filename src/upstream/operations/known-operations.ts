// The operations as rules and questions to the journal may name them.
import type { z } from 'zod';
import type { KnownNames } from '../../faults/known-names.ts';
import { ANSWER_SHAPES, jsonSchemaOf } from '../app/openapi-schemas.ts';
import { OPERATION_NAMES, OPERATIONS } from './operations.ts';
import { UNMATCHED } from './segments.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Every field of a schema as a dotted path, lists and alternatives seen through. */
function fieldsOf(schema: JsonSchema, at = ''): string[] {
  const { properties = {}, items, anyOf = [] } = schema;
  const inner = [...(isSchema(items) ? [items] : []), ...anyOf].filter(isSchema);
  const own = Object.entries(properties).flatMap(([name, field]) => {
    const path = at === '' ? name : `${at}.${name}`;
    return [path, ...(isSchema(field) ? fieldsOf(field, path) : [])];
  });
  return [...own, ...inner.flatMap((one) => fieldsOf(one, at))];
}

const isSchema = (schema: unknown): schema is JsonSchema => typeof schema === 'object' && schema !== null;

/** Found for the first rule that names fields, and at no cost to a start. */
function answerFields(): () => readonly string[] {
  let found: readonly string[] | undefined;
  return () => {
    found ??= [...new Set(ANSWER_SHAPES.flatMap((shape) => fieldsOf(jsonSchemaOf(shape))))];
    return found;
  };
}

export const OF_THE_API: Required<Pick<KnownNames, 'operations' | 'api' | 'fields'>> = Object.freeze({
  fields: answerFields(),
  operations: [...OPERATION_NAMES, UNMATCHED],
  api: OPERATIONS.map(({ name, method, path, idempotency }) => ({
    name,
    method,
    path,
    takesKey: idempotency !== 'none',
  })),
});
