// The package as its users get it: packed from what git knows of this folder, and installed into an empty one.
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './shipped.ts';

const run = promisify(execFile);
const MAX_OUTPUT_BYTES = 16_777_216;
const ENV = { PATH: process.env.PATH, HOME: process.env.HOME };

export interface Packed {
  readonly tarball: string;
  /** Bytes to download, and on disk. */
  readonly size: number;
  readonly unpackedSize: number;
  /** From the package's root. */
  readonly files: readonly string[];
  /** A project that has it installed, and nothing else. */
  readonly project: string;
  remove(): void;
}

/** Takes what a fresh clone has, and this clone's node_modules for the build. */
export async function packAndInstall(): Promise<Packed> {
  const folder = mkdtempSync(join(tmpdir(), 'packed-'));
  const clone = join(folder, 'clone');
  await cloneTo(clone);
  const [{ filename, size, unpackedSize, files }] = await pack(clone, folder);
  const tarball = join(folder, filename);
  const project = join(folder, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'shop', private: true, type: 'module' }));
  // offline: it comes alone, or not at all
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: project, env: ENV });
  return {
    ...{ tarball, size, unpackedSize, project },
    files: files.map(({ path }) => path),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

async function cloneTo(clone: string): Promise<void> {
  const listed = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { stdout } = await run('git', listed, { cwd: ROOT, maxBuffer: MAX_OUTPUT_BYTES });
  for (const path of stdout.split('\0').filter((file) => file !== '' && existsSync(join(ROOT, file)))) {
    mkdirSync(dirname(join(clone, path)), { recursive: true });
    cpSync(join(ROOT, path), join(clone, path));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
}

interface Report {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

async function pack(clone: string, destination: string): Promise<[Report]> {
  const args = ['pack', '--json', '--pack-destination', destination];
  const { stdout } = await run('npm', args, { cwd: clone, env: ENV, maxBuffer: MAX_OUTPUT_BYTES });
  const report = JSON.parse(stdout) as [Report] | Record<string, Report>;
  return Object.values(report) as [Report];
}
