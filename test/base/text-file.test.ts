// A path that somebody gave us is read only when a regular file of bounded size is there, and nothing else is waited for.
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readTextFile, readTextFileSync, UnreadableFile } from '../../src/base/text-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'showstopper-text-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);

writeFileSync(at('text'), 'چهارسو\n');
writeFileSync(at('100'), 'x'.repeat(100));
symlinkSync('text', at('link'));
symlinkSync('nowhere', at('dangling'));
symlinkSync('loop', at('loop'));
mkdirSync(at('folder'));
execFileSync('mkfifo', [at('pipe')]);
symlinkSync('pipe', at('link-to-pipe'));
const huge = openSync(at('huge'), 'w');
ftruncateSync(huge, 3 * 2 ** 30);
closeSync(huge);

describe.each([
  ['readTextFile', readTextFile],
  ['readTextFileSync', async (path: string, maxBytes: number) => readTextFileSync(path, maxBytes)],
])('%s', (_name, read) => {
  test('gives the text, also by a link, up to the last byte allowed', async () => {
    expect(await read(at('text'), 100)).toBe('چهارسو\n');
    expect(await read(at('link'), 100)).toBe('چهارسو\n');
    expect(await read(at('100'), 100)).toBe('x'.repeat(100));
  });

  test('gives what a file holds that says it is empty', async () => {
    expect(await read('/proc/self/limits', 65_536)).toContain('Max open files');
    await expect(read('/proc/self/limits', 20)).rejects.toThrow('is longer than 20 bytes');
  });

  test.each([
    ['folder', 'is a folder, and must be a regular file'],
    ['pipe', 'is a pipe, and must be a regular file'],
    ['link-to-pipe', 'is a pipe, and must be a regular file'],
    ['/dev/zero', 'is a device, and must be a regular file'],
    ['100', 'is longer than 99 bytes'],
    ['huge', 'is longer than 99 bytes'],
    ['dangling', 'cannot be read: ENOENT'],
    ['loop', 'cannot be read: ELOOP'],
    ['nowhere', 'cannot be read: ENOENT'],
  ])('says at once of %s that it %s', async (name, words) => {
    const reading = read(name.startsWith('/') ? name : at(name), 99);
    await expect(reading).rejects.toThrow(UnreadableFile);
    await expect(reading).rejects.toThrow(words);
  });

  test('says at once of a socket what it is', async () => {
    const server = createServer().listen(at('socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    await expect(read(at('socket'), 99)).rejects.toThrow('is a socket, and must be a regular file');
    await new Promise((resolve) => server.close(resolve));
  });
});
