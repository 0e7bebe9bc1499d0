// The listener of a door: open, shut, or dark, and brought to what is wanted one step at a time.
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Cancel, Clock } from '../../base/clock.ts';
import { DarkHelper } from './dark-helper.ts';
import type { DarkPlaces } from './dark-places.ts';
import type { DoorState } from './door-conditions.ts';
import { Stoppers } from './stoppers.ts';

/** Connections the kernel completes before we accept them. */
const BACKLOG = 4096;
/** A helper that takes longer to begin is stuck, and ended. */
const HELPER_MS = 5000;
/** One that has the listener stands ready to give it back; if it does not, it has been stopped, and the port is taken anew. */
const GIVE_BACK_MS = 500;
/** How long a port that could not be taken is left alone before the next try. */
const RETRY_MS = 250;

export interface ListenerOptions {
  readonly host: string;
  readonly port: number;
  readonly clock: Clock;
  /** Of the process. */
  readonly darkPlaces: DarkPlaces;
  onSocket(socket: Socket): void;
  /** The door could not be brought to what is wanted; said once, and tried again until it can. */
  onTrouble(error: Error, wanted: DoorState): void;
  /** It is as wanted again. */
  onMended(is: DoorState): void;
}

export class Listener {
  readonly #options: ListenerOptions;
  readonly #net: Server;
  #port: number;
  #is: DoorState = 'shut';
  #wanted: DoorState = 'shut';
  /** Reasons of our own to refuse, whatever rules want. */
  readonly #closedFor = new Set<string>();
  #helper: DarkHelper | undefined;
  #turning: Promise<void> = Promise.resolve();
  #busy = false;
  #trouble: Error | undefined;
  #cancelRetry: Cancel | undefined;
  /** Open for a moment only, on the way from shut to dark. */
  #passing = false;
  readonly #stoppers: Stoppers;

  constructor(options: ListenerOptions) {
    this.#options = options;
    this.#port = options.port;
    this.#stoppers = new Stoppers(options.host, options.clock);
    this.#net = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => this.#accept(socket));
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
    this.#cancelRetry?.();
  }

  get #target(): DoorState {
    if (this.#closedFor.size === 0 || this.#wanted === 'dark')
      return this.#closedFor.has('closing') ? 'shut' : this.#wanted;
    return 'shut';
  }

  #accept(socket: Socket): void {
    if (this.#stoppers.knows(socket)) socket.destroy();
    else if (this.#passing) socket.resetAndDestroy();
    else this.#options.onSocket(socket);
  }

  #turn(): Promise<void> {
    if (!this.#busy) this.#turning = this.#converge();
    return this.#turning;
  }

  async #converge(): Promise<void> {
    this.#busy = true;
    this.#cancelRetry?.();
    try {
      while (this.#is !== this.#target) await this.#step(this.#target);
      if (this.#trouble) this.#options.onMended(this.#is);
      this.#trouble = undefined;
    } catch (error) {
      if (!this.#trouble) this.#options.onTrouble(error as Error, this.#target);
      this.#trouble = error as Error;
      this.#cancelRetry = this.#options.clock.after(RETRY_MS, () => void this.#turn());
    } finally {
      this.#busy = false; // in the same turn as the last look at the target, so that no wish is missed
    }
  }

  /** One step on the way: dark and shut meet only by way of open, since only a listener of our own can be handed over. */
  async #step(target: DoorState): Promise<void> {
    if (this.#is === 'dark') await this.#lighten(target);
    else if (target === 'dark') await this.#darken();
    else if (this.#is === 'shut') await this.#listen();
    else this.#stopListening();
  }

  #listen(from?: Server): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (error?: Error): void => {
        this.#net.off('error', done);
        if (error) {
          reject(error);
          return;
        }
        this.#is = 'open';
        resolve();
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

  /** The helper holds the listening socket with hardly a backlog and never accepts, so the kernel leaves every SYN unanswered. */
  async #darken(): Promise<void> {
    const helper = this.#startHelper();
    const cancel = this.#options.clock.after(HELPER_MS, () => void helper.kill());
    try {
      await helper.ready();
      if (this.#is === 'shut') {
        this.#passing = true;
        await this.#listen();
      }
      await helper.hold(this.#net);
    } catch (error) {
      void helper.kill();
      if (this.#passing) this.#stopListening();
      throw error;
    } finally {
      cancel();
      this.#passing = false;
    }
    this.#net.close(); // the helper's copy keeps the port
    this.#helper = helper;
    this.#is = 'dark';
    helper.onGone(() => this.#lostHelper(helper));
    await this.#stoppers.fill(this.#port);
  }

  /** Its place is free again when it has ended. */
  #startHelper(): DarkHelper {
    const { darkPlaces } = this.#options;
    darkPlaces.take();
    try {
      const helper = new DarkHelper();
      helper.onGone(() => darkPlaces.giveBack());
      return helper;
    } catch (error) {
      darkPlaces.giveBack();
      throw error;
    }
  }

  #lostHelper(helper: DarkHelper): void {
    if (this.#helper !== helper) return;
    this.#helper = undefined;
    this.#is = 'shut';
    this.#stoppers.clear();
    void this.#turn();
  }

  async #lighten(target: DoorState): Promise<void> {
    const helper = this.#helper;
    this.#helper = undefined;
    this.#is = 'shut';
    this.#stoppers.clear();
    const cancel = this.#options.clock.after(GIVE_BACK_MS, () => void helper?.kill());
    if (target === 'open') await helper?.giveBack().then((server) => this.#listen(server), ignore);
    cancel();
    await helper?.kill(); // without its listener back, the next step takes the port anew
  }
}

function ignore(): void {}
