// One call of the admin API: token, JSON both ways, and a no as an error that carries its problem document.
import type { Problem } from '../admin/contract/contract.ts';

/** The server said no. */
export class AdminError extends Error {
  override readonly name = 'AdminError';
  readonly status: number;
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail || problem.title);
    this.status = problem.status;
    this.problem = problem;
  }
}

/** No answer of a Showstopper came from there. */
export class AdminUnreachable extends Error {
  override readonly name = 'AdminUnreachable';
  readonly url: string;

  constructor(url: string, reason: string, cause?: unknown) {
    super(`no Showstopper answers at ${url}: ${reason}`, { cause });
    this.url = url;
  }
}

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
  /** How long the answer may take; default 30 s. */
  readonly timeoutMs?: number;
}

export interface AdminAddress {
  /** Of the admin listener; a path is kept. */
  readonly url: string;
  readonly token?: string | undefined;
}

const TIMEOUT_MS = 30_000;

/** The parsed answer; undefined for one without a body. */
export async function callAdmin({ url, token }: AdminAddress, request: AdminRequest): Promise<unknown> {
  const { method, path, body, yaml, csv, asText, timeoutMs = TIMEOUT_MS } = request;
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
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(yaml !== undefined && { body: yaml }),
      ...(csv !== undefined && { body: csv }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    text = await answer.text();
  } catch (error) {
    throw new AdminUnreachable(url, reasonOf(error, timeoutMs), error);
  }
  if (asText && answer.ok) return text;
  const value = parse(text);
  if (answer.ok && value !== NOT_JSON) return value;
  throw refusalOf(url, answer.status, text);
}

/** The error that an answer other than the one hoped for stands for. */
export function refusalOf(url: string, status: number, text: string): AdminError | AdminUnreachable {
  const value = parse(text);
  if (isProblem(value) && value.status === 404 && OF_UPSTREAM.test(value.detail))
    return new AdminUnreachable(url, 'that is an upstream listener; admin has a port of its own (by default 9190)');
  if (isProblem(value)) return new AdminError(value);
  return new AdminUnreachable(url, `${status} without a word that we know; is this the admin listener?`);
}

/** How the upstream says that it has no such operation. */
const OF_UPSTREAM = /^There is nothing at /;

const NOT_JSON = Symbol('not JSON');

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return NOT_JSON;
  }
}

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'code' in value && 'status' in value && 'detail' in value;

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`;
  const { cause } = error;
  return cause instanceof Error ? cause.message || ('code' in cause ? String(cause.code) : cause.name) : error.message;
}
