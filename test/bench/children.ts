// Processes of the bench: started on cores of their own where that can be had, and ended with us whatever happens.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

export type Part = 'server' | 'load' | 'anywhere';

const CORES: Readonly<Record<Part, string | undefined>> = { server: '0', load: '1', anywhere: undefined };
const children = new Set<ChildProcess>();

/** Servers on one core and the load on another; needs taskset, and to be allowed on both. */
export const pinned: boolean =
  availableParallelism() > 1 && ['0', '1'].every((core) => spawnSync('taskset', ['-c', core, 'true']).status === 0);

interface StartOptions {
  readonly part: Part;
  readonly env?: Readonly<Record<string, string>>;
  /** Talks by messages. */
  readonly ipc?: boolean;
}

/** Starts Node with these arguments, with an environment that holds nothing of ours but what is given. */
export function startNode(args: readonly string[], { part, env = {}, ipc = false }: StartOptions): ChildProcess {
  const core = pinned ? CORES[part] : undefined;
  const [command, ...before] = core === undefined ? [process.execPath] : ['taskset', '-c', core, process.execPath];
  const child = spawn(command as string, [...before, ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'inherit', ...(ipc ? (['ipc'] as const) : [])],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** Ends a process and resolves when it is gone. */
export function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else {
      child.once('exit', () => resolve());
      child.kill(signal);
    }
  });
}

process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
