// What the pages for people name is there: files, headings, commands and their options, calls, settings, YAML; and nothing hides from being run.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../src/cli/program.ts';
import { settings } from '../src/config.ts';
import type { RunningServer } from '../src/server.ts';
import { isAsShown } from './support/page-shell.ts';
import { blocksOf, codeOf, type Page, page, pages, proseOf } from './support/pages.ts';
import { startInProcess } from './support/run-server.ts';
import { runnable, strayReasons } from './support/runnable.ts';
import { ask } from './support/seller.ts';
import { ROOT } from './support/shipped.ts';

const all = pages();

/** As GitHub makes it of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
const anchorsOf = (one: Page): string[] =>
  [...proseOf(one).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
const linksOf = (one: Page): string[] =>
  [...proseOf(one).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, target = '']) => target);

/** Lines of its shell blocks, and what its prose says in code. */
const commandsOf = (one: Page): string[] => [
  ...codeOf(one),
  ...blocksOf(one)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.split('\n')),
];

function isThere(from: Page, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const path = file === '' ? from.path : join(dirname(from.path), file);
  if (!existsSync(join(ROOT, path))) return false;
  return anchor === undefined || anchorsOf(page(path)).includes(anchor);
}

describe('every page', () => {
  test('links to files and headings that are there', () => {
    expect(all.flatMap(linksOf).length).toBeGreaterThan(80);
    const dead = all.flatMap((one) =>
      linksOf(one)
        .filter((link) => !isThere(one, link))
        .map((link) => `${one.path}: ${link}`),
    );
    expect(dead).toEqual([]);
  });

  test('can be reached from the README', () => {
    const reached = new Set(['README.md']);
    for (const path of reached)
      for (const link of linksOf(page(path))) {
        const target = join(dirname(path), link.split('#')[0] ?? '');
        if (target.endsWith('.md')) reached.add(target);
      }
    expect(all.map(({ path }) => path).filter((path) => !reached.has(path))).toEqual([]);
  });

  test('has no reason for not running a command that is no longer there', () => {
    expect(strayReasons(all)).toEqual([]);
  });

  test('shows commands as sh, so that they are run', () => {
    const known = ['sh', 'text', 'ts', 'python', 'java']; // the last two are run by other-languages.test.ts
    const others = all.flatMap((one) =>
      blocksOf(one)
        .filter(({ language }) => !known.includes(language))
        .map(({ line, language }) => `${one.path}:${line} ${language}`),
    );
    expect(others).toEqual([]);
  });

  test('names scripts and source files that there are', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
    const commands = all.flatMap(commandsOf).join('\n');
    const named = [...commands.matchAll(/\bnpm (?:run (?:-s )?)?([a-z]+)/g)].map(([, name = '']) => name);
    const OF_NPM = ['ci', 'install', 'pack', 'run'];
    expect(named.filter((name) => !OF_NPM.includes(name) && !(name in scripts))).toEqual([]);
    const files = codeOf(page('CONTRIBUTING.md')).filter((code) => /^[a-z-]+(\/[a-z.-]+)+$/.test(code));
    const places = (file: string): string[] => [join(ROOT, file), join(ROOT, 'src', file)];
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter((file) => !places(file).some((place) => existsSync(place)))).toEqual([]);
  });

  test('names settings that there are', () => {
    const known = [...settings.map(({ variable }) => variable), ...OF_CLIENTS];
    const named = all.flatMap((one) =>
      [...one.text.matchAll(/SHOWSTOPPER_[A-Z_]+/g)].map(([name]) => ({ at: one.path, name })),
    );
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter(({ name }) => !known.includes(name))).toEqual([]);
  });
});

const OF_CLIENTS = ['SHOWSTOPPER_ADMIN_URL', 'SHOWSTOPPER_UPSTREAM_URL', 'SHOWSTOPPER_KEY'];

describe('the command line that the pages tell of', () => {
  const commands = new Map<string, Command>();
  beforeAll(async () => {
    for (const { name, load } of COMMANDS) {
      const command = new Command(name);
      (await load())(command);
      commands.set(name, command);
    }
  });

  /** Command lines, of which those in prose may be as short as `--ttl`. */
  const lines = all.flatMap((one) =>
    commandsOf(one)
      .flatMap((code) => /\bshowstopper ([a-z]+\b.*)/.exec(code)?.[1] ?? [])
      .map((line) => ({ at: one.path, line })),
  );
  const NO_COMMANDS = /^(help|node dist)\b/;

  test('has its commands, with their options', () => {
    expect(lines.length).toBeGreaterThan(40);
    const wrong = lines
      .filter(({ line }) => !NO_COMMANDS.test(line))
      .filter(({ line }) => {
        const [name = '', ...words] = line.split(/\s+/);
        const known = commands.get(name)?.options.map(({ long }) => long);
        const flags = words.filter((word) => word.startsWith('--') && word !== '--').map((word) => word.split('=')[0]);
        return known === undefined || flags.some((flag) => flag !== '--help' && !known.includes(flag));
      });
    expect(wrong).toEqual([]);
  });

  test('is run whole: a page runs each command', () => {
    const run = all.flatMap((one) => runnable(one).map(({ text }) => text)).join('\n');
    const ran = ({ name }: { readonly name: string }): boolean =>
      new RegExp(name === 'serve' ? '^.*npm start' : `\\bshowstopper ${name}\\b`, 'm').test(run);
    expect(COMMANDS.filter((command) => !ran(command)).map(({ name }) => name)).toEqual([]);
  });

  test('has the options that are named alone', () => {
    const known = new Set([...commands.values()].flatMap(({ options }) => options.map(({ long }) => long)));
    const ofOthers = ['--help', '--quick', '--only', '--wait', '--retry'];
    const alone = all.flatMap((one) => codeOf(one).flatMap((code) => /^(--[a-z-]+)/.exec(code)?.[1] ?? []));
    expect(alone.length).toBeGreaterThan(20);
    expect(alone.filter((flag) => !known.has(flag) && !ofOthers.includes(flag))).toEqual([]);
  });
});

describe('the calls that the pages tell of', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startInProcess();
  });
  afterAll(() => server.stop());

  test('are in the OpenAPI documents', async () => {
    const documents = await Promise.all(
      [server.upstream, server.admin].map(async (url) => (await ask(`${url}/openapi.json`)).body),
    );
    const known = documents.flatMap(({ paths }: { paths: Record<string, object> }) =>
      Object.entries(paths).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
      ),
    );
    const named = all.flatMap((one) =>
      codeOf(one).flatMap((code) => /^(?:GET|POST|PUT|DELETE) \/[^?\s]*/.exec(code)?.[0] ?? []),
    );
    expect(named.length).toBeGreaterThan(60);
    expect(named.filter((call) => !known.includes(call))).toEqual([]);
  });
});

test('CONTRIBUTING is short', () => {
  expect(page('CONTRIBUTING.md').text.trimEnd().split('\n').length).toBeLessThanOrEqual(126);
});

test('what a page shows is compared word by word, save times and what it leaves out', () => {
  expect(isAsShown('a   b\r\nc\n', 'a b\nc')).toBe(true);
  expect(isAsShown('until 2026-11-26T02:38:52.726Z, in 7 ms', 'until 2030-01-01T00:00:00.000Z, in 1 ms')).toBe(true);
  expect(isAsShown('{"id":"x","n":1}', '{"id":"…","n":1}')).toBe(true);
  expect(isAsShown('{"id":"x","n":2}', '{"id":"…","n":1}')).toBe(false);
  expect(isAsShown('one\ntwo', 'one')).toBe(false);
});
