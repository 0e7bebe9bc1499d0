// A raw TCP client: shows what is on the wire, where an HTTP client would call an RST and a FIN by one name.
import { connect } from 'node:net';
import { type Cancel, systemClock } from '../base/clock.ts';

/** How the connection looked when the probe stopped: `open` means that nothing had ended it, `unanswered` that its connect was never answered. */
export type WireEnding = 'fin' | 'rst' | 'open' | 'refused' | 'unanswered';

/** So many bytes had come at that time after the request. */
export interface Mark {
  readonly atMs: number;
  readonly bytes: number;
}

export interface Sight {
  readonly ending: WireEnding;
  /** By the clock's ticks, when the request was sent. */
  readonly beganAt: number;
  /** From the request until the watching stopped. */
  readonly watchedMs: number;
  /** Of this side of the connection; unset when it was not accepted. */
  readonly localAddress: string | undefined;
  readonly marks: readonly Mark[];
  /** Milliseconds until it was accepted; unset when it was not. */
  readonly connectMs: number | undefined;
  /** Every byte that came, as latin1 text. */
  readonly raw: string;
  /** Statuses of the interim answers (1xx) before the answer. */
  readonly interim: readonly number[];
  /** Of the first answer; unset when not even a status line came. */
  readonly status: number | undefined;
  /** Lower-case names; of a name that comes twice, the last. */
  readonly headers: ReadonlyMap<string, string>;
  /** Every header in order, names in lower case. */
  readonly pairs: readonly (readonly [name: string, value: string])[];
  /** All that came but interim answers, as latin1 text. */
  readonly said: string;
  /** What followed the head. */
  readonly body: string;
  /** Whether the body is as long as its Content-Length says. */
  readonly whole: boolean;
  /** Milliseconds from the request's sending; unset when it did not happen. */
  readonly firstByteMs: number | undefined;
  readonly wholeMs: number | undefined;
  readonly endMs: number | undefined;
}

export interface ProbeOptions {
  readonly host?: string;
  readonly port: number;
  /** Sent as it is, once connected. */
  readonly request: string;
  /** Sent before it; the request follows its whole answer, and the sight is of that alone. */
  readonly first?: string | undefined;
  /** Milliseconds from its whole answer to the request. */
  readonly pauseMs?: number | undefined;
  /** The address to come from; unset: as the system chooses. */
  readonly localAddress?: string | undefined;
  /** Stops looking at once. */
  readonly signal?: AbortSignal | undefined;
  /** Stops looking after this time; a whole answer stops it earlier unless `linger` is set. */
  readonly forMs: number;
  /** Keep looking after a whole answer, to see what becomes of the connection: to the end, or so many milliseconds. */
  readonly linger?: boolean | number;
}

/** A minimal request as text. */
export function requestText(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): string {
  const lines = Object.entries({
    Host: 'upstream',
    ...(body ? { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)) } : {}),
    ...headers,
  });
  return `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
}

/** Marks beyond these are not kept, so that what comes without end takes no room without end. */
const MAX_MARKS = 100_000;

/** Connects, sends, and watches until the end, the time limit, the signal, or the whole answer. Never rejects. */
export function probe(options: ProbeOptions): Promise<Sight> {
  const {
    host = '127.0.0.1',
    port,
    request,
    first,
    pauseMs = 0,
    localAddress,
    signal,
    forMs,
    linger = false,
  } = options;
  return new Promise((resolve) => {
    const socket = connect({ host, port, allowHalfOpen: true, noDelay: true, ...(localAddress && { localAddress }) });
    const asked = systemClock.ticks();
    let began = asked;
    let connectMs: number | undefined;
    let raw = '';
    let marks: Mark[] = [];
    let wholeMs: number | undefined;
    let left = first === undefined ? [] : [request];
    const cancels: Cancel[] = [];
    const since = (): number => systemClock.ticks() - began;
    const stop = (ending: WireEnding): void => {
      for (const cancel of cancels) cancel();
      signal?.removeEventListener('abort', abort);
      const watchedMs = since();
      const times = {
        firstByteMs: marks[0]?.atMs,
        wholeMs,
        endMs: ending === 'open' ? undefined : watchedMs,
        watchedMs,
      };
      const self = { beganAt: began, localAddress: socket.localAddress };
      resolve({ ending, connectMs, raw, ...readAnswer(raw), ...times, ...self, marks });
      socket.removeAllListeners().on('error', () => {});
      socket.destroy();
    };
    const abort = (): void => stop('open');
    const say = (text: string): void => {
      if (socket.destroyed) return;
      began = systemClock.ticks();
      [raw, marks] = ['', []];
      socket.write(text);
    };
    cancels.push(systemClock.after(forMs + pauseMs, () => stop(connectMs === undefined ? 'unanswered' : 'open')));
    if (signal?.aborted) return abort();
    signal?.addEventListener('abort', abort, { once: true });
    socket.setEncoding('latin1');
    socket.on('connect', () => {
      connectMs = systemClock.ticks() - asked;
      say(first ?? request);
    });
    socket.on('data', (text) => {
      raw += text;
      if (marks.length < MAX_MARKS) marks.push({ atMs: since(), bytes: raw.length });
      if (wholeMs !== undefined || !readAnswer(raw).whole) return;
      const [next] = left;
      left = [];
      if (next !== undefined) {
        if (pauseMs > 0) cancels.push(systemClock.after(pauseMs, () => say(next)));
        else say(next);
        return;
      }
      wholeMs = since();
      if (linger === false || linger === 0) stop('open');
      else if (linger !== true) cancels.push(systemClock.after(linger, () => stop('open')));
    });
    // to Node 22 a reset that comes right behind the last bytes looks like an end: to write nothing tells, and sends nothing
    socket.on('end', () => socket.write('', (error) => stop(error ? 'rst' : 'fin')));
    socket.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (code !== 'ECONNREFUSED') connectMs ??= systemClock.ticks() - asked; // a reset comes after an accept
      stop(code === 'ECONNREFUSED' ? 'refused' : code === 'ETIMEDOUT' ? 'unanswered' : 'rst');
    });
  });
}

const INTERIM = /^HTTP\/1\.1 (1\d\d) [\s\S]*?\r\n\r\n/;

/** What an HTTP/1.1 client would make of these bytes. */
export function readAnswer(
  bytes: string,
): Pick<Sight, 'interim' | 'status' | 'headers' | 'pairs' | 'said' | 'body' | 'whole'> {
  const interim: number[] = [];
  let said = bytes;
  for (let found = INTERIM.exec(said); found; found = INTERIM.exec(said)) {
    interim.push(Number(found[1]));
    said = said.slice(found[0].length);
  }
  const split = said.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = (split < 0 ? said : said.slice(0, split)).split('\r\n');
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1];
  const pairs = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  const headers = new Map(pairs);
  const body = split < 0 ? '' : said.slice(split + 4);
  const length = headers.get('content-length');
  const whole =
    split >= 0 && (length === undefined ? status === '204' || status === '304' : body.length >= Number(length));
  return { interim, status: status === undefined ? undefined : Number(status), headers, pairs, said, body, whole };
}
