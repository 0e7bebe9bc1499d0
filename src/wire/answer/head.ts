// Writes the head of an answer: status, headers in order, and a Content-Length that may be wrong.
import type { ServerResponse } from 'node:http';
import { type Delivery, isBodiless } from './delivery.ts';
import { phraseOf } from './phrase.ts';
import type { Reply } from './reply.ts';

type Lies = Pick<Delivery, 'lengthOff' | 'also'>;

const HONEST: Lies = Object.freeze({});

/** Headers go as pairs, which node neither joins nor compares with the body. */
export function writeHead(response: ServerResponse, { status, headers, body }: Reply, lies: Lies = HONEST): void {
  const { lengthOff = 0, also } = lies;
  const flat: string[] = [];
  for (const [name, value] of headers) flat.push(name, value);
  if (!isBodiless(status)) flat.push('Content-Length', String(Math.max(0, Buffer.byteLength(body) + lengthOff)));
  if (also) for (const [name, value] of also) flat.push(name, value);
  response.writeHead(status, phraseOf(status), flat); // or it would be what Koa made of another status on the way
}
