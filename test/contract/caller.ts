// Calls by operationId through Prism: neither what is asked nor what is answered may differ from the document.
import { expect } from 'vitest';
import type { Document } from './documents.ts';
import { type Violation, violationsOf } from './prism.ts';

export interface Asking {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly form?: Record<string, string>;
  /** With its media type. */
  readonly text?: readonly [type: string, text: string];
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is read of answers here. */
export interface Told {
  readonly id: string;
  readonly code: string;
  readonly status: string;
  readonly seats: readonly string[];
  readonly payment: { readonly status: string; readonly redirectUrl: string };
  readonly data: readonly Told[];
  readonly [field: string]: unknown;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Told;
  readonly text: string;
  /** What the document says against the request; against the answer it may say nothing. */
  readonly amiss: readonly Violation[];
}

export class Caller {
  readonly #calls: ReadonlyMap<string, { readonly method: string; readonly path: string }>;
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;
  /** Of every operation that was asked: each status, and each code. */
  readonly seen: Map<string, Set<string>>;

  constructor(document: Document, url: string, headers: Readonly<Record<string, string>> = {}, seen = new Map()) {
    const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => [operationId, { method, path }] as const),
    );
    this.#calls = new Map(calls);
    this.#url = url;
    this.#headers = headers;
    this.seen = seen;
  }

  get operations(): string[] {
    return [...this.#calls.keys()];
  }

  /** Resolves with what was answered, where neither side differs from the document; what is refused may have been asked wrongly. */
  async ask(operation: string, asking: Asking = {}): Promise<Answered> {
    const response = await this.#send(operation, asking);
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    const body = (isJson && text ? JSON.parse(text) : {}) as Told;
    const { status, headers } = response;
    this.#note(operation, [String(status), ...(status >= 400 && body.code ? [body.code] : [])]);
    const found = violationsOf(headers);
    const amiss = found.filter(({ location }) => location[0] === 'request');
    const wrong = found.filter((violation) => status < 400 || !amiss.includes(violation));
    expect(wrong, `${operation} answered ${status}, ${text.slice(0, 500)}`).toEqual([]);
    return { status, headers, body, text, amiss };
  }

  /** Resolves with the code of a no, and makes sure that it is one. */
  async code(operation: string, asking: Asking = {}): Promise<string> {
    const { status, body } = await this.ask(operation, asking);
    expect(status, operation).toBeGreaterThanOrEqual(400);
    return body.code;
  }

  #send(operation: string, { params = {}, query, json, form, text, headers }: Asking): Promise<Response> {
    const call = this.#calls.get(operation);
    if (!call) throw new Error(`the document has no operation ${operation}`);
    const path = call.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? 'none'));
    const search = query ? `?${new URLSearchParams(query)}` : '';
    const [type, body] = text ?? (json === undefined ? [] : ['application/json', JSON.stringify(json)]);
    return fetch(this.#url + path + search, {
      method: call.method.toUpperCase(),
      redirect: 'manual',
      headers: { ...this.#headers, ...(type && { 'Content-Type': type }), ...headers },
      ...(body !== undefined && { body }),
      ...(form && { body: new URLSearchParams(form) }),
    });
  }

  #note(operation: string, told: readonly string[]): void {
    const before = this.seen.get(operation) ?? new Set<string>();
    for (const one of told) before.add(one);
    this.seen.set(operation, before);
  }
}
