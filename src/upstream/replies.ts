// Answers as values: JSON, nothing, and problem documents for whatever was refused or went wrong.

import { PROBLEM_TYPE, problem } from '../base/problem.ts';
import { Refusal } from '../base/refusal.ts';
import type { StoredAnswer } from '../box-office/state/idempotency.ts';
import type { Subject } from '../box-office/subject.ts';
import type { Header, Reply } from '../wire/answer/reply.ts';
import type { Refused } from '../wire/connection/http.ts';
import { type Code, isCode, isRetryable, STATUSES } from './statuses.ts';

/** An answer before it is stamped with the request's id, as an idempotency key keeps it: with what it is about. */
export interface Answer extends StoredAnswer {
  readonly withheld?: true;
}

export const JSON_TYPE: Header = ['Content-Type', 'application/json; charset=utf-8'];
export const NO_STORE: Header = ['Cache-Control', 'no-store'];
const PROBLEM: Header = ['Content-Type', PROBLEM_TYPE];

const JSON_HEADERS: readonly Header[] = [JSON_TYPE, NO_STORE];

/** JSON that nobody may keep; `location` is the path of what was created. */
export function json(status: number, body: string | Buffer, location?: string): Answer {
  return { status, headers: location ? [...JSON_HEADERS, ['Location', location]] : JSON_HEADERS, body };
}

/** The same answer, with what it is about. */
export const about = (answer: Answer, subject: Subject): Answer => ({ ...answer, subject });

/** Who asked, for the members of a problem that name the request. */
interface Asked {
  readonly path: string;
  readonly requestId: string;
}

/** The problem document of one code. */
export function problemAnswer(code: Code, detail: string, asked: Asked, facts?: Refusal['facts']): Answer {
  const status = STATUSES[code];
  const document = problem({
    status,
    code,
    detail,
    instance: asked.path,
    requestId: asked.requestId,
    retryable: isRetryable(code),
    ...(facts && { facts }),
  });
  const headers: Header[] = [PROBLEM, NO_STORE];
  if (code === 'unauthorized') headers.push(['WWW-Authenticate', 'Bearer realm="sellers"']);
  return { status, headers, body: JSON.stringify(document) };
}

/** The answer to what was thrown; undefined for what is no refusal of the contract but a programmer's error. */
export function refusalAnswer(thrown: unknown, asked: Asked): Answer | undefined {
  if (!(thrown instanceof Refusal) || !isCode(thrown.code)) return undefined;
  const { code, message, facts } = thrown;
  // One form for every validation_failed, also where the box office alone could know.
  const whole = code === 'validation_failed' && !facts.errors ? { errors: [{ path: '', message }], ...facts } : facts;
  return problemAnswer(code, message, asked, whole);
}

/** What a programmer's error looks like from outside: its message stays here. */
export function internalAnswer(asked: Asked): Answer {
  return problemAnswer('internal', 'Something went wrong here. The request may have had an effect.', asked);
}

/** The answer as it is sent: with the id of its request, which a replay does not share with the first answer. */
export function stamp({ status, headers, body, withheld }: Answer, requestId: string): Reply {
  const reply: Reply = { status, headers: [...headers, ['X-Request-Id', requestId]], body };
  return withheld ? { ...reply, withheld } : reply;
}

/** What a finite upstream tells those it turns away: when a place can be hoped for. */
export function overloaded(asked: Asked, retryAfterS: number): Reply {
  const answer = problemAnswer('overloaded', 'The upstream has more to do than it can.', asked);
  return stamp({ ...answer, headers: [...answer.headers, ['Retry-After', String(retryAfterS)]] }, asked.requestId);
}

/** The answer on a connection that found no slot. */
export function noRoom(asked: Asked): Reply {
  return stamp(
    problemAnswer('overloaded', 'The upstream serves as many connections as it can.', asked),
    asked.requestId,
  );
}

/** The answer to a request that HTTP, or its size, does not let us serve, or whose path leads into no world. */
export function refusal(why: Refused | Refusal, asked: Asked): Reply {
  if (why instanceof Refusal) return stamp(refusalAnswer(why, asked) ?? internalAnswer(asked), asked.requestId);
  const { status, detail, allow } = why;
  const { path, requestId } = asked;
  const document = problem({ status, code: REFUSED_AS[status], detail, instance: path, requestId, retryable: false });
  const headers: Header[] = [PROBLEM, NO_STORE];
  if (allow !== undefined) headers.push(['Allow', allow]);
  return stamp({ status, headers, body: JSON.stringify(document) }, requestId);
}

const REFUSED_AS: Readonly<Record<Refused['status'], Code>> = {
  400: 'validation_failed',
  405: 'method_not_allowed',
  413: 'payload_too_large',
  417: 'validation_failed',
  431: 'validation_failed',
};
