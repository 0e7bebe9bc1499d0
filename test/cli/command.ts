// Runs the command line as people do: as a process of its own, with the environment it is given and nothing more.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { BUNDLED_ENV, MAIN } from '../support/bundled.ts';
import { ROOT } from '../support/shipped.ts';

export interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

export type Env = Readonly<Record<string, string>>;

/** What is started. */
export interface Program {
  readonly file: string;
  /** Before those of the command line. */
  readonly args: readonly string[];
}

const BUNDLED: Program = { file: process.execPath, args: [MAIN] };

/** Variables of this machine that a process needs, and none of ours. */
const cleanEnv = (env: Env): NodeJS.ProcessEnv => ({ ...BUNDLED_ENV, ...env });

/** One command to its end. */
export async function run(args: readonly string[], env: Env = {}, cwd = ROOT, program = BUNDLED): Promise<Ran> {
  const child = spawn(program.file, [...program.args, ...args], {
    env: cleanEnv(env),
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err] = [collect(child.stdout), collect(child.stderr)];
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, out: out(), err: err() };
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return () => text;
}

/** What a started server says of itself in its ready line. */
export interface Ready {
  readonly upstream: string;
  readonly admin: string;
  readonly seed: number;
  readonly startMs: number;
}

export interface Served extends Ready {
  readonly child: ChildProcess;
  /** Ends it and gives its exit status. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts `showstopper serve` on free ports and waits for its ready line. */
export async function serve(args: readonly string[] = [], env: Env = {}, program = BUNDLED): Promise<Served> {
  const ports = { SHOWSTOPPER_PORT: '0', SHOWSTOPPER_ADMIN_PORT: '0', SHOWSTOPPER_CATALOG: 'small' };
  const child = spawn(program.file, [...program.args, 'serve', ...args], {
    env: cleanEnv({ ...ports, ...env }),
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const err = collect(child.stderr);
  const ended = once(child, 'exit') as Promise<[number | null]>;
  for await (const line of createInterface({ input: child.stdout })) {
    const ready = readyLine(line);
    if (!ready) continue;
    child.stdout.resume();
    return {
      ...ready,
      child,
      async stop(signal = 'SIGTERM') {
        child.kill(signal);
        return (await ended)[0];
      },
    };
  }
  throw new Error(`serve ended with ${(await ended)[0]} before it was ready: ${err()}`);
}

function readyLine(line: string): Ready | undefined {
  if (!line.includes('"msg":"ready"')) return undefined;
  return JSON.parse(line) as Ready;
}

/** An address of this machine where nobody listens. */
export async function nobodyThere(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}
