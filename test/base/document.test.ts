// Documents: a mistake names file, line, path, value and what is allowed.
import { expect, test } from 'vitest';
import { z } from 'zod';
import { MAX_DOCUMENT_BYTES, readDocument, showMistake } from '../../src/base/document.ts';

const schema = z.strictObject({
  summary: z.string(),
  rules: z.array(
    z.strictObject({
      fault: z.string(),
      share: z.number().min(0).max(1).optional(),
      kind: z.enum(['a', 'b']).optional(),
    }),
  ),
});

function mistakes(text: string): string[] {
  const read = readDocument(text, schema, 'p.yaml');
  return 'mistakes' in read ? read.mistakes.map(showMistake) : [];
}

test('a good document gives its value and its lines', () => {
  const read = readDocument('summary: x\nrules:\n  - fault: hang\n', schema, 'p.yaml');
  if ('mistakes' in read) throw new Error('mistaken');
  expect(read.value).toEqual({ summary: 'x', rules: [{ fault: 'hang' }] });
  expect(read.lineOf(['rules', 0, 'fault'])).toBe(3);
});

test.each([
  ['summary: x\nrules:\n  - fault: hang\n    share: 2\n', 'p.yaml:4 rules[0].share: must be at most 1, got 2'],
  [
    'summary: x\nrules:\n  - fault: hang\n    shame: 1\n',
    'p.yaml:4 rules[0].shame: unknown field; allowed: fault, share, kind; did you mean share?',
  ],
  ['summary: x\nrules:\n  - fault: hang\n    kind: c\n', 'p.yaml:4 rules[0].kind: must be one of a, b, got "c"'],
  ['rules: []\n', 'p.yaml:1 summary: is missing: it must be a text'],
])('%j', (text, expected) => {
  expect(mistakes(text)).toEqual([expected]);
});

test('what is no number, and what is of another kind, is called by its name', () => {
  const some = z.strictObject({ pass: z.number(), list: z.array(z.string()), fields: z.strictObject({ a: z.int() }) });
  const told = (text: string) => {
    const read = readDocument(text, some, 'p.yaml');
    return 'mistakes' in read && read.mistakes.map(({ path, message }) => `${path}: ${message}`);
  };
  expect(told('pass: .nan\nlist: { a: b }\nfields: [1]\n')).toEqual([
    'pass: must be a number, got NaN',
    'list: must be a list, got fields',
    'fields: must have fields: a, got a list',
  ]);
  expect(told('pass: -.inf\nlist: null\nfields: 7\n')).toEqual([
    'pass: must be a number, got -Infinity',
    'list: must be a list, got null',
    'fields: must be a form such as { a: 7 }, got 7',
  ]);
});

test('of two bounds that a value breaks, the tighter is told', () => {
  const bounded = z.strictObject({ skip: z.int().min(0).max(10), list: z.array(z.int().min(-5)) });
  const read = readDocument('skip: 1e300\nlist: [-1e300, 1]\n', bounded, 'p.yaml');
  expect('mistakes' in read && read.mistakes.map(showMistake)).toEqual([
    'p.yaml:1 skip: must be at most 10, got 1e+300',
    'p.yaml:2 list[0]: must be at least -5, got -1e+300',
  ]);
});

test.each([
  ['summary: x\n---\nsummary: y\n', /^p\.yaml:\d: holds more than one document/],
  [
    `a: &a [${'x, '.repeat(20)}]\nb: &b [${'*a, '.repeat(20)}]\nc: [${'*b, '.repeat(20)}]\n`,
    /repeats too much by its aliases/,
  ],
])('what the parser says to programmers is said to writers: %#', (text, why) => {
  expect(mistakes(text)[0]).toMatch(why);
  expect(mistakes(text).join()).not.toMatch(/parseAllDocuments|attack/);
});

test('all mistakes are told at once', () => {
  expect(mistakes('rules:\n  - fault: 1\n  - share: 3\n')).toHaveLength(4);
});

test('what is no YAML is named with its line', () => {
  expect(mistakes('summary: x\nrules: [\n')[0]).toMatch(/^p\.yaml:[23]: is not YAML: /);
  expect(mistakes('summary: x\nsummary: y\nrules: []\n')[0]).toMatch(
    /^p\.yaml:2: is not YAML: Map keys must be unique/,
  );
});

test('a document that is too long, or grows by aliases, is refused', () => {
  expect(mistakes(`summary: ${'x'.repeat(MAX_DOCUMENT_BYTES)}`)[0]).toContain('is longer than');
  const laughs = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...'bcdefgh'.split('').map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[i]}`).join(',')}]`),
  ].join('\n');
  expect(mistakes(laughs)[0]).toMatch(/alias/i);
});

test('of many mistakes the first fifty are told, and how many more there are', () => {
  const many = Array.from({ length: 3000 }, (_, i) => `k${i}: 1\n`).join('');
  const told = mistakes(`summary: x\nrules: []\n${many}`);
  expect([told.length, told[0], told.at(-1)]).toEqual([
    51,
    'p.yaml:3 k0: unknown field; allowed: summary, rules',
    'p.yaml:1: and 2950 more',
  ]);
});

test('what is told of a long key and a long value is short', () => {
  const [long, key] = ['x'.repeat(100_000), 'x'.repeat(1000)];
  const told = mistakes(`summary: x\nrules:\n  - { fault: hang, kind: ${long} }\n${key}: 1\n`);
  expect(told.length).toBe(2);
  for (const one of told) expect(one.length).toBeLessThan(300);
});
