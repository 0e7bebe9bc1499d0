// The servers that are compared, each a process of its own: Showstopper as built, and two to compare it with.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { end, type Part, startNode } from './children.ts';
import type { KeptAnswers } from './servers/answers.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MAIN = join(ROOT, 'dist/bin/main.js');
/** Within node_modules, so that what is written there finds its packages. */
const SCRATCH = join(ROOT, 'node_modules/.cache/showstopper-bench');

export interface Subject {
  readonly pid: number;
  /** Of the listener under load. */
  readonly port: number;
  /** URL of the admin listener, where there is one. */
  readonly admin: string;
  /** At once, unless another signal is given. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export interface SubjectOptions {
  readonly part?: Part;
  /** Garbage is collected when collectGarbage asks for it. */
  readonly collectable?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

export const COMPARED = ['raw', 'koa'] as const;
export type Compared = (typeof COMPARED)[number];

/** A fresh festival on free ports; the same seed each time. */
export function startShowstopper({ env, ...options }: SubjectOptions = {}): Promise<Subject> {
  const settings = { SHOWSTOPPER_PORT: '0', SHOWSTOPPER_ADMIN_PORT: '0', SHOWSTOPPER_SEED: '1', ...env };
  return start([MAIN, 'serve'], { ...options, env: settings });
}

export function startCompared(name: Compared, answers: KeptAnswers, options: SubjectOptions = {}): Promise<Subject> {
  const path = join(SCRATCH, 'answers.json');
  mkdirSync(SCRATCH, { recursive: true });
  writeFileSync(path, JSON.stringify(answers));
  return start([asBuilt(name), path], options);
}

/** Asks a collectable subject to collect its garbage; the answer to a request that follows comes after it. */
export function collectGarbage({ pid }: Subject): void {
  process.kill(pid, 'SIGUSR2');
}

async function start(
  args: readonly string[],
  { part = 'server', collectable = false, env = {} }: SubjectOptions,
): Promise<Subject> {
  const before = collectable ? ['--expose-gc', '--import', asBuilt('collect-on-signal')] : [];
  const child = startNode([...before, ...args], { part, env });
  if (!child.stdout) throw new Error('a child without stdout');
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.includes('"msg":"ready"')) continue;
    const { upstream, admin = '' } = JSON.parse(line) as { upstream: string; admin?: string };
    child.stdout.resume();
    return {
      pid: child.pid as number,
      port: Number(new URL(upstream).port),
      admin,
      stop: (signal) => end(child, signal),
    };
  }
  throw new Error(`${args.join(' ')} ended before it was ready`);
}

/** A server of ours as plain JavaScript, as Showstopper's own build is: removing types at start takes time. */
function asBuilt(name: string): string {
  mkdirSync(SCRATCH, { recursive: true });
  const path = join(SCRATCH, `${name}.mjs`);
  const source = readFileSync(new URL(`servers/${name}.ts`, import.meta.url), 'utf8');
  process.removeAllListeners('warning'); // that removing types is new is no news here
  writeFileSync(path, stripTypeScriptTypes(source));
  return path;
}
