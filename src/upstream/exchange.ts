// The whole life of one exchange, in order: arrival, faults, work, answer, delivery, journal.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../base/clock.ts';
import { PROBLEM_TYPE, problem } from '../base/problem.ts';
import { type BoxOffice } from '../box-office/box-office.ts';
import type { IdempotencyKeys } from '../box-office/idempotency.ts';
import { HONEST, type Terms } from '../box-office/terms.ts';
import type { Engine } from '../faults/engine.ts';
import { type Plan, type Step, UNTOUCHED } from '../faults/plan.ts';
import type { End, ExchangeEntry } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import { redactUrl } from '../journal/redact-url.ts';
import type { Arrival } from '../wire/arrival.ts';
import type { Connection, UnderWay } from '../wire/connection.ts';
import type { Held, Holds } from '../wire/held.ts';
import type { Reply } from '../wire/reply.ts';
import { type Sending, type Sent, send, sendWhole } from '../wire/send.ts';
import type { UpstreamApp } from './app.ts';
import type { Call } from './call.ts';
import type { Clients } from './clients.ts';
import type { Operation } from './operations.ts';
import { announcesBody, MAX_BODY_BYTES, readRequestBody } from './request-body.ts';
import { matchOperation } from './segments.ts';

/** The world an exchange happens in; a reset puts another box office in its place. */
export interface ExchangeWorld {
  readonly boxOffice: BoxOffice;
  readonly keys: IdempotencyKeys;
  readonly engine: Engine;
  readonly holds: Holds;
  readonly journal: Journal;
}

export interface ExchangeSettings {
  readonly world: ExchangeWorld;
  readonly app: UpstreamApp;
  readonly clients: Clients;
  readonly clock: Clock;
  /** Starts made-up request ids, so that two runs of one seed can be told apart in a log. */
  readonly requestIdPrefix: string;
}

/** What operations that do not exist are called in rules, journal and metrics. */
export const UNMATCHED = 'unmatched';

const NO_PARAMS: Readonly<Record<string, string>> = Object.freeze({});

/** How a hold ended: its time came, it was let go to be answered or dropped, or the client left what has no time. */
type Outcome = 'due' | 'answer' | 'drop' | 'left';

/** Gives the function that a gate hands its requests to. */
export function createExchange(settings: ExchangeSettings) {
  let made = 0;
  return (request: IncomingMessage, response: ServerResponse, connection: Connection, expectsContinue: boolean): void => {
    const asked = request.headers['x-request-id'];
    const requestId = typeof asked === 'string' && /^[\x21-\x7e]{1,128}$/.test(asked) ? asked : settings.requestIdPrefix + (++made).toString(36);
    const exchange = new Exchange(settings, request, response, connection, requestId);
    void exchange.live(expectsContinue);
  };
}

class Exchange implements Arrival, Call, UnderWay {
  readonly requestId: string;
  readonly at: number;
  readonly operation: never;
  }
