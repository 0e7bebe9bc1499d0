// The JSON Schema of a profile, for editors: every kind by name, with its own parameters.
import { faults } from '../faults/registry.ts';
import { DIALECT, type JsonSchema, partSchema } from './json-schema.ts';
import { profileSchema } from './profile.ts';

/** What is written to `faults/schema.json`. */
export function profileJsonSchema(): JsonSchema {
  const whole = partSchema(profileSchema) as {
    properties: { rules: { items: { properties: Record<string, JsonSchema> } } };
  };
  const { properties } = whole;
  const rule = properties.rules.items;
  return {
    $schema: DIALECT,
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
