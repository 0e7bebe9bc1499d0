// The Koa app that does an upstream's work: it takes a Call and hands a Reply back, and never writes to the response.
import type { IncomingMessage, ServerResponse } from 'node:http';
import Router from '@koa/router';
import Koa, { type Middleware, type ParameterizedContext } from 'koa';
import { Refusal } from '../../base/refusal.ts';
import type { Subject } from '../../box-office/subject.ts';
import type { Reply } from '../../wire/answer/reply.ts';
import { OPERATIONS } from '../operations/operations.ts';
import type { PaymentSettings } from '../operations/pages-asked.ts';
import { SeatMapPages } from '../operations/seat-map-pages.ts';
import { SessionFragments } from '../operations/session-fragments.ts';
import { SessionPages } from '../operations/session-pages.ts';
import { type Answer, json, problemAnswer, stamp } from '../replies.ts';
import type { Code } from '../statuses.ts';
import type { OperationCall } from './call.ts';
import { createQueryReader } from './input.ts';
import { namedIn } from './named.ts';
import { openapiDocument } from './openapi.ts';
import { failure, type Job, type Performer, perform } from './perform.ts';

export interface UpstreamApp {
  /** Does the work of one call; never rejects, and leaves the response alone but for its status code. */
  work(req: IncomingMessage, res: ServerResponse, call: OperationCall): Promise<Done>;
}

export interface Done {
  readonly reply: Reply;
  /** What the call was about, whatever became of it; undefined where nothing is known but its URL. */
  readonly subject: Subject | undefined;
}

interface UpstreamAppSettings {
  readonly payments: PaymentSettings;
  /** Hears of a programmer's error, which its seller sees as a 500 without a word of it. */
  readonly failed?: (error: unknown, requestId: string) => void;
}

/** By which its request carries it. */
const JOB = Symbol('job');
type Carrier = IncomingMessage & { [JOB]: Job };
type Context = ParameterizedContext;

export function createUpstreamApp({ payments, failed = () => {} }: UpstreamAppSettings): UpstreamApp {
  const performer: Performer = {
    kept: { sessions: new SessionFragments(), pages: new SessionPages(), seatMaps: new SeatMapPages() },
    readQuery: createQueryReader(),
    payments,
    failed,
  };
  const router = createRouter();
  const app = new WorkApp();
  app.use(handBack(performer)).use(authorize).use(dispatch(performer));
  app.use(router.routes()).use(router.allowedMethods());
  const handle = app.callback();

  return {
    work(req, res, call) {
      const job: Job = { call, named: undefined, answer: undefined };
      (req as Carrier)[JOB] = job;
      if (!call.operation) req.url = readable(call.path);
      return handle(req, res).then(() => doneBy(job));
    },
  };
}

/** What the answer says goes before what the request did. */
function doneBy({ call, named, answer }: Job): Done {
  const { subject: found } = answer as Answer;
  const subject = named && found ? { ...named, ...found } : (named ?? found);
  return { reply: stamp(answer as Answer, call.requestId), subject };
}

/** Koa without its last act: waiting for the response's end and writing to it belong to the exchange. */
class WorkApp extends Koa {
  handleRequest(ctx: Context, middleware: (ctx: Context) => Promise<void>): Promise<void> {
    return middleware(ctx);
  }
}

const jobOf = (ctx: Context): Job => (ctx.req as Carrier)[JOB];

/** Outermost: whatever happens further in becomes the job's answer. */
function handBack(performer: Performer): Middleware {
  return async (ctx, next) => {
    const job = jobOf(ctx);
    try {
      await next();
      job.answer ??= unmatched(ctx, job.call);
    } catch (error) {
      const { call } = job;
      job.answer = failure(performer, error, call);
      if (call.operation) job.named ??= namedIn({ ...call, operation: call.operation, headers: ctx.req.headers });
    }
  };
}

/** The documentation is open, and so is being told that there is nothing here. */
const authorize: Middleware = (ctx, next) => {
  const { operation, authorized } = jobOf(ctx).call;
  if (operation && !authorized)
    throw new Refusal<Code>('unauthorized', 'A key is needed: Authorization: Bearer KEY, or X-Api-Key: KEY.');
  return next();
};

/** An operation that is known needs no second match. */
function dispatch(performer: Performer): Middleware {
  return (ctx, next) => {
    const job = jobOf(ctx);
    const { operation } = job.call;
    if (!operation) {
      ctx.res.statusCode = 404; // what the router takes for "nobody answered"
      return next();
    }
    const answer = perform(performer, operation, job, ctx.req.headers);
    if (!(answer instanceof Promise)) {
      job.answer = answer;
      return;
    }
    return answer.then((settled) => {
      job.answer = settled;
    });
  };
}

/** Knows every route for the sake of 404 and 405; only the documentation is answered from here. */
function createRouter(): Router {
  const router = new Router({ strict: true, sensitive: true });
  for (const { name, id = name, method, path } of OPERATIONS)
    router.register(path.replaceAll(/\{(\w+)\}/g, ':$1'), [method], nothingHere, { name: id });
  let document: string | undefined;
  router.get('/openapi.json', (ctx) => {
    document ??= JSON.stringify(openapiDocument());
    jobOf(ctx).answer = json(200, document);
  });
  return router;
}

/** A path as Koa and its router can read any: what they would take for the end of it, or for a host, is escaped. */
const readable = (path: string): string => `/${path.slice(1).replace(/^\/+|[^\x21-\x7e]|[#?]/g, encodeURIComponent)}`;

/** Reached by a path that the router reads and the segment table does not, such as a malformed escape. */
const nothingHere: Middleware = () => {};

/** Of a path, in characters. */
const MAX_SHOWN = 200;
const shown = ({ base, path }: OperationCall): string => (base + path).slice(0, MAX_SHOWN);

/** What the router left in the context when no operation matched. */
function unmatched(ctx: Context, call: OperationCall): Answer {
  const allow: string | undefined = ctx.response.get('Allow');
  for (const name of ctx.res.getHeaderNames()) ctx.res.removeHeader(name); // or the exchange would send them
  const asked = { path: call.base + call.path, requestId: call.requestId };
  if (!allow) return problemAnswer('not_found', `There is nothing at ${shown(call)}.`, asked);
  if (ctx.method === 'OPTIONS') return { status: 204, headers: [['Allow', allow]], body: '' };
  const answer = problemAnswer(
    'method_not_allowed',
    `${ctx.method} is not for ${shown(call)}; allowed: ${allow}.`,
    asked,
  );
  return { ...answer, headers: [...answer.headers, ['Allow', allow]] };
}
