// The JSON Schema of a profile, for editors: every kind by name, with its own parameters.
import { z } from 'zod';
import { faults } from '../faults/registry.ts';
import { profileSchema } from './profile.ts';

/** A JSON Schema document or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Editors' YAML support knows this dialect best. */
const DIALECT = 'draft-7';

/** What is written to `faults/schema.json`. */
export function profileJsonSchema(): JsonSchema {
  const whole = partSchema(profileSchema) as {
    properties: { rules: { items: { properties: Record<string, JsonSchema> } } };
  };
  const { properties } = whole;
  const rule = properties.rules.items;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Showstopper profile',
    ...whole,
    properties: {
      ...properties,
      rules: {
        ...properties.rules,
        items: {
          ...rule,
          properties: { ...rule.properties, fault: { oneOf: faults.map(namedKind) } },
          allOf: faults.map(parametersOfKind),
        },
      },
    },
  };
}

const namedKind = ({ name, summary }: (typeof faults)[number]): JsonSchema => ({ const: name, description: summary });

const parametersOfKind = ({ name, params }: (typeof faults)[number]): JsonSchema => ({
  if: { properties: { fault: { const: name } }, required: ['fault'] },
  // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
  then: { properties: { with: partSchema(params) } },
});

/** The written form of a schema, without the dialect's name. */
function partSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...part } = z.toJSONSchema(schema, { io: 'input', target: DIALECT });
  return part;
}
