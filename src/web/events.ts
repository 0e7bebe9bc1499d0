// Server-sent events: one hub, many readers, and no reader that costs more than it may.
import type { Readable } from 'node:stream';
import type { Clock } from '../base/clock.ts';
import { Refusal } from '../base/refusal.ts';
import { EventReader, formatEvent, formatText } from './event-reader.ts';

export const EVENT_HEADERS: Readonly<Record<string, string>> = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Accel-Buffering': 'no',
};

/** A browser that lost the stream comes back after this. */
const RETRY_MS = 2000;
/** Events are still kept for so long after the last reader has left, in case it comes back. */
const LINGER_MS = 60_000;
/** Bytes kept for readers that come back. */
const MAX_REPLAYED_BYTES = 262_144;

/** Streams at once: a share of the listener's connections that leaves room for everybody else. */
const MAX_READERS = 48;

/** The bound on readers, over all hubs that share it. */
export class ReaderBound {
  readonly #max: number;
  #readers = 0;

  constructor(max = MAX_READERS) {
    this.#max = max;
  }

  get readers(): number {
    return this.#readers;
  }

  /** Throws a Refusal when there are as many as may be. */
  enter(): void {
    if (this.#readers >= this.#max)
      throw new Refusal('too_many_concurrent', `at most ${this.#max} readers may follow events at the same time`);
    this.#readers++;
  }

  leave(): void {
    this.#readers--;
  }
}

export interface EventHubOptions {
  readonly clock: Clock;
  /** Others may share it. */
  readonly bound: ReaderBound;
  /** What may wait for one slow reader. */
  readonly maxWaitingBytes?: number;
  /** A comment goes out so often, to keep the stream alive and to notice readers that are gone. */
  readonly heartbeatMs?: number;
  /** Of its first event; unset: 1. */
  readonly firstId?: number;
  /** Events kept for readers that come back with a Last-Event-ID. */
  readonly maxReplayed?: number;
}

export interface EventHub {
  /** To every reader; `data` is sent as JSON. Costs nothing once nobody has read for a minute. */
  publish(event: string, data: unknown): void;
  /** To every reader that is there now, as JSON; it has no id, and is not sent again to who comes back. */
  tell(event: string, json: string): void;
  /**
   * A body for `ctx.body`; it leaves the hub when it is destroyed. With the id of the last event seen, what came since
   * is sent again, or an event `gap` when that is no longer known. `opening`: events
   * that this reader alone is sent before that. Throws a Refusal when there are too many readers.
   */
  subscribe(lastEventId?: string, opening?: string): Readable;
  readonly readers: number;
  /** Readers let go because they were too slow. */
  readonly dropped: number;
  /** Somebody reads, or did a moment ago and may come back. */
  readonly isAwaited: boolean;
  /** Of the newest event. */
  readonly lastId: number;
  /** Ends all streams. */
  close(): void;
}

export function createEventHub(options: EventHubOptions): EventHub {
  const { clock, bound, maxWaitingBytes = 1_048_576, heartbeatMs = 15_000, maxReplayed = 200, firstId = 1 } = options;
  const readers = new Set<EventReader>();
  const recent = new Replay(maxReplayed, MAX_REPLAYED_BYTES, firstId - 1);
  let lastLeftAt = Number.NEGATIVE_INFINITY;
  let dropped = 0;
  let closed = false;
  const send = (text: string): void => {
    for (const reader of readers) if (!reader.offer(text)) dropped++;
  };
  const isAwaited = (): boolean => readers.size > 0 || clock.ticks() - lastLeftAt <= LINGER_MS;
  const stopHeartbeat = clock.every(heartbeatMs, () => send(': still here\n\n'));
  return {
    publish(event, data) {
      if (!isAwaited()) recent.skip();
      else send(recent.keep((id) => formatEvent(event, data, id)));
    },
    tell(event, json) {
      if (readers.size > 0) send(formatText(event, json));
    },
    subscribe(lastEventId, opening = '') {
      if (closed) throw new Refusal('shutting_down', 'the server is stopping');
      bound.enter();
      const reader: EventReader = new EventReader(maxWaitingBytes, () => {
        if (readers.delete(reader)) bound.leave();
        lastLeftAt = clock.ticks();
      });
      readers.add(reader);
      reader.offer(`retry: ${RETRY_MS}\n\n${opening}${lastEventId ? recent.since(Number(lastEventId)) : ''}`);
      return reader;
    },
    get readers() {
      return readers.size;
    },
    get dropped() {
      return dropped;
    },
    get isAwaited() {
      return isAwaited();
    },
    get lastId() {
      return recent.lastId;
    },
    close() {
      closed = true;
      stopHeartbeat();
      for (const reader of readers) reader.finish('');
    },
  };
}

/** The newest events, numbered without gaps. */
class Replay {
  readonly #most: number;
  readonly #mostBytes: number;
  #texts: string[] = [];
  #bytes = 0;
  #lastId: number;

  constructor(most: number, mostBytes: number, lastId: number) {
    this.#lastId = lastId;
    this.#most = most;
    this.#mostBytes = mostBytes;
  }

  get lastId(): number {
    return this.#lastId;
  }

  /** Counts an event that nobody keeps; what came before can no longer be told in full. */
  skip(): void {
    this.#lastId++;
    this.#texts = [];
    this.#bytes = 0;
  }

  keep(format: (id: number) => string): string {
    const text = format(++this.#lastId);
    this.#texts.push(text);
    this.#bytes += text.length;
    while (this.#texts.length > this.#most || this.#bytes > this.#mostBytes)
      this.#bytes -= this.#texts.shift()?.length ?? 0;
    return text;
  }

  /** What a reader that saw `id` last has missed, or that it cannot be told. */
  since(id: number): string {
    const missed = this.#lastId - id;
    if (missed >= 0 && missed <= this.#texts.length) return this.#texts.slice(this.#texts.length - missed).join('');
    return formatEvent('gap', { lastId: this.#lastId }, this.#lastId);
  }
}
