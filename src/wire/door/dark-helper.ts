// The parent's side of a dark door: a process that holds the listening socket and never accepts.
import { type ChildProcess, fork } from 'node:child_process';
import type { Server } from 'node:net';
import { moduleFile } from '../../base/package.ts';

export const helperPath = (name: string): string => moduleFile(`wire/helpers/${name}`);

export class DarkHelper {
  readonly #child: ChildProcess;

  constructor() {
    // stdin is its leash: the helper reads it, and ends when it ends, however its parent died
    this.#child = fork(helperPath('dark-door'), [], {
      stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
      execArgv: [],
      env: {},
    });
    this.#child.on('error', () => {}); // 'exit' follows, or it never began
    this.#child.stdin?.on('error', () => {});
  }

  /** Resolves when it can take a listener at once. */
  async ready(): Promise<void> {
    await this.#answer();
  }

  /** Hands the listener over; resolves when its backlog is shut. */
  async hold(server: Server): Promise<void> {
    const held = this.#answer();
    this.#child.send('hold', server);
    await held;
  }

  /** Asks for the listener; it must be listened on in the same turn as it comes. */
  async giveBack(): Promise<Server> {
    const back = this.#answer();
    this.#child.stdin?.write('b');
    return (await back) as Server;
  }

  /** Told once: when it has ended, or that it could not begin. */
  onGone(then: () => void): void {
    this.#child.once(this.#child.pid === undefined ? 'error' : 'exit', then);
  }

  /** Resolves when it is gone, and its copy of the listener with it. */
  kill(): Promise<void> {
    const gone = new Promise<void>((resolve) => {
      if (this.#child.pid === undefined || this.#isGone) resolve();
      else this.#child.once('exit', () => resolve());
    });
    this.#child.kill('SIGKILL');
    return gone;
  }

  get #isGone(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** The handle that comes with its next message, if one does. */
  #answer(): Promise<unknown> {
    const child = this.#child;
    return new Promise((resolve, reject) => {
      const settle = (how: () => void): void => {
        child.off('message', heard).off('exit', failed).off('error', failed);
        how();
      };
      const heard = (_message: unknown, handle: unknown): void => settle(() => resolve(handle));
      const failed = (): void => settle(() => reject(new Error('the helper process of the dark door ended')));
      if (this.#isGone) failed();
      else child.once('message', heard).once('exit', failed).once('error', failed);
    });
  }
}
