// The one process that makes the floods of all doors: started with the first, ended with the last, and restarted when it dies or hangs.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Cancel, Clock } from '../../base/clock.ts';
import { helperPath } from './dark-helper.ts';
import { type FloodOrder, type FloodTells, type FloodTold, PULSE_MS } from './flood-order.ts';

/** After so many looks without a word it has been stopped; looks are ours, so that a time when we stood still does not count. */
const MAX_SILENT_LOOKS = 10;
/** How long one that ended by itself is left alone before it begins anew. */
const RESTART_MS = 1000;

interface Wanted {
  readonly order: FloodOrder;
  readonly onTrouble: (reason: string) => void;
  /** It is being closed from here, and must not begin anew. */
  still: boolean;
}

export class FloodProcess {
  readonly #clock: Clock;
  readonly #floods = new Map<number, Wanted>();
  #numbers = 0;
  #child: ChildProcess | undefined;
  #silentLooks = 0;
  #stopLooking: Cancel = () => {};
  #cancelRestart: Cancel | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Gives its number; `onTrouble` hears when it is not what was ordered. */
  begin(order: FloodOrder, onTrouble: (reason: string) => void): number {
    const flood = ++this.#numbers;
    this.#floods.set(flood, { order, onTrouble, still: false });
    if (this.#child) this.#tell({ say: 'begin', flood, order });
    else if (!this.#cancelRestart) this.#start();
    return flood;
  }

  /** No new connections, and no byte on those that are open. */
  still(flood: number): void {
    const wanted = this.#floods.get(flood);
    if (!wanted || wanted.still) return;
    wanted.still = true;
    this.#tell({ say: 'still', flood });
  }

  /** Closes what is open of it; with the last flood the process goes. */
  end(flood: number): void {
    if (!this.#floods.delete(flood)) return;
    if (this.#floods.size === 0) this.#stop();
    else this.#tell({ say: 'end', flood });
  }

  #start(): void {
    this.#cancelRestart = undefined;
    // stdin is its leash: it ends when its parent does, however that died
    const child = spawn(process.execPath, [helperPath('flood')], { stdio: ['pipe', 'pipe', 'ignore'], env: {} });
    this.#child = child;
    this.#silentLooks = 0;
    createInterface(child.stdout).on('line', (line) => this.#heard(child, JSON.parse(line) as FloodTells));
    child.stdin.on('error', () => {}); // 'exit' follows
    child.once('error', (error) => this.#lost(child, error.message));
    child.once('exit', (status, signal) => this.#lost(child, `its process ended with ${signal ?? `status ${status}`}`));
    this.#stopLooking = this.#clock.every(PULSE_MS, () => this.#look(child));
    for (const [flood, { order, still }] of this.#floods) if (!still) this.#tell({ say: 'begin', flood, order });
  }

  #stop(): void {
    const child = this.#child;
    this.#child = undefined;
    this.#stopLooking();
    this.#cancelRestart?.();
    this.#cancelRestart = undefined;
    child?.kill('SIGKILL'); // the kernel closes its sockets
  }

  #tell(told: FloodTold): void {
    this.#child?.stdin?.write(`${JSON.stringify(told)}\n`);
  }

  #heard(child: ChildProcess, tells: FloodTells): void {
    if (this.#child !== child) return;
    this.#silentLooks = 0;
    if (tells.say !== 'pulse') this.#floods.get(tells.flood)?.onTrouble(tells.reason);
  }

  #look(child: ChildProcess): void {
    if (++this.#silentLooks < MAX_SILENT_LOOKS) return;
    this.#lost(child, 'its process stands still');
    child.kill('SIGKILL'); // also ends one that was stopped
  }

  #lost(child: ChildProcess, reason: string): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    this.#stopLooking();
    for (const { onTrouble, still } of [...this.#floods.values()]) if (!still) onTrouble(`${reason}; beginning anew`);
    this.#cancelRestart = this.#clock.after(RESTART_MS, () => this.#start());
  }
}
