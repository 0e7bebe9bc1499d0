// Reads the stream of a world's summaries for as long as it is wanted: comes back after a break, and says what is late or lost.

import type { Clock as BoxOfficeClock } from '../../admin/contract/contract.ts';
import type { Clock } from '../../base/clock.ts';
import { AdminError, detailOf } from '../../sdk/errors.ts';
import type { ToldEvent } from '../told-event.ts';
import { fold, NOTHING_SEEN, quietFor, type WatchModel, withoutAll } from './model.ts';

const TICK_MS = 1000;
const TRY_AGAIN_MS = 1000;
/** The clock of the box office is moved and scaled without a word in the stream. */
const ASK_CLOCK_EVERY_MS = 5000;

/** What has changed: a second was told, something happened, the connection came or went, or only time has passed. */
export type Change = 'summary' | 'happening' | 'link' | 'time';

export interface WatchPort {
  events(signal: AbortSignal): Promise<AsyncIterable<ToldEvent>>;
  boxOfficeClock(): Promise<BoxOfficeClock>;
}

export interface WatchOptions {
  readonly port: WatchPort;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  show(model: WatchModel, change: Change): void;
}

export class Watching {
  readonly #options: WatchOptions;
  #model = NOTHING_SEEN;
  #toldAtTicks: number;
  #isAsking = false;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#toldAtTicks = options.clock.ticks();
  }

  get model(): WatchModel {
    return this.#model;
  }

  /**
   * Ends when the signal is aborted. Rejects when the stream cannot be had from the start, and later only when the server
   * says that it cannot be had at all, as of a world that was deleted.
   */
  async run(): Promise<void> {
    const { clock, signal, port } = this.#options;
    let events: AsyncIterable<ToldEvent> | undefined = await port.events(signal);
    const ends = [
      clock.every(TICK_MS, () => this.#tick()),
      clock.every(ASK_CLOCK_EVERY_MS, () => void this.#askClock()),
    ];
    try {
      while (!signal.aborted) {
        try {
          events ??= await port.events(signal);
          await this.#read(events);
          this.#lose('the stream has ended');
        } catch (error) {
          if (signal.aborted) return;
          if (error instanceof AdminError && isFinal(error)) throw error;
          this.#lose(detailOf(error));
        }
        events = undefined;
        await pause(clock, signal);
      }
    } finally {
      for (const end of ends) end();
    }
  }

  /** Changes what is known from elsewhere. */
  change(by: (model: WatchModel) => WatchModel): void {
    this.#model = by(this.#model);
    this.#show('happening');
  }

  async #read(events: AsyncIterable<ToldEvent>): Promise<void> {
    for await (const event of events) {
      const before = this.#model;
      this.#model = fold(before, event);
      const isTold = this.#model.summaries !== before.summaries;
      if (isTold) this.#toldAtTicks = this.#options.clock.ticks();
      if (isTold && event.event === 'summary') this.#show('summary');
      else if (this.#model.happenings !== before.happenings) this.#show('happening');
    }
  }

  #tick(): void {
    const before = this.#model.link.is;
    this.#model = quietFor(this.#model, this.#options.clock.ticks() - this.#toldAtTicks);
    this.#show(this.#model.link.is === before ? 'time' : 'link');
  }

  #lose(why: string): void {
    if (this.#options.signal.aborted) return;
    const isNew = this.#model.link.is !== 'lost';
    this.#model = { ...this.#model, link: { is: 'lost', why } };
    this.#show(isNew ? 'link' : 'time');
  }

  async #askClock(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      const data = await this.#options.port.boxOfficeClock();
      this.#model = fold(this.#model, { event: 'clock', data });
    } catch {
      // what is wrong with the server, the stream says
    } finally {
      this.#isAsking = false;
    }
  }

  /** Never throws: a timer calls it, and what a timer throws ends the process. */
  #show(change: Change): void {
    if (this.#options.signal.aborted) return;
    try {
      this.#options.show(this.#model, change);
    } catch (error) {
      this.#model = withoutAll(this.#model, detailOf(error));
    }
  }
}

/** Another try would be answered alike. */
const isFinal = ({ status }: AdminError): boolean => status >= 400 && status < 500 && status !== 429 && status !== 408;

const pause = (clock: Clock, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.after(TRY_AGAIN_MS, end);
    signal.addEventListener('abort', end);
  });
