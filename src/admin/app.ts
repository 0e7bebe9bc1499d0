// The Koa app of the admin listener: who may, which route, what is answered, and one place that turns errors into bytes.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import Router from '@koa/router';
import Koa, { type Middleware, type ParameterizedContext } from 'koa';
import { PROBLEM_TYPE, problem } from '../base/problem.ts';
import { Refusal } from '../base/refusal.ts';
import { veiled } from '../base/veiling.ts';
import type { Caller, Who } from '../director/actions.ts';
import type { World } from '../director/world-port.ts';
import { trust } from '../web/admission.ts';
import { BAD_TARGET, originForm } from '../web/target.ts';
import { type AccessSettings, createAccess, isLocked } from './access.ts';
import type { AdminDeps } from './deps.ts';
import { awaitsContinue, readInput } from './input.ts';
import { routerPath } from './paths.ts';
import { type Answer, type Route, STREAMING } from './route.ts';
import { adminRoutes, nothingAt } from './routes/routes.ts';
import { isSealedFor, refuseProbing, sealedBody } from './sealing.ts';
import { type AdminCode, isRetryable, publicCode, statusOf } from './statuses.ts';

/** What the outer middleware tells the inner ones. */
interface State {
  requestId: string;
  who: Who;
  /** As it was asked for, before what names a world was taken off. */
  path?: string;
  /** Named by the path; unset: the one at /v1. */
  worldName?: string;
}
type Context = ParameterizedContext<State>;

const JSON_TYPE = 'application/json; charset=utf-8';
const REQUEST_ID = /^[\x21-\x7e]{1,128}$/;

/** Its `callback()` goes to the admin listener; there are no CORS headers anywhere. */
export function createAdminApp(deps: AdminDeps): Koa {
  const failed = deps.failed ?? (() => {});
  const app = new Koa<State>();
  app.on('error', (error, ctx?: Context) => {
    if (!ctx || !isLeaving(error, ctx)) failed(error, ctx?.state.requestId ?? '');
  });
  app.use(answerErrors(failed, `showstopper/${deps.version}`)).use(authenticate(deps.access));
  const router = new Router<State>({ strict: true, sensitive: true });
  for (const route of adminRoutes(deps))
    router.register(routerPath(route.path), [route.method], performing(route, deps), { name: route.name });
  app.use(router.routes()).use(notFound);
  return app as unknown as Koa;
}

/** Outermost: whatever is refused or goes wrong further in becomes a problem document. */
function answerErrors(failed: (error: unknown, requestId: string) => void, server: string): Middleware<State> {
  return async (ctx, next) => {
    const given = ctx.get('X-Request-Id');
    ctx.state.requestId = REQUEST_ID.test(given) ? given : randomUUID();
    ctx.set({
      'X-Request-Id': ctx.state.requestId,
      Server: server,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    });
    try {
      takeTarget(ctx.req);
      findWorld(ctx);
      await next();
    } catch (error) {
      if (!(error instanceof Refusal)) failed(error, ctx.state.requestId);
      answerProblem(
        ctx,
        error instanceof Refusal ? error : new Refusal<AdminCode>('internal', 'something went wrong here'),
      );
    }
  };
}

/** Koa reads an absolute form by itself, and throws at some that it cannot; what is no target at all is told so. */
function takeTarget(request: IncomingMessage): void {
  const url = originForm(request.url ?? '');
  request.url = url === undefined || url === '*' ? '/' : url.replace(/#.*/s, '');
  if (url === undefined) throw new Refusal<AdminCode>('malformed', BAD_TARGET);
}

/** `/w/{world}/v1/…` is `/v1/…` in that world. */
function findWorld(ctx: Context): void {
  ctx.state.path = ctx.path;
  const [, name, rest] = /^\/w\/([^/]*)(\/v1(?:\/.*)?)$/.exec(ctx.path) ?? [];
  if (name === undefined || rest === undefined) return;
  ctx.state.worldName = name;
  ctx.path = rest;
}

function answerProblem(ctx: Context, { code, message, facts }: Refusal): void {
  const status = statusOf(code);
  const { requestId } = ctx.state;
  const parts = {
    status,
    detail: message,
    instance: ctx.state.path ?? ctx.path,
    requestId,
    retryable: isRetryable(code),
    facts,
  };
  ctx.status = status;
  ctx.body = JSON.stringify(problem({ ...parts, code: publicCode(code) }));
  ctx.type = PROBLEM_TYPE;
  if (status === 401) ctx.set('WWW-Authenticate', 'Bearer realm="showstopper admin"');
  // the rest of the body is not worth reading, or whoever waits to be asked for one may never send it
  if (status === 413 || (awaitsContinue(ctx.req) && !ctx.req.complete)) ctx.set('Connection', 'close');
}

function authenticate(settings: AccessSettings): Middleware<State> {
  const access = createAccess(settings);
  const locked = isLocked(settings);
  return (ctx, next) => {
    ctx.state.who = access({
      path: ctx.path,
      host: ctx.get('Host'),
      origin: ctx.get('Origin'),
      authorization: ctx.get('Authorization'),
    });
    if (locked) trust(ctx.req, ctx.state.who !== 'open');
    return next();
  };
}

/** What goes wrong with an answer because its reader has left is no failure of ours. */
const LEAVING = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED', 'ECONNRESET', 'EPIPE', 'ECANCELED']);
const isLeaving = ({ code = '' }: NodeJS.ErrnoException, { res, req }: Context): boolean =>
  (LEAVING.has(code) || code.startsWith('HPE_')) && (res.destroyed || req.socket.destroyed);

/** A route as the router calls it. */
function performing(route: Route, deps: AdminDeps): Middleware<State> {
  return async (ctx) => {
    const { who } = ctx.state;
    if (route.access === 'write' && who === 'viewer')
      throw new Refusal<AdminCode>('forbidden', 'this token may only read; SHOWSTOPPER_ADMIN_TOKEN may change things');
    const caller: Caller = { who, remote: ctx.req.socket.remoteAddress ?? null };
    const input = await readInput(route, ctx, ctx.query);
    const params = (ctx as { params?: Record<string, string> }).params ?? {};
    const world = worldOf(route, ctx.state, deps);
    const sealed = who === 'viewer' && isSealedFor(route.name, world, deps.worlds);
    if (sealed) refuseProbing(route.name, input.query, deps.shelf.find(params.name ?? ''));
    const endUse = deps.worlds.use(world); // it must not give way to another while something is done in it
    try {
      const answer = await route.handle({ ...input, world, base: baseOf(ctx.state), params, caller, ctx });
      if (answer !== STREAMING) answerWith(ctx, shownTo(who, route, sealed, answer));
    } catch (error) {
      endUse();
      if (world !== deps.worlds.default) deps.worlds.takeBack(world);
      throw error;
    } finally {
      endUse();
    }
  };
}

/** Found once for each call: only what changes something makes a world. */
function worldOf({ of, access }: Route, { worldName }: State, { worlds }: AdminDeps): World {
  if (of === 'process' || worldName === undefined) return worlds.default;
  return access === 'write' ? worlds.enter(worldName).world : worlds.get(worldName);
}

const baseOf = ({ worldName }: State): string => (worldName === undefined ? '' : `/w/${worldName}`);

function shownTo(who: Who, { name, access }: Route, sealed: boolean, answer: Answer): Answer {
  const body = sealed ? sealedBody(name, answer.body) : answer.body;
  return {
    ...answer,
    body: who === 'viewer' && access === 'read' && !(body instanceof Readable) ? veiled(body) : body,
  };
}

function answerWith(ctx: Context, { status, body, type, headers }: Answer): void {
  if (headers) ctx.set({ ...headers });
  ctx.status = status;
  if (body === undefined) {
    ctx.body = status === 204 ? null : '';
    return;
  }
  ctx.body = body instanceof Readable ? body : type === undefined ? JSON.stringify(body) : String(body);
  ctx.type = type ?? JSON_TYPE;
}

/** Reached by what no route answered. */
const notFound: Middleware<State> = (ctx) => {
  const matched = (ctx as { matched?: readonly { readonly methods: readonly string[] }[] }).matched ?? [];
  const allowed = [...new Set(matched.flatMap(({ methods }) => methods))].sort();
  if (allowed.length === 0) throw new Refusal<AdminCode>('not_found', nothingAt(ctx.state.path ?? ctx.path));
  ctx.set('Allow', allowed.join(', '));
  throw new Refusal<AdminCode>(
    'method_not_allowed',
    `${ctx.method} is not for ${(ctx.state.path ?? ctx.path).slice(0, 200)}; allowed: ${allowed.join(', ')}`,
  );
};
