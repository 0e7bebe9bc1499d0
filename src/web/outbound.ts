// The one way out: a call to a host that may be reached, at an address that was checked as the connection was made; nothing is followed.
import { lookup as askSystem } from 'node:dns/promises';
import type { ClientRequest, Agent as HttpAgent, IncomingMessage } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Clock } from '../base/clock.ts';
import type { HostPattern } from '../base/host-pattern.ts';
import { type Resolve, reachOf, whyRefused } from './outbound-reach.ts';

/** Not imported: an ES module's import of node:http also loads a whole HTTP client, a seventh of the time to start. */
const http = process.getBuiltinModule('node:http');
const https = process.getBuiltinModule('node:https');

/** From the first look at the name to the last byte of the answer. */
export const TIMEOUT_MS = 15_000;
/** Of an answer; what comes behind is not read, and its connection closed. */
export const MAX_ANSWER_BYTES = 65_536;
/** Calls under way at once, whoever makes them. */
export const MAX_UNDER_WAY = 96;
/** Sockets that are open, kept ones among them, for each of http and https. */
const MAX_SOCKETS = 128;
const MAX_KEPT_SOCKETS_PER_HOST = 8;
const KEPT_FOR_MS = 5000;

/** A call without a body. */
export interface Asked {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Ends the call when it is aborted. */
  readonly signal?: AbortSignal;
}

export interface Outgoing extends Asked {
  readonly body: string;
}

type Call = Asked & { readonly body: string | null };

/** What came of a call. */
export type Sent =
  | { readonly status: number; readonly headers: IncomingMessage['headers'] }
  /** In words; no status came. */
  | { readonly error: string };

export interface OutboundSettings {
  readonly clock: Clock;
  /** Besides this machine. */
  readonly hosts: readonly HostPattern[];
  /** Its name, for whoever is refused. */
  readonly setting: string;
  /** Unset: as the system resolves names. */
  readonly resolve?: Resolve;
}

const resolveBySystem: Resolve = (name) => askSystem(name, { all: true, verbatim: true });

export class Outbound {
  readonly #settings: Required<OutboundSettings>;
  readonly #agents: { readonly http: HttpAgent; readonly https: HttpsAgent };
  readonly #underWay = new Set<ClientRequest>();
  #calls = 0;

  constructor(settings: OutboundSettings) {
    this.#settings = { resolve: resolveBySystem, ...settings };
    const kept = {
      keepAlive: true,
      timeout: KEPT_FOR_MS,
      maxTotalSockets: MAX_SOCKETS,
      maxFreeSockets: MAX_KEPT_SOCKETS_PER_HOST,
    };
    this.#agents = { http: new http.Agent(kept), https: new https.Agent(kept) };
  }

  /** Why nothing is sent there, whatever its name resolves to; undefined: it may be. */
  refusal(url: URL): string | undefined {
    return whyRefused(url, this.#settings);
  }

  /** Never rejects. */
  post(outgoing: Outgoing): Promise<Sent> {
    return this.#call(outgoing);
  }

  /** Never rejects. */
  get(asked: Asked): Promise<Sent> {
    return this.#call({ ...asked, body: null });
  }

  async #call(outgoing: Call): Promise<Sent> {
    const refused = this.refusal(outgoing.url);
    if (refused !== undefined) return { error: refused };
    if (this.#calls >= MAX_UNDER_WAY)
      return { error: `not sent: ${MAX_UNDER_WAY} calls to receivers are under way, as many as may be` };
    this.#calls++;
    const until = this.#settings.clock.ticks() + TIMEOUT_MS;
    try {
      const sent = await this.#send(outgoing, until);
      // a kept connection may have been closed as it was used: nothing was read of it, so that it is asked once more
      return sent === STALE ? await this.#again(outgoing, until) : sent;
    } finally {
      this.#calls--;
    }
  }

  /** Ends every call that is under way. */
  close(): void {
    for (const request of [...this.#underWay]) request.destroy(new Error('not finished: the server stopped'));
    this.#agents.http.destroy();
    this.#agents.https.destroy();
  }

  async #again(outgoing: Call, until: number): Promise<Sent> {
    const sent = await this.#send({ ...outgoing, headers: { ...outgoing.headers, connection: 'close' } }, until);
    return sent === STALE ? { error: 'the connection was reset' } : sent;
  }

  #send({ url, headers, body, signal }: Call, until: number): Promise<Sent | typeof STALE> {
    const { clock } = this.#settings;
    const secure = url.protocol === 'https:';
    const fresh = headers.connection === 'close';
    const request = (secure ? https : http).request(url, {
      method: body === null ? 'GET' : 'POST',
      agent: fresh ? false : secure ? this.#agents.https : this.#agents.http,
      headers: body === null ? headers : { ...headers, 'content-length': Buffer.byteLength(body) },
      lookup: this.#lookup(url),
      ...(signal && { signal }),
    });
    this.#underWay.add(request);
    const cancel = clock.later(Math.max(0, until - clock.ticks()), () =>
      request.destroy(new Error(`no whole answer within ${TIMEOUT_MS / 1000} s`)),
    );
    return new Promise<Sent | typeof STALE>((resolve) => {
      request.once('response', (answer) => void readAnswer(answer).then(resolve));
      request.once('upgrade', (answer, socket) => {
        socket.destroy();
        resolve(seen(answer));
      });
      request.once('error', (error: NodeJS.ErrnoException) =>
        resolve(request.reusedSocket && isCut(error) ? STALE : { error: wordsOf(error) }),
      );
      request.end(body ?? undefined);
    }).finally(() => {
      cancel();
      this.#underWay.delete(request);
    });
  }

  /** Asked by the connection that is being made: it goes to one of the addresses that were checked, and the name is not asked again. */
  #lookup(url: URL): LookupFunction {
    return (name, options, done) => {
      reachOf(name, url, this.#settings).then(
        (addresses) => {
          const [first] = addresses;
          if (options.all) done(null, [...addresses]);
          else done(null, first.address, first.family);
        },
        (error: NodeJS.ErrnoException) => done(error, ''),
      );
    };
  }
}

/** A kept connection was cut before a byte of an answer came. */
const STALE = Symbol('stale');
const isCut = ({ code = '' }: NodeJS.ErrnoException): boolean => code === 'ECONNRESET' || code === 'EPIPE';

const seen = ({ statusCode = 0, headers }: IncomingMessage): Sent => ({ status: statusCode, headers });

/** Resolves when it is read, or no more of it is wanted: its status counts, however it ends. */
function readAnswer(answer: IncomingMessage): Promise<Sent> {
  return new Promise((resolve) => {
    let bytes = 0;
    answer.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_ANSWER_BYTES) answer.destroy();
    });
    answer.once('error', () => {});
    answer.once('close', () => resolve(seen(answer)));
  });
}

function wordsOf({ message, code }: NodeJS.ErrnoException): string {
  if (code === 'ECONNREFUSED') return 'the connection was refused';
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'the connection was reset';
  return (message || code || 'the connection failed').slice(0, MAX_WORDS_CHARS);
}

const MAX_WORDS_CHARS = 300;
