// A request as rules see it.
import type { IncomingMessage } from 'node:http';
import type { Arrival } from '../../wire/arrival.ts';
import type { Connection } from '../../wire/connection/connection.ts';
import type { RequestHead } from './request-head.ts';

/** A class, so that a held request keeps no closure for its headers. */
export class RequestArrival implements Arrival {
  readonly requestId: string;
  readonly at: number;
  readonly operation: string;
  readonly client: string;
  readonly method: string;
  readonly base: string;
  readonly path: string;
  readonly url: string;
  readonly connection: Connection;
  readonly body: Buffer | undefined;
  readonly #request: IncomingMessage;

  constructor({ entry, base, url, path, parts }: RequestHead, body: Buffer | undefined) {
    this.requestId = entry.requestId;
    this.at = entry.at;
    this.operation = entry.operation;
    this.client = entry.client;
    this.method = entry.method;
    this.base = base;
    this.path = path;
    this.url = url;
    this.connection = parts.connection;
    this.body = body;
    this.#request = parts.request;
  }

  get door(): string {
    return this.connection.door;
  }

  get address(): string {
    return this.connection.remote;
  }

  get connectionId(): number {
    return this.connection.id;
  }

  get connectedAt(): number {
    return this.connection.openedAt;
  }

  header(name: string): string | undefined {
    const { headers } = this.#request;
    if (!Object.hasOwn(headers, name)) return undefined;
    const value = headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  }

  headerValues(name: string): readonly string[] {
    return this.#request.headersDistinct[name] ?? [];
  }
}
