// The admin app over a world without sockets, for tests of its answers; each answer is held to its documented shape.
import type { RequestListener } from 'node:http';
import supertest, { type Response, type Test } from 'supertest';
import { onTestFinished } from 'vitest';
import { createAdminApp } from '../../src/admin/app.ts';
import { problemShape } from '../../src/admin/contract/contract.ts';
import type { AdminDeps } from '../../src/admin/deps.ts';
import type { Route } from '../../src/admin/route.ts';
import { adminRoutes } from '../../src/admin/routes/routes.ts';
import { Scorecards } from '../../src/admin/scorecards.ts';
import { WorldEvents } from '../../src/admin/world-events.ts';
import type { DirectorOptions } from '../../src/director/director.ts';
import type { World } from '../../src/director/world-port.ts';
import { thresholdsOf } from '../../src/scorecard/thresholds.ts';
import { Summaries } from '../../src/summary/summaries.ts';
import { openStage, type Stage } from '../director/stage.ts';
import { rehearsalsOf } from '../rehearsal/rig.ts';
import { soleWorld } from '../support/sole-world.ts';

const VERSION = '1.2.3';

export interface Admin extends Stage {
  readonly deps: AdminDeps;
  readonly listener: RequestListener;
  /** What the app said went wrong in it. */
  readonly errors: unknown[];
  get(path: string): Test;
  post(path: string, body?: string | object): Test;
  put(path: string, body: string, type?: string): Test;
  delete(path: string): Test;
}

export async function openAdmin(
  given: Partial<AdminDeps> & { readonly world?: World } = {},
  options: Partial<DirectorOptions> = {},
): Promise<Admin> {
  const stage = await openStage(options);
  const { world = stage.world, director = stage.director } = given;
  const worlds = soleWorld(world);
  const rehearsals = given.rehearsals ?? rehearsalsOf({ ...stage, world, director });
  const summaries = new Summaries({ worlds, director, clock: world.clock });
  onTestFinished(() => summaries.close());
  const events = new WorldEvents({
    ...{ director, worlds, clock: world.clock, version: VERSION, summaries, lagMs: () => 0 },
    rehearsalIn: (one) => rehearsals.seenIn(one),
  });
  onTestFinished(() => events.close());
  const errors: unknown[] = [];
  const deps: AdminDeps = {
    ...stage,
    rehearsals,
    worlds,
    events,
    scorecards: new Scorecards(director, thresholdsOf()),
    upstream: 'http://127.0.0.1:8080',
    page: { index: () => undefined, asset: () => undefined },
    version: VERSION,
    access: { hosts: [] },
    metrics: { text: () => '# HELP x\n', contentType: 'text/plain; version=0.0.4; charset=utf-8' },
    trusted: '-----BEGIN CERTIFICATE-----\n',
    ready: () => ({ ready: true, problems: [] }),
    failed: (error) => errors.push(error),
    ...given,
  };
  const listener = createAdminApp(deps).callback();
  const checked = (test: Test): Test => test.expect((response) => holdToShape(adminRoutes(deps), response));
  return {
    ...stage,
    deps,
    listener,
    errors,
    get: (path) => checked(supertest(listener).get(path)),
    post: (path, body) => checked(supertest(listener).post(path).send(body)),
    put: (path, body, type = 'application/yaml') =>
      checked(supertest(listener).put(path).set('Content-Type', type).send(body)),
    delete: (path) => checked(supertest(listener).delete(path)),
  };
}

/** Throws when an answer is not what its route documents. */
function holdToShape(routes: readonly Route[], { status, body, headers, request }: Response): void {
  if (headers['cache-control'] !== 'no-store') throw new Error('the answer may be stored');
  for (const name of Object.keys(headers))
    if (name.startsWith('access-control-')) throw new Error(`there is a CORS header ${name}`);
  if (String(headers['content-type']).startsWith('application/problem+json')) {
    problemShape.parse(body);
    return;
  }
  const path = new URL(request.url).pathname;
  const route = routes.find((one) => one.method === request.method && patternOf(one.path).test(path));
  const answer = route?.answers[status];
  if (!answer) throw new Error(`${request.method} ${path} answered ${status}, which is not documented`);
  if (/json/.test(String(headers['content-type']))) answer.shape?.parse(body);
}

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll(/\{\w+\+\}/g, '.+').replaceAll(/\{\w+\}/g, '[^/]+')}$`);
