// The listener of a door: open, shut, or dark, and brought to what is wanted one step at a time.
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Clock } from '../base/clock.ts';
import { DarkHelper } from './dark-helper.ts';
import type { DoorState } from './standing.ts';

/** Connections the kernel completes before we accept them. */
const BACKLOG = 4096;
/** How long a port that could not be taken is left alone before the next try. */
const RETRY_MS = 250;

export interface DoorOptions {
  readonly host: string;
  readonly port: number;
  readonly clock: Clock;
  onSocket(socket: Socket): void;
  /** The door could not be brought to what is wanted; it is tried again. */
  onTrouble(error: Error, wanted: DoorState): void;
}

export class Door {
  readonly #options: DoorOptions;
  readonly #net: Server;
  #port: number;
  #is: DoorState = 'shut';
  #wanted: DoorState = 'shut';
  /** Reasons of our own to refuse, whatever rules want. */
  readonly #closedFor = new Set<string>();
  #helper: DarkHelper | undefined;
  #turning: Promise<void> | undefined;
  #trouble: Error | undefined;

  constructor(options: DoorOptions) {
    this.#options = options;
    this.#port = options.port;
    this.#net = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => options.onSocket(socket));
    this.#net.on('error', () => {}); // a failed listen is told by its own promise
  }

  get port(): number {
    return this.#port;
  }

  get state(): DoorState {
    return this.#is;
  }

  /** Why the door is not what it should be; undefined when all is well. */
  get trouble(): Error | undefined {
    return this.#trouble;
  }

  /** The first opening; rejects with the system's error when the port cannot be had. */
  async open(): Promise<void> {
    this.#wanted = 'open';
    await this.#listen();
    this.#port = (this.#net.address() as AddressInfo).port;
  }

  /** Turns to what is wanted; resolves when it is so, or when it turned out that it cannot be yet. */
  want(state: DoorState): Promise<void> {
    this.#wanted = state;
    return this.#turn();
  }

  /** Shuts for a reason of our own, besides what rules want. */
  closeFor(reason: string): void {
    this.#closedFor.add(reason);
    void this.#turn();
  }

  reopenFor(reason: string): void {
    if (this.#closedFor.delete(reason)) void this.#turn();
  }

  async close(): Promise<void> {
    this.#closedFor.add('closing');
    await this.#turn();
  }

  get #target(): DoorState {
    if (this.#closedFor.size === 0 || this.#wanted === 'dark')
      return this.#closedFor.has('closing') ? 'shut' : this.#wanted;
    return 'shut';
  }

  #turn(): Promise<void> {
    this.#turning ??= this.#converge().finally(() => {
      this.#turning = undefined;
    });
    return this.#turning;
  }

  async #converge(): Promise<void> {
    while (this.#is !== this.#target) {
      try {
        await this.#step(this.#target);
        this.#trouble = undefined;
      } catch (error) {
        this.#trouble = error as Error;
        this.#options.onTrouble(error as Error, this.#target);
        this.#options.clock.after(RETRY_MS, () => void this.#turn());
        return;
      }
    }
  }

  /** One step on the way: dark and shut meet only by way of open, since only a listener of our own can be handed over. */
  async #step(target: DoorState): Promise<void> {
    if (this.#is === 'dark') await this.#lighten(target);
    else if (this.#is === 'shut') await this.#listen();
    else if (target === 'shut') this.#stopListening();
    else await this.#darken();
  }

  #listen(from?: Server): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (error?: Error): void => {
        this.#net.off('error', done);
        if (!error) this.#is = 'open';
        if (error) reject(error);
        else resolve();
      };
      this.#net.once('error', done);
      if (from) this.#net.listen(from, BACKLOG, () => done());
      else this.#net.listen({ host: this.#options.host, port: this.#port, backlog: BACKLOG }, () => done());
    });
  }

  #stopListening(): void {
    this.#net.close();
    this.#is = 'shut';
  }

  /** The helper holds the listening socket with a backlog of one and never accepts, so the kernel leaves every SYN unanswered. */
  async #darken(): Promise<void> {
    const helper = new DarkHelper();
    await helper.hold(this.#net);
    this.#net.close(); // the helper's copy keeps the port
    this.#helper = helper;
    this.#is = 'dark';
    helper.onGone(() => {
      if (this.#helper !== helper) return;
      this.#helper = undefined;
      this.#is = 'shut';
      void this.#turn();
    });
  }

  async #lighten(target: DoorState): Promise<void> {
    const helper = this.#helper;
    this.#helper = undefined;
    this.#is = 'shut';
    if (!helper || target === 'shut') {
      await helper?.kill();
      return;
    }
    try {
      await this.#listen(await helper.giveBack());
    } finally {
      await helper.kill();
    }
  }
}
