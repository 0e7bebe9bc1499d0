// The house's rules hold: those of test/support/rooms.ts, sizes and names.
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  badNames,
  forbiddenWords,
  importCycles,
  strayPackages,
  tooLong,
  withoutOpening,
  wrongArrows,
} from './support/house-rules.ts';
import { ARROWS, FORBIDDEN, JOBS, PACKAGES } from './support/rooms.ts';
import { floorsOf, roomImports, roomsTables } from './support/rooms-table.ts';
import { functionsOf, importsOf, readSources, type SourceFile } from './support/source-text.ts';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const sources = readSources(root, 'src');
const tests = readSources(root, 'test');

describe('the house', () => {
  test('the arrows between rooms point one way', () => expect(wrongArrows(sources, ARROWS)).toEqual([]));
  test('no file imports itself in a circle', () => expect(importCycles(sources)).toEqual([]));
  test('each package is used in its own rooms only', () => expect(strayPackages(sources, PACKAGES)).toEqual([]));
  test('time, chance, environment and responses are touched only at home', () =>
    expect(forbiddenWords(sources, FORBIDDEN)).toEqual([]));
  test('file names say something', () => expect(badNames([...sources, ...tests])).toEqual([]));
  test('every file begins with its job', () => expect(withoutOpening([...sources, ...tests])).toEqual([]));
  test('every room that is told of is there', () =>
    expect(Object.keys(JOBS).sort()).toEqual([...roomImports(sources).keys()].sort()));
  test('files and functions are short', () => {
    expect(tooLong(sources, { fileLines: 250, functionLines: 60 })).toEqual([]);
    expect(tooLong(kindsOf(sources), { fileLines: 80 })).toEqual([]);
    expect(tooLong(tests, { fileLines: 300 })).toEqual([]);
  });
});

function kindsOf(files: readonly SourceFile[]): SourceFile[] {
  return files.filter(({ path }) => path.startsWith('src/faults/kinds/'));
}

const file = (path: string, text: string): SourceFile => ({
  path: `src/${path}`,
  text: `// What this file is for.\n${text}`,
});

describe('the check itself finds', () => {
  test('an arrow that points the wrong way, and its line', () => {
    const [found, ...more] = wrongArrows([file('wire/door.ts', "\nimport { a } from '../faults/plan.ts';")], ARROWS);
    expect(found).toMatch(/^src\/wire\/door\.ts:3: wire may not import faults .*it may import: base/);
    expect(more).toEqual([]);
  });

  test('on which floor a room stands, and a circle of rooms', () => {
    const low = [file('base/a.ts', ''), file('wire/a.ts', "import type { A } from '../base/a.ts';")];
    const floors = floorsOf(
      roomImports([...low, file('faults/a.ts', "import { b } from '../wire/a.ts';\nimport 'zod';")]),
    );
    expect(floors).toEqual([['base'], ['wire'], ['faults']]);
    const circle = [...low, file('base/b.ts', "import { a } from '../wire/a.ts';")];
    expect(() => floorsOf(roomImports(circle))).toThrow('in a circle: base, wire');
    expect(roomsTables(low).get('rooms')).toMatch(/\| `wire` \| .* \| base \|\n\| `base` \| .* \| nobody \|$/);
    expect(() => roomsTables([file('attic/box.ts', '')])).toThrow('room attic has no job');
  });

  test('a room nobody has heard of', () => {
    expect(wrongArrows([file('attic/box.ts', '')], ARROWS)[0]).toMatch(/room attic is not in the table/);
  });

  test('a value taken where only types are lent', () => {
    const lent =
      "import type { Terms } from '../box-office/terms.ts';\nimport { type A, type B } from '../box-office/seat.ts';";
    expect(wrongArrows([file('faults/a.ts', lent)], ARROWS)).toEqual([]);
    const taken = "import { type Terms, terms } from '../box-office/terms.ts';";
    expect(wrongArrows([file('faults/a.ts', taken)], ARROWS)).toHaveLength(1);
  });

  test('imports over several lines, re-exports and imports by call', () => {
    const text =
      "import {\n  a,\n  type B,\n} from './a.ts';\nexport { b } from './b.ts';\nawait import('./c.ts');\n// import { d } from './d.ts';\nimport './e.ts';";
    expect(importsOf(text).map(({ from, line }) => `${from}:${line}`)).toEqual([
      './a.ts:1',
      './b.ts:5',
      './e.ts:8',
      './c.ts:6',
    ]);
  });

  test('a cycle, also of types', () => {
    const files = [
      file('base/a.ts', "import { b } from './b.ts';"),
      file('base/b.ts', "import { c } from './c.ts';"),
      file('base/c.ts', "import type { A } from './a.ts';"),
    ];
    expect(importCycles(files)).toEqual([
      expect.stringMatching(/^src\/base\/a\.ts:2: import cycle .*c\.ts -> src\/base\/a\.ts/),
    ]);
    expect(importCycles(files.slice(0, 2))).toEqual([]);
  });

  test.each([
    ['koa in the domain', 'box-office/a.ts', "import Koa from 'koa';"],
    ['a socket outside wire', 'upstream/a.ts', "import { connect } from 'node:net';"],
    ['types of a socket in the domain', 'box-office/a.ts', "import type { Socket } from 'node:net';"],
    ['a package nobody chose', 'base/a.ts', "import { x } from 'left-pad';"],
  ])('%s', (_name, path, text) => expect(strayPackages([file(path, text)], PACKAGES)).toHaveLength(1));

  test('but lends the types of node:http to who needs them', () => {
    expect(strayPackages([file('upstream/a.ts', "import type { Server } from 'node:http';")], PACKAGES)).toEqual([]);
  });

  test.each([
    'const t = Date.now();',
    'const t = new Date();',
    'const t = performance.now();',
    'setTimeout(() => {}, 5);',
    'setInterval(tick, 5);',
    'setImmediate(tick);',
    'const r = Math.random();',
    'const p = process.env.PORT;',
    'res.end(body);',
    'response.write(body);',
    'context.res.writeHead(200);',
    "export * from './a.ts';",
    'export default 5;',
    'let x: any;',
    'const x = y as any;',
    'function f(a: Map<string, any>): void {}',
    'enum Colour { Red }',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a planted text
    'const text = `${Date.now()}`;',
  ])('the forbidden %s', (text) => {
    expect(forbiddenWords([file('upstream/a.ts', text)], FORBIDDEN)).toEqual([
      expect.stringMatching(/^src\/upstream\/a\.ts:2: .*; /),
    ]);
  });

  test.each([
    '// Date.now is forbidden',
    '/* setTimeout */',
    "const says = 'Math.random, or any, or process.env';",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a planted text
    'const says = `new Date() and ${name}`;',
    'const at = new Date(ms);',
    'const pattern = /any/; const any = { any: 1 };',
    "const key = x['any'];",
  ])('nothing in %s', (text) => expect(forbiddenWords([file('upstream/a.ts', text)], FORBIDDEN)).toEqual([]));

  test('a forbidden word at home is none', () => {
    expect(forbiddenWords([file('base/clock.ts', 'Date.now();')], FORBIDDEN)).toEqual([]);
  });

  test('names that say nothing, and names in another case', () => {
    expect(badNames([file('web/utils.ts', ''), file('web/util.test.ts', ''), file('web/seatMap.ts', '')])).toHaveLength(
      3,
    );
    expect(badNames([file('wire/helpers/flood.ts', ''), file('web/utility-room.ts', '')])).toEqual([]);
  });

  test('a file without a first sentence', () => {
    expect(withoutOpening([{ path: 'src/a.ts', text: 'export const a = 1;\n' }])).toEqual([
      expect.stringMatching(/^src\/a\.ts:1: /),
    ]);
    expect(
      withoutOpening([{ path: 'src/a.ts', text: '#!/usr/bin/env node\n// Starts everything there is.\n' }]),
    ).toEqual([]);
  });

  test('long files and long functions of every form', () => {
    const body = '  step();\n'.repeat(60);
    const long = [
      `function f(): void {\n${body}}\n`,
      `export async function f(\n  a: A,\n): Promise<void> {\n${body}}\n`,
      `const f = async (a: A): Promise<void> => {\n${body}};\n`,
      `class A {\n  async #run(a: A): Promise<B> {\n${body}  }\n}\n`,
    ];
    for (const text of long) expect(functionsOf(text).map(({ lines }) => lines >= 62)).toEqual([true]);
    const short = `class A {\n  a(): void {\n  }\n${body}}\nif (\n  a\n) {\n${body}}\n`;
    expect(functionsOf(short).map(({ lines }) => lines)).toEqual([2]);
    const maker = `function make(): A {\n  return {\n    a() {\n${'      step();\n'.repeat(50)}    },\n    b() {\n${'      step();\n'.repeat(50)}    },\n  };\n}\n`;
    expect(functionsOf(maker).map(({ lines }) => lines)).toEqual([4, 52, 52]);
    const sizes = { fileLines: 62, functionLines: 60 };
    expect(tooLong([file('a/b.ts', long[0] ?? '')], sizes)).toEqual([
      expect.stringMatching(/^src\/a\/b\.ts:62: 63 lines/),
      expect.stringMatching(/^src\/a\/b\.ts:2: a function of 62 lines of its own/),
    ]);
  });
});
