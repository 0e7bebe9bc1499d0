// Every number that a rule, a call of the admin API or a seller may give has both bounds, and the schema says them.
import { expect, test } from 'vitest';
import { z } from 'zod';
import { capacityRequest, crowdRequest } from '../../src/admin/contract/load.ts';
import { playRequest } from '../../src/admin/contract/playback.ts';
import { activateRequest, connectionsQuery, healRequest, resetRequest } from '../../src/admin/contract/requests.ts';
import { atMostOneForm, type Distribution, quantileOf } from '../../src/base/distribution.ts';
import { MAX_DURATION_MS } from '../../src/base/duration.ts';
import { faults } from '../../src/faults/registry.ts';
import { ruleSchema } from '../../src/faults/rule.ts';
import { scenarioSchema } from '../../src/shelf/scenario.ts';
import { OPERATIONS } from '../../src/upstream/operations/operations.ts';

/** Paths of numbers that have no lower or no upper bound; the safe integers are none that anybody chose. */
function unboundedNumbers(schema: unknown, path: string): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { type, const: only, minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema as Record<string, unknown>;
  const isNumber = type === 'number' || type === 'integer';
  const [low, high] = [minimum ?? exclusiveMinimum, maximum ?? exclusiveMaximum];
  const bounded = [low, high].every((bound) => typeof bound === 'number' && Math.abs(bound) < Number.MAX_SAFE_INTEGER);
  const inner = Object.entries(schema).flatMap(([name, part]) => unboundedNumbers(part, `${path}.${name}`));
  return isNumber && only === undefined && !bounded ? [path, ...inner] : inner;
}

const asked: readonly (readonly [string, z.ZodType])[] = [
  ...faults.map(({ name, params }) => [name, params as z.ZodType] as const),
  ...OPERATIONS.flatMap(({ name, query, body }) => [
    [`${name} query`, query] as const,
    ...(body ? [[`${name} body`, body] as const] : []),
  ]),
  ['rule', ruleSchema],
  ['activate', activateRequest],
  ['heal', healRequest],
  ['reset', resetRequest],
  ['play', playRequest],
  ['capacity', capacityRequest],
  ['crowd', crowdRequest],
  ['scenario', scenarioSchema],
  ['connections', connectionsQuery.omit({ cursor: true })], // a connection's id, to begin after
];

test.each(asked)('%s', (name, schema) => {
  expect(unboundedNumbers(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), name)).toEqual([]);
});

/** Written to reach as far as can be asked for. */
const FAR: readonly Distribution[] = [
  { normal: { mean: '366d', sd: '366d' } },
  { lognormal: { median: '366d', sigma: 5 } },
  { pareto: { min: '366d', alpha: 0.01 } },
  { percentiles: { p50: '366d', p90: '366d', p99: '366d', max: '366d' } },
].map((form) => atMostOneForm.parse(form));

test.each(FAR)('a wait drawn from %j is never longer than a duration can be', (distribution) => {
  const quantile = quantileOf(distribution);
  for (const u of [0, 0.5, 0.999, 1 - 2 ** -53]) expect(quantile(u)).toBeLessThanOrEqual(MAX_DURATION_MS);
});
