// The files of the page: only those of the build's folder, with their types, and whatever is built later too.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { builtPage } from '../../src/dashboard/built-page.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'page-'));

test('a page that is not built yet has no index, and has one once it is', () => {
  const at = folder();
  const page = builtPage(at);
  expect([page.index(), page.asset('main.js')]).toEqual([undefined, undefined]);
  mkdirSync(join(at, 'assets'));
  writeFileSync(join(at, 'index.html'), '<!doctype html>');
  writeFileSync(join(at, 'assets', 'main.js'), 'const a = 1;');
  expect(page.index()).toMatchObject({ type: 'text/html; charset=utf-8', plain: Buffer.from('<!doctype html>') });
  const script = page.asset('main.js');
  expect(script?.type).toBe('text/javascript; charset=utf-8');
  expect(gunzipSync(script?.gzipped ?? '').toString()).toBe('const a = 1;');
});

test('what is asked for by a path, or is of an unknown type, is not there', () => {
  const at = folder();
  mkdirSync(join(at, 'assets'));
  writeFileSync(join(at, 'index.html'), '<!doctype html>');
  writeFileSync(join(at, 'assets', 'notes.txt'), 'x');
  const page = builtPage(at);
  for (const name of ['../package.json', 'assets/notes.txt', 'notes.txt', 'index.html', '', '__proto__'])
    expect([name, page.asset(name)]).toEqual([name, undefined]);
});
