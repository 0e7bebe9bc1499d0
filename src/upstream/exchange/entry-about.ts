// Writes into the journal entry of a request what it was about, and what its answer said: each where it is known first.
import { sessionOf } from '../../box-office/ids.ts';
import type { Subject } from '../../box-office/subject.ts';
import { headerOf } from '../../faults/rewriting.ts';
import { type About, aboutOf } from '../../journal/about.ts';
import type { ExchangeEntry } from '../../journal/entry.ts';
import { sentBody } from '../../journal/sent-body.ts';
import { bodyBytes, type Delivery } from '../../wire/answer/delivery.ts';
import type { Reply } from '../../wire/answer/reply.ts';
import { REPLAYED } from '../app/idempotent.ts';
import { namedIn } from '../app/named.ts';
import type { ExchangeWorld } from './exchange-world.ts';
import type { RequestHead } from './request-head.ts';

/** Ids and references that are longer are none of ours. */
const MAX_ID_CHARS = 100;
/** Longer answers are no problem documents. */
const MAX_PROBLEM_CHARS = 20_000;

/** A request is the same as another if method, URL and body are. */
export function noteBody({ entry, world, url, parts }: RequestHead, body: Buffer): void {
  if (body.length === 0) return;
  const { journal, pseudonym } = world;
  if (journal.keepsBodies) journal.keepBody(entry, sentBody(parts.request.headers['content-type'], body, pseudonym));
  aboutOf(entry).fingerprint = pseudonym(`${entry.method} ${url}\n`, body);
}

/** Of what is held back from its work, or turned away, which may never come to it. */
export function noteNamed(head: RequestHead, body: Buffer | undefined): void {
  const { matched, search, payment, parts, noWorld } = head;
  if (!matched?.operation.about || noWorld) return;
  const { headers } = parts.request;
  noteSubject(head, namedIn({ ...matched, search, body, headers, payment }));
}

/** What is not known stays as it was. */
export function noteSubject({ entry, world }: SubjectParts, subject: Subject | undefined): void {
  if (!subject) return;
  const { order, reservation, externalRef, customer } = subject;
  const about = aboutOf(entry);
  about.order = idOf(order) ?? about.order;
  about.reservation = idOf(reservation) ?? about.reservation;
  about.session = idOf(subject.session) ?? sessionIn(about) ?? about.session;
  if (externalRef !== undefined) about.externalRef = world.pseudonym(externalRef);
  if (customer !== undefined) about.customer = world.pseudonym(customer);
  world.journal.changed(entry);
}
interface SubjectParts {
  readonly entry: ExchangeEntry;
  readonly world: Pick<ExchangeWorld, 'pseudonym' | 'journal'>;
}

const idOf = (id: string | undefined): string | undefined =>
  id !== undefined && id.length <= MAX_ID_CHARS ? id : undefined;

/** Ids carry their session. */
const sessionIn = ({ order, reservation }: About): string | undefined =>
  (order === null ? undefined : sessionOf('o', order)) ??
  (reservation === null ? undefined : sessionOf('r', reservation));

/** Of an answer that no rule touches. */
export function noteAnswer(entry: ExchangeEntry, reply: Reply): void {
  if (reply.status < 400 && entry.about === null) return;
  const about = aboutOf(entry);
  about.isReplay = reply.headers.includes(REPLAYED);
  if (reply.status < 400) return;
  about.code = entry.method === 'HEAD' ? null : codeOf(reply);
  about.retryAfterMs = retryAfterMs(entry, headerOf(reply, 'Retry-After'));
}

/** Of an answer that goes out as rules want it, or goes on after that; its first byte is known. */
export function noteDelivery({ entry, matched }: Pick<RequestHead, 'entry' | 'matched'>, delivery: Delivery): void {
  const { reply, cutAt } = delivery;
  const also = delivery.also?.find(([name]) => name.toLowerCase() === 'retry-after')?.[1];
  const isWhole = cutAt === undefined || cutAt >= bodyBytes(reply, entry.method);
  const code = isWhole && entry.method !== 'HEAD' ? codeOf(reply) : null;
  const waitMs = retryAfterMs(entry, headerOf(reply, 'Retry-After') ?? also);
  const isReplay = headerOf(reply, REPLAYED[0]) === REPLAYED[1];
  const isWrongType = !isRightType(reply, matched?.operation.isPage === true);
  if (entry.about === null && code === null && waitMs === null && !isReplay && !isWrongType) return;
  const about = aboutOf(entry);
  about.code = code;
  about.retryAfterMs = waitMs;
  about.isReplay = isReplay;
  about.isWrongType = isWrongType;
}

/** An answer without a body may do without a type. */
function isRightType(reply: Reply, isPage: boolean): boolean {
  const type = headerOf(reply, 'Content-Type');
  if (type === undefined) return reply.body.length === 0;
  return (isPage ? /^text\/html\b/i : /^application\/(?:[\w.+-]+\+)?json\b/i).test(type.trim());
}

/** Of a problem document, whatever its status and type say. */
function codeOf({ body }: Reply): string | null {
  if (body.length > MAX_PROBLEM_CHARS) return null;
  const text = body.toString();
  if (!text.includes('"code"')) return null;
  try {
    const { code } = JSON.parse(text) as { code?: unknown };
    return typeof code === 'string' && code.length <= MAX_ID_CHARS ? code : null;
  } catch {
    return null;
  }
}

/** Seconds, or a date (RFC 9110 10.2.3); null where it is neither. */
function retryAfterMs({ firstByteAt }: ExchangeEntry, value: string | undefined): number | null {
  if (value === undefined) return null;
  if (/^\s*\d{1,10}\s*$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - (firstByteAt ?? at));
}
