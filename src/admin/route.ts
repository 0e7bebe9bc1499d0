// What a route of the admin API is: its place, who may use it, its shapes, and what it does.
import type { ParameterizedContext } from 'koa';
import type { z } from 'zod';
import type { Caller } from '../director/actions.ts';
import type { World } from '../director/world-port.ts';
import type { AdminCode } from './statuses.ts';

/** One call as a handler sees it: allowed and checked. */
export interface AdminCall<Query = unknown, Body = unknown> {
  /** The one that the path leads into; for a route of the process, the one at /v1. */
  readonly world: World;
  /** What the path begins with before `/v1`: `/w/{world}`, or nothing. */
  readonly base: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  /** For routes that take text. */
  readonly text: string;
  /** For routes that read their body themselves, with its type. */
  readonly data: TypedData;
  readonly caller: Caller;
  /** Only for what no Answer can say: streams, and whether the client is still there. */
  readonly ctx: ParameterizedContext;
}

export interface TypedData {
  /** As they came: putting 16 MB together would keep everybody else waiting. */
  readonly chunks: readonly Buffer[];
  /** Bytes of all chunks. */
  readonly length: number;
  /** One of the route's `dataTypes`. */
  readonly type: string;
}

export interface Answer {
  readonly status: number;
  /** Shown as JSON; a text as it is, and so is a stream of JSON, in which nothing is to be veiled. */
  readonly body?: unknown;
  /** Of a text. */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The handler took over the response. */
export const STREAMING = Symbol('streaming');

export type Handler<Query, Body> = (call: AdminCall<Query, Body>) => Answer | typeof STREAMING | Promise<Answer>;

/** One success, as documented. */
export interface AnswerShape {
  readonly summary: string;
  readonly shape?: z.ZodType;
  /** Of an answer that is not JSON, or is JSON whose shape is not told; also several, one of which it is. */
  readonly type?: string | readonly string[];
}

interface RouteParts<Query, Body> {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/v1/profiles/{name}`; `{id+}` takes slashes too. */
  readonly path: string;
  readonly summary: string;
  /** Unset: of one world, and there for each at `/w/{world}…` too. */
  readonly of?: 'process';
  /** `open` without token · `read` also for viewers · `write` changes something. */
  readonly access: 'open' | 'read' | 'write';
  readonly params: Readonly<Record<string, string>>;
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  /** Media types of a body that is taken as text. */
  readonly textTypes?: readonly string[];
  /** Of the document in such a text. */
  readonly textShape?: z.ZodType;
  /** The same, of a body that the route reads itself, since it may be long; what it is, by type. */
  readonly dataTypes?: Readonly<Record<string, z.ZodType | string>>;
  /** Of the body; unset: MAX_BODY_BYTES. */
  readonly maxBytes?: number;
  readonly answers: Readonly<Record<number, AnswerShape>>;
  /** What it may refuse, besides what every route may. */
  readonly refusals: readonly AdminCode[];
}

export interface Route extends RouteParts<unknown, unknown> {
  readonly handle: Handler<unknown, unknown>;
}

/** Ties the handler's types to the schemas; params are name and description. */
export function defineRoute<Query = undefined, Body = undefined>(
  parts: Omit<RouteParts<Query, Body>, 'params' | 'refusals'> &
    Partial<Pick<RouteParts<Query, Body>, 'params' | 'refusals'>> & { readonly handle: Handler<Query, Body> },
): Route {
  // The schemas are what makes these the handler's own types: see input.ts.
  return { params: {}, refusals: [], ...parts, handle: parts.handle as Handler<unknown, unknown> };
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
