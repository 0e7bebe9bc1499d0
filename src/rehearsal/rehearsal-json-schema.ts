// The JSON Schemas of a rehearsal and of a file of thresholds, for editors: every figure by name, each with its question.
import { DIALECT, type JsonSchema, partSchema } from '../base/json-schema.ts';
import { CRITERIA } from '../scorecard/registry.ts';
import { thresholdsFile } from '../scorecard/thresholds.ts';
import { REHEARSAL_FORMS, rehearsalSchema } from './rehearsal-schema.ts';

/** What is written to `faults/rehearsal-schema.json`. */
export function rehearsalJsonSchema(operations: readonly string[]): JsonSchema {
  const named = { operations: { items: { enum: operations } } };
  const whole = overlaid(partSchema(rehearsalSchema, REHEARSAL_FORMS), {
    properties: {
      phases: { items: { properties: { on: { items: { properties: named } } } } },
      blastRadius: { properties: named },
      hypothesis: {
        items: {
          properties: { metric: { oneOf: CRITERIA.map(({ name, asks }) => ({ const: name, description: asks })) } },
          anyOf: ['min', 'max', 'verdict'].map((bound) => ({ required: [bound] })),
        },
      },
    },
  });
  return {
    $schema: DIALECT,
    description: 'A game day: what will fail, when, for whom, and what is expected.',
    ...whole,
    oneOf: ['phases', 'scenario'].map((course) => ({ required: [course] })),
  };
}

/** What is written to `faults/thresholds-schema.json`. */
export function thresholdsJsonSchema(): JsonSchema {
  const asked = CRITERIA.map(({ name, asks, threshold, thresholds }) => {
    const published = threshold(thresholds.parse({}));
    return [name, { description: `${asks} As published: ${published}.` }] as const;
  });
  return {
    $schema: DIALECT,
    description: 'Thresholds of the scorecard; what is not named stays as published.',
    ...overlaid(partSchema(thresholdsFile), { properties: Object.fromEntries(asked) }),
  };
}

/** A schema that says this too, in its parts where both have them. */
function overlaid(schema: JsonSchema, said: JsonSchema): JsonSchema {
  const result: Record<string, unknown> = { ...schema };
  for (const [key, value] of Object.entries(said)) {
    const known = result[key];
    result[key] = isPart(known) && isPart(value) ? overlaid(known, value) : value;
  }
  return result;
}

const isPart = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
