// One call of the admin API: token, and JSON both ways.
import { AdminUnreachable, parseJson, refusalOf } from './errors.ts';

export interface AdminRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With its query, from the root: `/v1/rules`. */
  readonly path: string;
  readonly body?: object | null | undefined;
  /** In the place of a body. */
  readonly yaml?: string;
  readonly csv?: string;
  /** The answer is taken as it is, and not as JSON. */
  readonly asText?: true;
  /** A status besides those of success that is an answer too. */
  readonly alsoAnswers?: number;
  /** How long the answer may take; default 30 s. */
  readonly timeoutMs?: number;
}

export interface AdminAddress {
  /** Of the admin listener; a path is kept. */
  readonly url: string;
  readonly token?: string | undefined;
}

const TIMEOUT_MS = 30_000;
const NO_CONTENT = 204;

/** The parsed answer; undefined for one without a body. */
export async function callAdmin({ url, token }: AdminAddress, request: AdminRequest): Promise<unknown> {
  const { method, path, body, yaml, csv, asText, alsoAnswers, timeoutMs = TIMEOUT_MS } = request;
  const sent = yaml ?? csv ?? (body === undefined ? undefined : JSON.stringify(body)); // what is no JSON is the caller's own error
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(`${url.replace(/\/+$/, '')}${path}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(yaml !== undefined && { 'content-type': 'application/yaml' }),
        ...(csv !== undefined && { 'content-type': 'text/csv' }),
      },
      ...(sent !== undefined && { body: sent }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    text = await answer.text();
  } catch (error) {
    throw new AdminUnreachable(url, reasonOf(error, timeoutMs), error);
  }
  if (asText && answer.ok) return text;
  const value = parseJson(text);
  if ((answer.ok || answer.status === alsoAnswers) && isAnswer(value, answer.status)) return value;
  throw refusalOf({ url, status: answer.status, text, server: answer.headers.get('server') });
}

/** All that admin answers is an object, or nothing by its status. */
const isAnswer = (value: unknown, status: number): boolean =>
  value === undefined ? status === NO_CONTENT : typeof value === 'object' && value !== null;

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`;
  const { cause } = error;
  return cause instanceof Error ? cause.message || ('code' in cause ? String(cause.code) : cause.name) : error.message;
}
