// Prism as a validating proxy before a listener: its command on a free port, and what it says of an answer.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from '../support/shipped.ts';

const COMMAND = join(ROOT, 'node_modules/@stoplight/prism-cli/dist/index.js');

/** A connection for each request: one kept alive may be closed by the listener just as the next is sent on it. */
const UNPOOLED = ['--import', 'data:text/javascript,import http from "node:http"; http.globalAgent.keepAlive = false;'];

export interface Prism {
  readonly url: string;
  stop(): Promise<unknown>;
}

/** Where a request or an answer is not what the document says. */
export interface Violation {
  /** `request` or `response`, then where in it. */
  readonly location: readonly string[];
  readonly message: string;
}

/** Starts it before `upstream`, to hold what is said there to this document. Rejects with its output when it ends before it listens. */
export async function startPrism(document: object, upstream: string, folder: string): Promise<Prism> {
  const file = join(folder, `${crypto.randomUUID()}.json`);
  writeFileSync(file, JSON.stringify(document));
  const args = [...UNPOOLED, COMMAND, 'proxy', file, upstream, '--host', '127.0.0.1', '--port', '0'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const said: string[] = [];
  createInterface(child.stderr).on('line', (line) => said.push(line));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      said.push(line);
      const [, listening] = /listening on (http:\S+)/.exec(line) ?? [];
      if (listening) resolve(listening);
    });
    void ended.then(() => reject(new Error(`Prism ended before it listened:\n${said.join('\n')}`)));
  });
  return {
    url,
    stop() {
      child.kill('SIGKILL'); // it holds nothing
      return ended;
    },
  };
}

/** What Prism found in an exchange; it passes on what is wrong too, and says so in a header, cut where it is too long. */
export function violationsOf(headers: Headers): Violation[] {
  const said = headers.get('sl-violations') ?? '[]';
  if (said.startsWith('[')) return JSON.parse(said) as Violation[];
  throw new Error(said);
}
