// Profiles: what is read, what is refused with its place, and what an editor is told.
import { describe, expect, test } from 'vitest';
import { showMistake } from '../../src/base/document.ts';
import { nearest } from '../../src/base/nearest.ts';
import { faults } from '../../src/faults/registry.ts';
import { readProfile } from '../../src/shelf/profile.ts';
import { profileJsonSchema } from '../../src/shelf/profile-schema.ts';

const KNOWN = { operations: ['listSessions', 'completeOrder'], doors: ['main'] };
const linesOf = (text: string): string[] => {
  const read = readProfile(text, 'faults/profiles/x.yaml', KNOWN);
  return 'mistakes' in read ? read.mistakes.map(showMistake) : [];
};

describe('a profile', () => {
  test('is a summary and rules, each with a kind that can be armed', () => {
    const read = readProfile(
      'summary: It hangs.\nrules:\n  - fault: hang\n    match: { operations: [completeOrder] }\n',
      'x',
      KNOWN,
    );
    expect(read).toMatchObject({ profile: { summary: 'It hangs.' }, checked: [{ rule: { fault: 'hang' } }] });
  });

  test('may be JSON', () => {
    expect(linesOf('{"summary": "It hangs.", "rules": [{"fault": "hang"}]}')).toEqual([]);
  });

  test.each([
    ['rules: [{ fault: hang }]', 'x.yaml:1 summary: '],
    ['summary: S\nrules: []', 'x.yaml:2 rules: '],
    [`summary: ${'s'.repeat(201)}\nrules: [{ fault: hang }]`, 'x.yaml:1 summary: '],
    [
      'summary: S\nrules:\n  - fault: hang\n    shares: 1',
      'x.yaml:4 rules[0].shares: unknown field; allowed: fault, id, match',
    ],
    ['summary: S\nteaches: T\nrules: [{ fault: hang }]', 'x.yaml:2 teaches: unknown field; allowed: summary, rules'],
    ['summary: S\nrules:\n  - fault: hang\n    share: 2', 'x.yaml:4 rules[0].share: '],
    ['summary: S\nrules:\n  - fault: hang\n    ttl: 5 minutes', 'x.yaml:4 rules[0].ttl: must be a duration such as'],
    [
      'summary: S\nrules:\n  - fault: hang\n  - fault: hing',
      'x.yaml:4 rules[1].fault: unknown kind "hing"; did you mean hang?',
    ],
    [
      'summary: S\nrules:\n  - fault: error-status\n    with:\n      retryAfter: 2s\n      status: 9',
      'x.yaml:6 rules[0].with.status: ',
    ],
    [
      'summary: S\nrules:\n  - fault: hang\n    match:\n      operations:\n        - completeOrder\n        - listSession',
      'x.yaml:7 rules[0].match.operations[1]: unknown name "listSession"; did you mean listSessions?',
    ],
    [
      'summary: S\nrules:\n  - { fault: hang, id: a }\n  - { fault: latency, id: a }',
      'x.yaml:4 rules[1].id: "a" is already',
    ],
    ['summary: S\nrules: [', 'x.yaml:'],
  ])('that reads %j is refused with its file, line and place', (text, start) => {
    const lines = linesOf(text);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.map((line) => line.replace('faults/profiles/', '')).some((line) => line.startsWith(start))).toBe(true);
  });

  test('shows every mistake at once', () => {
    expect(linesOf('summary: S\nrules:\n  - fault: hing\n  - fault: latency\n    with: { nope: 1 }')).toHaveLength(2);
  });

  test('with more than a thousand rules is refused', () => {
    const rules = Array.from({ length: 1001 }, () => '  - fault: hang').join('\n');
    expect(linesOf(`summary: S\nrules:\n${rules}`)[0]).toMatch(/^faults\/profiles\/x\.yaml:\d+ rules: /);
  });

  test('says whether it is no profile at all, or one whose rules cannot be armed', () => {
    expect(readProfile('rules: 1', 'x', KNOWN)).toMatchObject({ wrongIn: 'form' });
    expect(readProfile('summary: S\nrules: [{ fault: hing }]', 'x', KNOWN)).toMatchObject({ wrongIn: 'rules' });
  });
});

describe('the JSON Schema of profiles', () => {
  const schema = profileJsonSchema() as {
    required: string[];
    properties: {
      rules: { items: { properties: { fault: { oneOf: { const: string }[] } }; allOf: { then: unknown }[] } };
    };
  };
  const rule = schema.properties.rules.items;

  test('knows every kind by name', () => {
    expect(rule.properties.fault.oneOf.map((kind) => kind.const)).toEqual(faults.map(({ name }) => name));
    expect(schema.required).toEqual(['summary', 'rules']);
  });

  test('gives each kind its own parameters, as they are written', () => {
    const latency = rule.allOf[faults.findIndex(({ name }) => name === 'latency')];
    expect(latency).toMatchObject({
      if: { properties: { fault: { const: 'latency' } } },
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
      then: {
        properties: {
          with: { properties: { fixed: { anyOf: [{ type: 'string' }, {}] } }, additionalProperties: false },
        },
      },
    });
  });
});

describe('the nearest name', () => {
  test('is the one with the fewest edits', () => {
    expect(nearest('upstream-hang', ['checkout-hang', 'upstream-hangs', 'slow'])).toBe('upstream-hangs');
  });

  test('is none when all are far away', () => {
    expect(nearest('x', ['upstream-hang'])).toBeUndefined();
    expect(nearest('y'.repeat(10_000), ['y'])).toBeUndefined();
  });
});

test('of a thousand wrong rules, fifty mistakes are told, and that there may be more', () => {
  const rules = Array.from({ length: 1000 }, () => ({ fault: 'hing', id: 'one' }));
  const read = readProfile(JSON.stringify({ summary: 'S', rules }), 'x', KNOWN);
  if (!('mistakes' in read)) throw new Error('it fits');
  expect(read.mistakes.length).toBeLessThanOrEqual(51);
  expect(read.mistakes.at(-1)?.message).toMatch(/^there may be more: rules\[50\]/);
});
