// YAML from outside: bounded in what it holds, linear in time, and parsed apart when it is long.
import { expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { MAX_DEPTH, MAX_VALUES } from '../../src/base/extent.ts';
import { lineAt, parseYaml } from '../../src/base/yaml.ts';
import { MAX_WAITING, YamlApart } from '../../src/base/yaml-apart.ts';
import { cpuMsOf } from '../support/cpu-time.ts';

const wrong = (text: string): string => {
  const parsed = parseYaml(text);
  return 'wrong' in parsed ? `${parsed.wrong.line}: ${parsed.wrong.message}` : 'fits';
};
const keys = (count: number): string => Array.from({ length: count }, (_, i) => `k${i}:\n`).join('');

test.each([
  [
    'a bomb of aliases',
    'a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n',
    'repeats too much by its aliases',
  ],
  [
    'one large value a hundred times',
    `a: &a [${'1, '.repeat(500)}1]\nb: [${'*a, '.repeat(98)}*a]\n`,
    `has more than ${MAX_VALUES} values`,
  ],
  ['too many values', `[${'1,'.repeat(MAX_VALUES)}1]`, `has more than ${MAX_VALUES} values`],
  ['brackets', '['.repeat(100_000), `values, more than ${MAX_DEPTH} deep`],
  ['closed brackets', `${'['.repeat(40)}${']'.repeat(40)}`, `values, more than ${MAX_DEPTH} deep`],
  [
    'closed brackets beyond the stack',
    `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
    `values, more than ${MAX_DEPTH} deep`,
  ],
  ['items within items', '- '.repeat(50_000), 'deep'],
  ['a value that holds itself', 'a: &a\n  b: *a\n', 'deep'],
  ['a key twice', 'a: 1\nb: 2\na: 3\n', '3: is not YAML: Map keys must be unique'],
])('%s is refused', (_what, text, message) => {
  expect(wrong(text)).toContain(message);
});

test('many keys take time in proportion', () => {
  const [few, many] = [500, 4000].map((count) => cpuMsOf(() => parseYaml(keys(count))));
  expect(many).toBeLessThan(Math.max(5, few as number) * 8 * 4); // the square would be sixty-four times
});

test('a line is found for what is there, else for what is nearest above it', () => {
  const parsed = parseYaml(
    'summary: x\nrules:\n  - fault: hang\n  - { fault: hang,\n      match: { paths: [a,\n      b] } }\n',
  );
  if ('wrong' in parsed) throw new Error(parsed.wrong.message);
  const lineOf = (...path: PropertyKey[]): number => lineAt(parsed.lines, path);
  expect([
    lineOf('summary'),
    lineOf('rules', 1, 'match', 'paths', 1),
    lineOf('rules', 0, 'share'),
    lineOf('no'),
  ]).toEqual([1, 6, 3, 1]);
});

test('a long text is parsed apart as here, with its lines', async () => {
  const text = `# ${'x'.repeat(5000)}\nsummary: x\nrules:\n  - fault: hang\n`;
  expect(await new YamlApart(systemClock).parse(text)).toEqual(parseYaml(text));
});

test('a text that takes long does not stop who waits for it', async () => {
  const parsing = new YamlApart(systemClock).parse(`[${','.repeat(60_000)}]`);
  let turns = 0;
  let over = false;
  const done = parsing.then(() => {
    over = true;
  });
  while (!over) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    turns++;
  }
  await done;
  expect(await parsing).toMatchObject({ wrong: { message: expect.stringContaining('is not YAML') } });
  expect(turns).toBeGreaterThan(10);
});

test('too many texts at a time are refused, and the others are parsed', async () => {
  const apart = new YamlApart(systemClock);
  const asked = Array.from({ length: MAX_WAITING + 1 }, () => apart.parse('a: 1'));
  const outcomes = await Promise.allSettled(asked);
  expect(outcomes.filter(({ status }) => status === 'rejected')).toMatchObject([
    { reason: { code: 'too_many_concurrent' } },
  ]);
  expect(await apart.parse('a: 1')).toMatchObject({ raw: { a: 1 } });
});
