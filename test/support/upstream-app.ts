// The upstream's Koa app on a small http server, which builds a Call as the exchange does, without faults.
import { createServer, type Server } from 'node:http';
import supertest, { type Response } from 'supertest';
import { expect } from 'vitest';
import { createMovableClock } from '../../src/base/movable-clock.ts';
import { type BoxOffice, createBoxOffice } from '../../src/box-office/box-office.ts';
import { type SeasonName, seasonOf } from '../../src/box-office/season/built-in.ts';
import { createIdempotencyKeys, type IdempotencyKeys } from '../../src/box-office/state/idempotency.ts';
import { createMemoryStore } from '../../src/box-office/state/memory-store.ts';
import { HONEST } from '../../src/box-office/terms.ts';
import { createUpstreamApp } from '../../src/upstream/app/app.ts';
import { refusalsOf } from '../../src/upstream/app/openapi-problems.ts';
import { ClientNames } from '../../src/upstream/client-names.ts';
import { type Clients, createClients } from '../../src/upstream/clients.ts';
import { OPERATIONS, type OperationName } from '../../src/upstream/operations/operations.ts';
import { problemShape } from '../../src/upstream/operations/schemas.ts';
import { matchOperation } from '../../src/upstream/operations/segments.ts';
import { isRetryable, STATUSES } from '../../src/upstream/statuses.ts';
import { ManualClock } from './manual-clock.ts';
import { testPayments } from './payment-settings.ts';

export const TTL_MS = 900_000;

export interface TestUpstreamSettings {
  readonly season?: SeasonName;
  readonly clients?: Clients;
  readonly failed?: (error: unknown, requestId: string) => void;
  /** Verbs put in place of the box office's own. */
  readonly verbs?: Partial<BoxOffice>;
}

interface Asked {
  readonly id?: string;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** Asks for an operation and checks that what comes is documented: its status, its shape to the letter, its code. */
export type Ask = (name: OperationName, asked?: Asked) => Promise<Response>;

export interface TestUpstream {
  readonly server: Server;
  readonly http: ReturnType<typeof supertest>;
  readonly clock: ManualClock;
  readonly boxOffice: BoxOffice;
  readonly keys: IdempotencyKeys;
  readonly ask: Ask;
}

export function testUpstream({ season = 'small', clients, failed, verbs }: TestUpstreamSettings = {}): TestUpstream {
  const clock = new ManualClock();
  const store = createMemoryStore();
  const settings = {
    season: seasonOf(season, 1),
    store,
    clock: createMovableClock(clock),
    seed: 1,
    openedAt: clock.now(),
  };
  const boxOffice: BoxOffice = Object.assign(createBoxOffice({ ...settings, reservationTtlMs: TTL_MS }), verbs);
  const keys = createIdempotencyKeys({ store, clock });
  const server = upstreamServer({
    boxOffice,
    keys,
    clients: clients ?? createClients(new ClientNames()),
    clock,
    failed,
  });
  const http = supertest(server);
  return { server, http, clock, boxOffice, keys, ask: asker(http) };
}

interface ServerParts {
  readonly clock: ManualClock;
  readonly boxOffice: BoxOffice;
  readonly keys: IdempotencyKeys;
  readonly clients: Clients;
  readonly failed: ((error: unknown, requestId: string) => void) | undefined;
}

/** Requests are numbered `q-1`, `q-2` … */
function upstreamServer({ boxOffice, keys, clients, clock, failed }: ServerParts): Server {
  const app = createUpstreamApp({ payments: testPayments(clock), ...(failed && { failed }) });
  let requests = 0;
  return createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const [path = '', search = ''] = (req.url ?? '').split(/\?(.*)/s);
    const matched = matchOperation(req.method ?? '', path);
    const linked = matched?.operation.isPage && boxOffice.linkedPayment(matched.params.token ?? '');
    const apiKey = req.headers['x-api-key'];
    const { reply } = await app.work(req, res, {
      operation: matched?.operation,
      params: matched?.params ?? {},
      base: '',
      linkBase: undefined,
      secure: false,
      payment: linked && { ...linked, sentAt: boxOffice.now() },
      timeScale: 1,
      path,
      search,
      ...clients.identify(req.headers.authorization, typeof apiKey === 'string' ? apiKey : undefined),
      requestId: `q-${++requests}`,
      body: chunks.length > 0 ? Buffer.concat(chunks) : undefined,
      terms: HONEST,
      boxOffice,
      keys,
    });
    const { status, headers, body } = reply;
    res.writeHead(status, headers.flat());
    res.end(req.method === 'HEAD' ? undefined : body);
  });
}

function asker(http: ReturnType<typeof supertest>): Ask {
  return async (name, { id = '', query = {}, body, headers = {} } = {}) => {
    const operation = OPERATIONS.find((candidate) => candidate.name === name) as (typeof OPERATIONS)[number];
    const verb = operation.method.toLowerCase() as 'get' | 'post' | 'delete';
    const request = http[verb](operation.path.replace(/\{\w+\}/, id))
      .query(query)
      .set(headers);
    const response = await (body === undefined ? request : request.send(body as object));
    expect(response.headers['x-request-id']).toMatch(/^q-\d+$/);
    if (response.status >= 400) checkProblem(operation, response);
    else {
      const answer = operation.answers[response.status];
      expect(answer, `${name} documents no ${response.status}`).toBeDefined();
      if (answer?.shape) expect(answer.shape.parse(response.body)).toEqual(response.body);
    }
    return response;
  };
}

function checkProblem(operation: (typeof OPERATIONS)[number], { status, type, body }: Response): void {
  expect(type).toBe('application/problem+json');
  const { code, ...problem } = problemShape.parse(body);
  expect(refusalsOf(operation), `${operation.name} documents no ${code}`).toContain(code);
  expect(problem.status).toBe(status);
  expect(STATUSES[code as keyof typeof STATUSES]).toBe(status);
  expect(problem.retryable).toBe(isRetryable(code as keyof typeof STATUSES));
  expect(problem.type).toBe(`urn:showstopper:problem:${code}`);
}

export const CUSTOMER = { name: 'Ada Lovelace', phone: '09120000000' };

/** A reservation of these seats in `s1`. */
export async function reserve(ask: Ask, seats: readonly string[], headers = {}): Promise<{ id: string }> {
  const body = { seats, customerRef: `c-${seats[0]}` };
  const { status, body: reservation } = await ask('reserveSeats', { id: 's1', body, headers });
  expect(status).toBe(201);
  return reservation;
}

/** An order of these seats in `s1`, not paid yet. */
export async function order(ask: Ask, seats: readonly string[], more: object = {}): Promise<{ id: string }> {
  const { id: reservationId } = await reserve(ask, seats);
  const body = { reservationId, customer: CUSTOMER, externalRef: 'ref', payment: { method: 'seller' }, ...more };
  const { status, body: created } = await ask('createOrder', { body });
  expect(status).toBe(201);
  return created;
}
