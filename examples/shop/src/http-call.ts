// One request and its answer: never longer than the time-out, and either what was asked for or a CallFailed.
import { CallFailed, type Failure } from './call-failed.ts';

export interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the body has what the shop reads of it. */
  readonly isWhole: (body: Fields) => boolean;
}

export type Fields = Readonly<Record<string, unknown>>;

export interface Answer {
  readonly status: number;
  readonly etag: string | null;
  /** Undefined with a 304. */
  readonly body: unknown;
}

const NOT_MODIFIED = 304;

export async function callOnce(baseUrl: string, call: Call, timeoutMs: number): Promise<Answer> {
  try {
    const { method, path, body, headers } = call;
    const signal = AbortSignal.timeout(timeoutMs); // covers the body too
    const request = { method, headers: { ...headers }, signal, ...(body && { body: JSON.stringify(body) }) };
    const response = await fetch(`${baseUrl}/v1${path}`, request);
    const text = await response.text();
    return understood(response, text, call.isWhole);
  } catch (error) {
    if (error instanceof CallFailed) throw error;
    const isTimeout = error instanceof DOMException && error.name === 'TimeoutError';
    const reason = isTimeout ? 'timeout' : 'connection';
    throw new CallFailed({ reason, code: reason, isRetryable: true }, error);
  }
}

function understood(response: Response, text: string, isWhole: Call['isWhole']): Answer {
  const { status, headers } = response;
  if (status === NOT_MODIFIED) return { status, etag: headers.get('etag'), body: undefined };
  const body = parsed(text, headers.get('content-type') ?? '');
  if (status >= 400) throw new CallFailed(failureFrom(status, body, headers.get('retry-after')));
  if (!body || !isWhole(body)) throw new CallFailed(UNREADABLE); // some say 200 and mean 500
  return { status, etag: headers.get('etag'), body };
}

const UNREADABLE: Failure = { reason: 'unreadable', code: 'unreadable', isRetryable: true };

function parsed(text: string, type: string): Fields | undefined {
  if (!/^application\/(problem\+)?json\b/.test(type)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}

function failureFrom(status: number, body: Fields | undefined, retryAfter: string | null): Failure {
  const isRetryable = typeof body?.retryable === 'boolean' ? body.retryable : status >= 500 || status === 429;
  const seconds = Number(retryAfter);
  return {
    reason: isRetryable || status >= 500 ? 'unavailable' : 'refused',
    code: typeof body?.code === 'string' ? body.code : `status_${status}`,
    isRetryable,
    ...(retryAfter !== null && seconds > 0 && { retryAfterMs: seconds * 1000 }),
  };
}
