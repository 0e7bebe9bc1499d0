// A form from a JSON Schema: every kind's parameters can be given by it, and come out as they were meant.
import { expect, test } from 'vitest';
import { FIRST_RULE, ruleBodyOf } from '../../../src/dashboard/page/panels/shelf/ruling.ts';
import { type Draft, readDraft } from '../../../src/dashboard/page/panels/shelf/schema-form/draft.ts';
import { type Field, fieldOf, fieldsOf, placesOf } from '../../../src/dashboard/page/panels/shelf/schema-form/field.ts';
import { parametersSchema } from '../../../src/faults/reference.ts';
import { faults } from '../../../src/faults/registry.ts';

/** What somebody would type to say this value. */
function draftOf(field: Field, value: unknown): Draft {
  switch (field.is) {
    case 'choice':
      return String(field.values.indexOf(value));
    case 'list':
      return { list: (value as unknown[]).map((item) => draftOf(field.item, item)) };
    case 'object': {
      const drafts = Object.entries(value as object).map(([name, inner]) => {
        const named = field.fields.find((one) => one.name === name);
        if (!named) throw new Error(`the form has no field ${name}`);
        return [name, draftOf(named.field, inner)];
      });
      return { object: Object.fromEntries(drafts) };
    }
    case 'either': {
      const option = field.options.findIndex(
        ({ field: inner }) => (inner.is === 'object') === (typeof value === 'object'),
      );
      const chosen = field.options[option];
      if (!chosen) throw new Error('no form fits the value');
      return { option, draft: draftOf(chosen.field, value) };
    }
    case 'json':
      throw new Error('is no field of its own');
    default:
      return String(value);
  }
}

const MORE: Readonly<Record<string, readonly unknown[]>> = {
  latency: [
    { fixed: '2s' },
    { fixed: { from: '1s', to: '9s', over: '5m' } },
    { lognormal: { median: '300ms', sigma: 0.5 }, scale: { from: 1, to: 3, over: '1m' } },
  ],
  'congestion-page': [{ status: 200 }],
  'stale-answer': [{ age: '10s', notModified: true }],
  'duplicate-headers': [{ headers: ['ETag', 'Content-Length'] }],
};

test.each(faults.map((fault) => [fault.name, fault] as const))('%s says its example by its form', (name, fault) => {
  const field = fieldOf(parametersSchema(fault));
  for (const value of [fault.example, ...(MORE[name] ?? [])]) {
    expect(readDraft(field, draftOf(field, value))).toEqual({ value, mistakes: [] });
    expect(fault.params.safeParse(value).success).toBe(true);
  }
});

test('what is left empty is not sent', () => {
  const [latency] = faults
    .filter(({ name }) => name === 'latency')
    .map((fault) => ({
      ...{ name: fault.name, parameters: parametersSchema(fault) as Record<string, unknown> },
    }));
  if (!latency) throw new Error('latency is a kind');
  const parameters: Record<string, Draft> = { fixed: { option: 0, draft: '' }, uniform: '', normal: { object: {} } };
  expect(ruleBodyOf(latency, { ...FIRST_RULE, parameters, share: '50' }).body).toEqual({
    ...{ fault: 'latency', with: { normal: {} }, share: 0.5, ttl: '2m' },
  });
  expect(ruleBodyOf(latency, FIRST_RULE).body).toEqual({ fault: 'latency', ttl: '2m' });
});

test('a number that is none is told by its place, and so is JSON that is none', () => {
  const schema = {
    type: 'object',
    properties: { a: { type: 'object', properties: { b: { type: 'number' } } }, c: { type: 'object' } },
  };
  const draft: Draft = { object: { a: { object: { b: 'many' } }, c: '{' } };
  expect(readDraft(fieldOf(schema), draft).mistakes).toEqual([
    { path: 'a.b', wrong: 'number' },
    { path: 'c', wrong: 'json' },
  ]);
});

test('a schema in any other form is a field for JSON', () => {
  for (const schema of [{}, true, { allOf: [] }, { type: 'object' }, { type: 'array' }, { $ref: '#/x' }, null])
    expect(fieldOf(schema)).toEqual({ is: 'json' });
  expect(fieldOf({ anyOf: [{ const: 1 }, { enum: ['a', 'b'] }] })).toEqual({ is: 'choice', values: [1, 'a', 'b'] });
  expect(fieldOf({ type: ['string', 'null'] })).toMatchObject({ is: 'either', options: [{}, { title: 'null' }] });
  expect(fieldsOf({ type: 'string' })).toEqual([]);
});

test('a mistake has a place beside every field, however deep', () => {
  const latency = faults.find(({ name }) => name === 'latency');
  if (!latency) throw new Error('latency is a kind');
  const places = placesOf(fieldsOf(parametersSchema(latency)), 'with');
  expect(places).toEqual(expect.arrayContaining(['with.fixed', 'with.percentiles.p99', 'with.scale.over']));
});
