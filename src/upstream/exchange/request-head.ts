// Reads the head of a request: its world, operation and client, what is wrong with it, and the journal entry that begins with it.
import type { IncomingMessage } from 'node:http';
import { FLOOD } from '../../base/client-names.ts';
import type { Clock } from '../../base/clock.ts';
import type { Refusal } from '../../base/refusal.ts';
import { type About, newAbout } from '../../journal/about.ts';
import type { ExchangeEntry } from '../../journal/entry.ts';
import { newExchange } from '../../journal/new-entry.ts';
import { redactUrl } from '../../journal/redact-url.ts';
import { BAD_TARGET, originForm } from '../../web/target.ts';
import type { HttpParts, Refused } from '../../wire/connection/http.ts';
import type { Clients, Identity } from '../clients.ts';
import type { AskedPayment } from '../operations/pages-asked.ts';
import { type Matched, matchOperation, UNMATCHED } from '../operations/segments.ts';
import type { ExchangeWorld } from './exchange-world.ts';
import { findWorld, readWorldPath, type WorldsBehindDoor } from './worlds-behind-door.ts';

/** A request whose head has been read. */
export interface RequestHead {
  readonly parts: HttpParts;
  /** The one that it happens in. */
  readonly world: ExchangeWorld;
  /** Why its path leads into no world; it is told in the one of the door. */
  readonly noWorld: Refusal | undefined;
  /** What named the world in its path, and is in no path within it. */
  readonly base: string;
  readonly entry: ExchangeEntry;
  readonly matched: Matched | undefined;
  readonly authorized: boolean;
  /** Of a payment's page: which one its URL stands for. */
  readonly payment: AskedPayment | undefined;
  /** What stands before the URLs that answers hand out, where that is set. */
  readonly linkBase: string | undefined;
  /** Path and query as sent, without a scheme and host that a proxy may put before it, and without what names a world. */
  readonly url: string;
  readonly path: string;
  /** Without `?`. */
  readonly search: string;
  /** Why it is not served, whatever it asks for; rules meet it all the same. */
  readonly refused: Refused | undefined;
}

export interface HeadReaderSettings {
  readonly worlds: WorldsBehindDoor;
  readonly clients: Clients;
  readonly clock: Clock;
  /** Begins request ids that are made here. */
  readonly requestIdPrefix: string;
}

/** Who asks over a socket of our own crowd. */
const OF_THE_FLOOD: Identity = { client: FLOOD, authorized: true };

/** Name and password, in a target that is none; one that can be read is kept without its authority. */
const USER = /\/\/[^/?#]*@/;

/** Of a URL, and of a header's value, as the journal keeps them; what is longer ends with an ellipsis there. */
const MAX_URL_CHARS = 2048;
const MAX_HEADER_CHARS = 255;

const ACCEPTABLE_ID = /^[\x21-\x7e]{1,128}$/;

export function createHeadReader({ worlds, clients, clock, requestIdPrefix }: HeadReaderSettings) {
  let made = 0;
  const requestIdOf = (given: string | string[] | undefined): string =>
    typeof given === 'string' && ACCEPTABLE_ID.test(given) ? given : requestIdPrefix + (++made).toString(36);

  return (parts: HttpParts): RequestHead => {
    const { request, connection, refused } = parts;
    const { headers, method = 'GET', url: target = '' } = request;
    const form = originForm(target);
    const whole = form ?? target.replace(USER, '//[redacted]@');
    const named = worlds.find ? readWorldPath(whole) : undefined;
    const sent = named?.rest ?? whole;
    const query = sent.indexOf('?');
    const sentPath = query < 0 ? sent : sent.slice(0, query);
    const matched = matchOperation(method, sentPath);
    const isPage = matched?.operation.isPage === true;
    const identity = connection.flood
      ? OF_THE_FLOOD
      : clients.identify(headers.authorization, single(headers['x-api-key']) ?? undefined);
    const wrong = refused ?? wrongHead(request, form);
    const found =
      named &&
      findWorld(worlds, named.name, matched !== undefined && !isPage && identity.authorized && wrong === undefined);
    const noWorld = found && 'noWorld' in found ? found.noWorld : undefined;
    const world = found && 'world' in found ? found.world : worlds.home;
    const payment = isPage && !noWorld ? askedPayment(world, matched.params.token as string) : undefined;
    const { client, authorized } = isPage ? { client: payment?.client ?? identity.client, authorized: true } : identity;
    const path = isPage ? withoutToken(sentPath, payment) : sentPath;
    const url = isPage ? path + sent.slice(sentPath.length) : sent;
    const entry = newExchange({
      requestId: requestIdOf(headers['x-request-id']),
      at: clock.now(),
      door: connection.door,
      connection: connection.id,
      remote: connection.remote,
      client,
      operation: matched && !noWorld ? matched.operation.name : UNMATCHED,
      method,
      url: bounded(redactUrl(noWorld && !isPage ? whole : url), MAX_URL_CHARS),
      idempotencyKey: bounded(single(headers['idempotency-key']), MAX_HEADER_CHARS),
      attempt: attemptOf(headers),
      traceparent: bounded(single(headers.traceparent), MAX_HEADER_CHARS),
      about: aboutHead(headers),
    });
    return {
      parts,
      world,
      noWorld,
      base: named?.base ?? '',
      linkBase: worlds.linkBase,
      payment,
      entry,
      matched,
      authorized,
      url,
      path,
      search: query < 0 ? '' : sent.slice(query + 1),
      refused: wrong,
    };
  };
}

/** The payment that a token stands for there, asked for now. */
function askedPayment({ boxOffice }: ExchangeWorld, token: string): AskedPayment | undefined {
  const linked = boxOffice.linkedPayment(token);
  return linked && { ...linked, sentAt: boxOffice.now() };
}

/** A token is a secret: where it stood, the payment's id does, which rules draw by too. */
const withoutToken = (path: string, payment: AskedPayment | undefined): string =>
  path.replace(/^(\/\w+\/)[^/?]+/, `$1${payment?.id ?? '[redacted]'}`);

/** Who asked for what, as an answer names it. */
export const askedBy = ({ entry, base, path }: RequestHead): { readonly requestId: string; readonly path: string } => ({
  requestId: entry.requestId,
  path: base + path,
});

/** What HTTP asks of every head, and node's parser does not look at. */
function wrongHead({ rawHeaders, httpVersion }: IncomingMessage, form: string | undefined): Refused | undefined {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] as string;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts++;
  }
  if (hosts > 1) return { status: 400, detail: `a request names its Host once, this one ${hosts} times` };
  if (hosts === 0 && httpVersion === '1.1') return { status: 400, detail: 'a request of HTTP/1.1 must name its Host' };
  return form === undefined ? { status: 400, detail: BAD_TARGET } : undefined;
}

/** Cut if need be, and then a copy: a part of a text would keep the whole of it in memory. */
function bounded<Text extends string | null>(text: Text, max: number): Text | string {
  if (text === null || text.length <= max) return text;
  return Buffer.from(`${text.slice(0, max - 1)}…`).toString();
}

const single = (value: string | string[] | undefined): string | null => (typeof value === 'string' ? value : null);

/** What a head alone says of it; null where it says nothing. */
function aboutHead(headers: IncomingMessage['headers']): About | null {
  const isConditional = headers['if-none-match'] !== undefined;
  const given = headers['x-invocation-id'] ?? headers['amz-sdk-invocation-id'];
  if (!isConditional && given === undefined) return null;
  return { ...newAbout(), isConditional, invocation: bounded(single(given), MAX_HEADER_CHARS) };
}

/** The number a client gives its own attempt: `X-Attempt: 2`, or `amz-sdk-request: attempt=2; max=3`. */
function attemptOf(headers: IncomingMessage['headers']): number | null {
  const declared = headers['x-attempt'] ?? headers['amz-sdk-request'];
  if (typeof declared !== 'string') return null;
  const digits = /^(?:.*\battempt=)?(\d{1,6})\b/.exec(declared)?.[1];
  return digits === undefined ? null : Number(digits);
}
