// The only writer: carries out a delivery on a response, honest or not.
import type { ServerResponse } from 'node:http';
import { type Delivery, isBodiless } from './delivery.ts';
import { writeHead } from './head.ts';
import type { Reply } from './reply.ts';
import { type SendOptions, Writer } from './writer.ts';

/** The common way, and the only one that an unarmed server knows. True when all of it is with the kernel already. */
export function sendWhole(response: ServerResponse, reply: Reply, headOnly: boolean): boolean {
  writeHead(response, reply);
  response.end(headOnly || isBodiless(reply.status) ? undefined : reply.body);
  return response.socket?.writableLength === 0;
}

/**
 * Calls `then` when the response is the one whose bytes go out on its connection: at once, or when all requests
 * before it in a pipeline are answered. Never, when the connection ends first.
 */
export function inTurn(response: ServerResponse, then: () => void): void {
  if (response.socket) then();
  else response.once('socket', then);
}

/** Performs any delivery on a response whose turn has come. */
export function send(response: ServerResponse, delivery: Delivery, options: SendOptions): void {
  if (!isOrdinary(delivery)) {
    new Writer(response, delivery, options).start();
    return;
  }
  const { status, body } = delivery.reply;
  const bytes = options.headOnly || isBodiless(status) ? 0 : Buffer.byteLength(body);
  const answered = (): void => options.done('answered', bytes);
  if (sendWhole(response, delivery.reply, options.headOnly)) answered();
  else response.once('finish', answered);
}

const isOrdinary = ({ cutAt, bytesPerSecond, ending, instead, lengthOff, also }: Delivery): boolean =>
  ending === 'keep' &&
  cutAt === undefined &&
  bytesPerSecond === undefined &&
  instead === undefined &&
  !lengthOff &&
  also === undefined;
