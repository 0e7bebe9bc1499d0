// The JSON Schema of a profile, for editors: every kind by name, with its own parameters.

import { DIALECT, type JsonSchema, partSchema } from '../base/json-schema.ts';
import { WEBHOOK_TYPES } from '../faults/notice.ts';
import { faults } from '../faults/registry.ts';
import { profileSchema } from './profile.ts';

type Properties = Readonly<Record<string, JsonSchema>>;

/** What is written to `faults/schema.json`, with the names that a match may have where they are known. */
export function profileJsonSchema(operations: readonly string[] = []): JsonSchema {
  const whole = partSchema(profileSchema) as {
    properties: { rules: { items: { properties: Record<string, JsonSchema> } } };
  };
  const { properties } = whole;
  const rule = properties.rules.items;
  return {
    $schema: DIALECT,
    description: 'Rules, each of which puts one kind of fault in force.',
    ...whole,
    properties: {
      ...properties,
      rules: {
        ...properties.rules,
        items: {
          ...rule,
          properties: {
            ...rule.properties,
            fault: { description: 'the kind of fault', oneOf: faults.map(namedKind) },
            match: matchNaming(rule.properties.match as JsonSchema, operations),
            // without what may be in it, since an editor would offer that beside the kind's own parameters
            with: { type: 'object', description: rule.properties.with?.description },
          },
          allOf: faults.map(parametersOfKind),
        },
      },
    },
  };
}

function matchNaming(match: JsonSchema, operations: readonly string[]): JsonSchema {
  const { properties, ...rest } = match as { properties: Properties };
  const naming = (part: string, names: readonly string[]): Properties =>
    names.length > 0 ? { [part]: { ...properties[part], items: { enum: names } } } : {};
  const named = { ...naming('operations', operations), ...naming('events', WEBHOOK_TYPES) };
  return { ...rest, properties: { ...properties, ...named } };
}

const namedKind = ({ name, summary }: (typeof faults)[number]): JsonSchema => ({ const: name, description: summary });

const parametersOfKind = ({ name, params }: (typeof faults)[number]): JsonSchema => ({
  if: { properties: { fault: { const: name } }, required: ['fault'] },
  // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
  then: { properties: { with: partSchema(params) } },
});
