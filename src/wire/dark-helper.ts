// The parent's side of a dark door: a process that holds the listening socket and never accepts.
import { type ChildProcess, fork } from 'node:child_process';
import type { Server } from 'node:net';
import { fileURLToPath } from 'node:url';

/** Helpers run as they are laid out: source beside source, built beside built. */
export const helperPath = (name: string): string =>
  fileURLToPath(new URL(`./helpers/${name}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url));

export class DarkHelper {
  readonly #child: ChildProcess;

  constructor() {
    // stdin is its leash: the helper reads it, and ends when it ends, however its parent died
    this.#child = fork(helperPath('dark-door'), [], { stdio: ['pipe', 'ignore', 'ignore', 'ipc'], execArgv: [] });
  }

  /** Hands the listener over; resolves when the helper's backlog is shut. */
  hold(server: Server): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#child.once('message', () => resolve());
      this.onGone(() => reject(new Error('the helper of the dark door ended')));
      this.#child.once('error', reject);
      this.#child.send('hold', server);
    });
  }

  /** Asks for the listener; the helper must be killed in the same turn as it comes. */
  giveBack(): Promise<Server> {
    return new Promise((resolve, reject) => {
      this.#child.once('message', (_message, handle) => resolve(handle as Server));
      this.onGone(() => reject(new Error('the helper of the dark door ended')));
      this.#child.stdin?.write('b');
    });
  }

  onGone(then: () => void): void {
    this.#child.once('exit', then);
  }

  /** Resolves when it is gone, and its copy of the listener with it. */
  kill(): Promise<void> {
    const gone = new Promise<void>((resolve) => {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) resolve();
      else this.#child.once('exit', () => resolve());
    });
    this.#child.kill('SIGKILL');
    return gone;
  }
}
