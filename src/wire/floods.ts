// The floods in front of a door, each a process of its own that is killed when it is over.
import { type ChildProcess, spawn } from 'node:child_process';
import type { Cause } from './burden.ts';
import { FLOOD_ADDRESS } from './connection.ts';
import { helperPath } from './dark-helper.ts';
import type { Flood } from './standing.ts';

export interface FloodsOptions {
  /** Where the door listens. */
  readonly host: string;
  port(): number;
}

/** What a flood's process is told; it stands in its arguments. */
export interface FloodOrder {
  readonly host: string;
  readonly port: number;
  readonly from: string;
  readonly connections: number;
  readonly rate: number;
  readonly holdMs: number;
  readonly manner: Flood['manner'];
}

export class Floods {
  readonly #options: FloodsOptions;
  readonly #running = new Map<Cause, ChildProcess>();

  constructor(options: FloodsOptions) {
    this.#options = options;
  }

  /** Ends floods that are not wanted any more, at once, and begins the new ones. */
  become(floods: readonly Flood[]): void {
    const wanted = new Map(floods.map((flood) => [flood.cause, flood]));
    for (const [cause, child] of this.#running) {
      if (wanted.has(cause)) continue;
      child.kill('SIGKILL'); // the kernel closes its sockets
      this.#running.delete(cause);
    }
    for (const [cause, flood] of wanted) if (!this.#running.has(cause)) this.#running.set(cause, this.#begin(flood));
  }

  #begin({ connections, rate, holdMs, manner }: Flood): ChildProcess {
    const { host, port } = this.#options;
    const order: FloodOrder = {
      host: reachable(host),
      port: port(),
      from: FLOOD_ADDRESS,
      connections,
      rate,
      holdMs,
      manner,
    };
    // stdin is its leash: it ends when its parent does, however that died
    return spawn(process.execPath, [helperPath('flood'), JSON.stringify(order)], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
  }
}

/** An address of this machine where the door can be reached from a loopback address. */
const reachable = (host: string): string =>
  host === '0.0.0.0' || host === '::' || host === 'localhost' ? '127.0.0.1' : host;
