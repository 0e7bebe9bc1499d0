// The JSON Schema of a scenario, for editors: each cue with exactly one verb, capacity and crowd with their own fields.

import { DIALECT, type JsonSchema, partSchema } from '../base/json-schema.ts';
import { capacitySettings } from '../capacity/settings.ts';
import { crowdSettings } from '../crowd/settings.ts';
import { CUE_VERBS } from './cue.ts';
import { scenarioSchema } from './scenario.ts';

/** What is written to `faults/scenario-schema.json`. */
export function scenarioJsonSchema(): JsonSchema {
  const whole = partSchema(scenarioSchema) as {
    properties: { cues: { items: { properties: Record<string, JsonSchema> } } };
  };
  const { properties } = whole;
  const cue = properties.cues.items;
  const { capacity, crowd } = cue.properties;
  return {
    $schema: DIALECT,
    description: 'Cues over time, each of which does one thing.',
    ...whole,
    properties: {
      ...properties,
      cues: {
        ...properties.cues,
        items: {
          ...cue,
          properties: {
            ...cue.properties,
            capacity: orNull(partSchema(capacitySettings), capacity),
            crowd: orNull(partSchema(crowdSettings), crowd),
          },
          oneOf: CUE_VERBS.map((verb) => ({ required: [verb] })),
        },
      },
    },
  };
}

/** Fields may be left out, since a cue is laid over the one before it. */
function orNull({ required: _, ...settings }: JsonSchema, written: JsonSchema | undefined): JsonSchema {
  return { description: written?.description, anyOf: [settings, { type: 'null' }] };
}
