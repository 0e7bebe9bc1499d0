// A whole Showstopper for one test: both listeners on free ports, in this process or in one of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { readConfig } from '../../src/config.ts';
import { type RunningServer, type ServerOptions, startServer } from '../../src/server.ts';
import { createLog } from '../../src/telemetry/log.ts';

/** Settings that every test server begins with. */
const QUIET = {
  SHOWSTOPPER_PORT: '0',
  SHOWSTOPPER_ADMIN_PORT: '0',
  SHOWSTOPPER_CATALOG: 'small',
  SHOWSTOPPER_SEED: '7',
};

/** Starts a server in this process; its log goes nowhere. */
export async function startInProcess(
  env: Record<string, string> = {},
  options: Pick<ServerOptions, 'pageFolder'> = {},
): Promise<RunningServer> {
  const log = await createLog({ level: 'silent', destination: { write: () => {} } });
  return startServer(readConfig({}, { ...QUIET, ...env }), { log, ...options });
}

export interface ServerProcess {
  readonly child: ChildProcess;
  readonly upstream: string;
  readonly admin: string;
  /** Every line of its output so far. */
  readonly lines: readonly string[];
  /** Asks it to end and resolves with its exit status. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts `showstopper serve` as a process of its own; `openFiles` bounds its descriptors, `fileBlocks` the length of each file that it writes, in blocks of 512 bytes. Rejects with its output when it ends before it is ready. */
export async function startProcess({
  env = {},
  openFiles,
  fileBlocks,
}: {
  env?: Record<string, string>;
  openFiles?: number;
  fileBlocks?: number;
} = {}): Promise<ServerProcess> {
  const { BUNDLED_ENV, MAIN } = await import('./bundled.ts'); // which only Vitest knows, and not all who start servers in this process are run by it
  const limit = [
    ...(openFiles === undefined ? [] : [`ulimit -n ${openFiles}; `]),
    ...(fileBlocks === undefined ? [] : [`ulimit -f ${fileBlocks}; `]),
  ].join('');
  const child = spawn('sh', ['-c', `${limit}exec "$0" "$@"`, process.execPath, MAIN, 'serve'], {
    env: { ...BUNDLED_ENV, ...QUIET, ...env },
  });
  const lines: string[] = [];
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  createInterface(child.stderr).on('line', (line) => lines.push(line));
  return new Promise((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line);
      if (!line.includes('"ready"')) return;
      const { upstream, admin } = JSON.parse(line) as { upstream: string; admin: string };
      const stop = (signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> => {
        child.kill(signal);
        return ended;
      };
      resolve({ child, upstream, admin, lines, stop });
    });
    void ended.then((code) => reject(new Error(`ended with status ${code} before it was ready:\n${lines.join('\n')}`)));
  });
}
