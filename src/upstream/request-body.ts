// Reads a request's body, bounded.
import type { IncomingMessage } from 'node:http';
import { PROBLEM_TYPE, problem } from '../base/problem.ts';
import type { Header, Reply } from '../wire/reply.ts';

/** Longest body that is read; a longer one is a 413. */
export const MAX_BODY_BYTES = 65_536;
/** A body that is too long is still read to its end up to here, so that the 413 reaches its sender. */
const MAX_DRAINED_BYTES = 8_388_608;

export type BodyRead = Buffer | 'too-large' | 'too-large-to-drain' | 'client-left';

/** Whether the head announces a body (RFC 9112 6.3). */
export function announcesBody({ headers }: IncomingMessage): boolean {
  return (
    headers['transfer-encoding'] !== undefined ||
    (headers['content-length'] !== undefined && headers['content-length'] !== '0')
  );
}

export function readRequestBody(request: IncomingMessage): Promise<BodyRead> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_DRAINED_BYTES) return Promise.resolve('too-large-to-drain');
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= MAX_BODY_BYTES) chunks.push(chunk);
      else if (length > MAX_DRAINED_BYTES) resolve('too-large-to-drain');
    });
    request.on('end', () => resolve(length <= MAX_BODY_BYTES ? Buffer.concat(chunks) : 'too-large'));
    request.on('error', () => resolve('client-left'));
  });
}

export function tooLarge(requestId: string, path: string): Reply {
  const detail = `the body of a request must not be longer than ${MAX_BODY_BYTES} bytes`;
  return refusal({ status: 413, code: 'payload_too_large', detail, instance: path, requestId, retryable: false });
}

/** The answer on a connection that found no slot. */
export function noRoom(requestId: string, path: string): Reply {
  return refusal({
    status: 503,
    code: 'overloaded',
    detail: 'The upstream serves as many connections as it can.',
    instance: path,
    requestId,
    retryable: true,
  });
}

function refusal(parts: Parameters<typeof problem>[0]): Reply {
  const headers: Header[] = [
    ['Content-Type', PROBLEM_TYPE],
    ['X-Request-Id', parts.requestId],
  ];
  return { status: parts.status, headers, body: JSON.stringify(problem(parts)) };
}
