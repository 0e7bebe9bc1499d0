// What an operation of the upstream is: its name, place, shapes, refusals and handler.
import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import type { BoxOffice } from '../../box-office/box-office.ts';
import type { Subject } from '../../box-office/subject.ts';
import type { Terms } from '../../box-office/terms.ts';
import type { Answer } from '../replies.ts';
import type { Code } from '../statuses.ts';
import type { AskedPayment, PaymentSettings } from './pages-asked.ts';
import type { SeatMapPages } from './seat-map-pages.ts';
import type { SessionFragments } from './session-fragments.ts';
import type { SessionPages } from './session-pages.ts';

/** JSON that is kept between requests, one set an app. */
export interface KeptReply {
  readonly sessions: SessionFragments;
  readonly pages: SessionPages;
  readonly seatMaps: SeatMapPages;
}

/** One call as a handler sees it: authorised, checked, and its idempotency key claimed. */
export interface Work<Query = unknown, Body = unknown> {
  readonly boxOffice: BoxOffice;
  readonly client: string;
  readonly terms: Terms;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  readonly headers: IncomingMessage['headers'];
  /** What stands before the paths that it hands out. */
  readonly base: string;
  /** What stands before the URLs that it hands out, where that is set; else it is the host that was asked. */
  readonly linkBase: string | undefined;
  /** It came over TLS. */
  readonly secure: boolean;
  /** Of a payment's pages: which one, and what was sent; undefined where no payment has this URL. */
  readonly payment: AskedPayment | undefined;
  readonly sent: Buffer | undefined;
  readonly payments: PaymentSettings;
  /** Box-office milliseconds in a real one. */
  readonly timeScale: number;
  readonly kept: KeptReply;
}

export type Handler<Query = unknown, Body = unknown> = (work: Work<Query, Body>) => Answer | Promise<Answer>;

/** What is asked for, before any work; undefined where it is not as it must be. */
export interface Asked<Query = unknown, Body = unknown> {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query | undefined;
  readonly body: Body | undefined;
  readonly payment: AskedPayment | undefined;
}

/** Whether an Idempotency-Key is not read, taken when it is there, or must be there. */
export type Idempotency = 'none' | 'optional' | 'required';

export type Method = 'GET' | 'POST' | 'DELETE';

/** One success of an operation, as documented. */
export interface AnswerShape {
  readonly summary: string;
  /** Unset for an answer without body. */
  readonly shape?: z.ZodType;
  /** It is a page and no JSON. */
  readonly html?: true;
  /** What its own headers say, by name. */
  readonly headers?: Readonly<Record<string, string>>;
}

interface OperationParts<Query, Body> {
  readonly method: Method;
  /** Of its own in the documentation, where several methods share a name; unset: the name. */
  readonly id?: string;
  /** For a person: its URL is the capability, and whatever it answers is a page. */
  readonly isPage?: true;
  /** Template: `/v1/sessions/{id}`. */
  readonly path: string;
  readonly summary: string;
  /** Path parameters by name, for the documentation: what is not known is a 404. */
  readonly params: Readonly<Record<string, z.ZodType>>;
  readonly query: z.ZodType<Query>;
  /** Unset when a body is not read; see `bodyRequired`. */
  readonly body?: z.ZodType<Body>;
  /** False when no body at all is as good as `{}`. */
  readonly bodyRequired: boolean;
  readonly answers: Readonly<Record<number, AnswerShape>>;
  /** What the form of a page may send, for the documentation: how it is read, and refused, is the page's own. */
  readonly form?: z.ZodType;
  /** Noes that are told to a person, by status: what their pages say. */
  readonly refusedPages?: Readonly<Record<number, string>>;
  /** What it may refuse, besides what every operation may. */
  readonly refusals: readonly Code[];
  readonly idempotency: Idempotency;
  /** What a request names; unset where it is nothing, or its URL alone tells. */
  about?(asked: Asked<Query, Body>): Subject;
  /** What its own request headers are for, by name. */
  readonly requestHeaders?: Readonly<Record<string, string>>;
}

export interface Operation<Name extends string = string> extends OperationParts<unknown, unknown> {
  readonly name: Name;
  readonly handler: Handler;
}

/** Ties the handler's types to the schemas; what is not given is what most operations have. */
export function defineOperation<Name extends string, Query, Body = undefined>(
  parts: Pick<OperationParts<Query, Body>, 'method' | 'path' | 'summary' | 'query' | 'answers'> &
    Partial<OperationParts<Query, Body>> & { readonly name: Name; readonly handler: Handler<Query, Body> },
): Operation<Name> {
  const operation: Operation<Name> = {
    params: {},
    bodyRequired: false,
    refusals: [],
    idempotency: parts.method === 'POST' ? 'optional' : 'none',
    ...parts,
    // The schemas are what makes these the handler's own types: see input.ts.
    handler: parts.handler as Handler,
  };
  return Object.freeze(operation);
}
