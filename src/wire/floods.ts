// The floods in front of a door, each a process of its own that is killed when it is over.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Cancel, Clock } from '../base/clock.ts';
import { reachable } from './address.ts';
import type { Cause } from './burden.ts';
import { helperPath } from './dark-helper.ts';
import { FLOOD_ADDRESS } from './flood-address.ts';
import type { Flood } from './standing.ts';

/** A flood that is over is killed after this, whether or not all its connections are closed by then. */
const LONGEST_END_MS = 700;
/** How long a flood whose process ended by itself is left alone before it begins anew. */
const RESTART_MS = 1000;

export interface FloodsOptions {
  /** Where the door listens. */
  readonly host: string;
  port(): number;
  /** The door speaks TLS. */
  readonly secure: boolean;
  readonly clock: Clock;
  /** Closes what floods have open, a slice at a time: thousands that close at once keep everybody else waiting. */
  sweep(): Promise<void>;
  /** A flood is not what its rule says. */
  onTrouble(flood: Flood, reason: string): void;
}

/** What a flood's process is told; it stands in its arguments. */
export interface FloodOrder {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly from: string;
  readonly connections: number;
  readonly rate: number;
  readonly holdMs: number;
  readonly manner: Flood['manner'];
}

interface Running {
  child: ChildProcess;
  cancelRestart?: Cancel;
}

export class Floods {
  readonly #options: FloodsOptions;
  readonly #running = new Map<Cause, Running>();
  readonly #leaving = new Set<ChildProcess>();

  constructor(options: FloodsOptions) {
    this.#options = options;
  }

  /** Ends floods that are not wanted any more, within a second, and begins the new ones. */
  become(floods: readonly Flood[]): void {
    const wanted = new Set(floods.map(({ cause }) => cause));
    for (const [cause, running] of this.#running) if (!wanted.has(cause)) this.#end(cause, running);
    for (const flood of floods) if (!this.#running.has(flood.cause)) this.#begin(flood);
  }

  /** Ends all floods now: the kernel closes their sockets. */
  close(): void {
    this.become([]);
    for (const child of this.#leaving) child.kill('SIGKILL');
  }

  /** It stands still while its connections are closed from here, and is killed then; beside others it is killed at once. */
  #end(cause: Cause, { child, cancelRestart }: Running): void {
    this.#running.delete(cause);
    cancelRestart?.();
    if (child.exitCode !== null || child.signalCode !== null) return;
    this.#leaving.add(child);
    child.stdin?.write('.');
    const kill = (): void => void child.kill('SIGKILL');
    const cancel = this.#options.clock.after(LONGEST_END_MS, kill);
    child.once('exit', () => {
      cancel();
      this.#leaving.delete(child);
    });
    if (this.#running.size > 0) kill();
    else void this.#options.sweep().then(kill);
  }

  #begin(flood: Flood): void {
    const { connections, rate, holdMs, manner, cause } = flood;
    const { host, port, secure, clock, onTrouble } = this.#options;
    const where = { host: reachable(host), port: port(), secure, from: FLOOD_ADDRESS };
    const order: FloodOrder = { ...where, connections, rate, holdMs, manner };
    // stdin is its leash: it ends when its parent does, however that died
    const child = spawn(process.execPath, [helperPath('flood'), JSON.stringify(order)], {
      stdio: ['pipe', 'ignore', 'pipe'],
      env: {},
    });
    const running: Running = { child };
    this.#running.set(cause, running);
    const wanted = (): boolean => this.#running.get(cause) === running;
    createInterface(child.stderr).on('line', (line) => wanted() && onTrouble(flood, line));
    child.stdin.on('error', () => {});
    child.once('error', (error) => wanted() && onTrouble(flood, error.message));
    child.once('exit', (code) => {
      if (!wanted()) return;
      onTrouble(flood, `its process ended with status ${code}; beginning anew`);
      running.cancelRestart = clock.after(RESTART_MS, () => this.#begin(flood));
    });
  }
}
