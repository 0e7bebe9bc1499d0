// What the admin API tells: kinds, state, journal, actions, probes, metrics, documentation, and its errors.
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { faults } from '../../src/faults/registry.ts';
import { connectionEntry, eventEntry, exchangeEntry as exchange } from '../support/entries.ts';
import { openAdmin } from './open-admin.ts';

describe('kinds', () => {
  test('are all told in their own words, with parameters and an example', async () => {
    const admin = await openAdmin();
    const { body } = await admin.get('/v1/kinds').expect(200);
    expect(body.data.map(({ name }: { name: string }) => name)).toEqual(faults.map(({ name }) => name));
    expect(body.data[0]).toMatchObject({
      name: 'latency',
      directOnly: false,
      at: ['arrive'],
      signature: { shows: { late: true } },
    });
    expect(body.data[0].parameters.properties.fixed.anyOf[0].type).toBe('string');
  });
});

describe('the state', () => {
  test('is one snapshot with version, clock, rules, holds and totals', async () => {
    const admin = await openAdmin();
    await admin.post('/v1/profiles/hang/activate', { ttl: '1m' });
    admin.clock.advance(5_000);
    const { body } = await admin.get('/v1/state').expect(200);
    expect(body).toMatchObject({ version: '1.2.3', world: 'default', seed: 7, uptimeMs: 5_000, held: 0, inFlight: 0 });
    expect(body.activations).toMatchObject([{ activation: 'hang', expiresAt: '2026-01-05T12:01:00.000Z' }]);
  });

  test('knows no rule that ends further away than dates go', async () => {
    const admin = await openAdmin();
    const refused = await admin.put('/v1/profiles/far', 'summary: Far.\nrules: [{ fault: hang, ttl: 99999999999d }]');
    expect([refused.status, refused.body.errors[0].message]).toEqual([400, expect.stringContaining('at most 366d')]);
    await admin.put('/v1/profiles/far', 'summary: Far.\nrules: [{ fault: hang, ttl: 366d }]').expect(201);
    await admin.post('/v1/profiles/far/activate').expect(200);
    expect((await admin.get('/v1/rules').expect(200)).body.data[0].expiresAt).toMatch(/^2027-/);
  });
});

describe('the journal', () => {
  test('is asked by filter and page, and cleared', async () => {
    const admin = await openAdmin();
    const { journal } = admin.world;
    for (const client of ['a', 'b', 'a']) journal.open(exchange({ client, at: admin.clock.now() }));
    const { body } = await admin.get('/v1/journal?client=a&limit=1').expect(200);
    expect(body.data).toMatchObject([{ client: 'a', at: '2026-01-05T12:00:00.000Z', ended: null, seq: 3 }]);
    const next = await admin.get(`/v1/journal?client=a&limit=1&cursor=${body.nextCursor}`).expect(200);
    expect([next.body.data[0].seq, next.body.nextCursor]).toEqual([1, null]);
    expect((await admin.delete('/v1/journal').expect(200)).body).toEqual({ cleared: 3 });
  });

  test.each(['limit=0', 'clients=a', 'ended=maybe', 'client=a&client=b', 'since=yesterday'])(
    'refuses ?%s',
    async (query) => {
      const admin = await openAdmin();
      const { body } = await admin.get(`/v1/journal?${query}`).expect(400);
      expect(body).toMatchObject({ code: 'validation_failed', errors: [{ message: expect.any(String) }] });
    },
  );

  test('shows of a struck connection only what it has, and finds it by its kind', async () => {
    const admin = await openAdmin();
    for (const entry of [exchange({ client: 'a' }), connectionEntry()]) admin.world.journal.open(entry);
    const { body } = await admin.get('/v1/journal').expect(200);
    expect(body.data.map(({ kind }: { kind: string }) => kind)).toEqual(['connection', 'exchange']);
    for (const field of ['operation', 'client', 'method', 'url', 'status', 'requestId'])
      expect(body.data[0]).not.toHaveProperty(field);
    for (const query of ['kind=connection', 'operation=connect', 'kind=connection&operation=connect'])
      expect((await admin.get(`/v1/journal?${query}`).expect(200)).body.data).toEqual([body.data[0]]);
    expect((await admin.get('/v1/journal?kind=exchange').expect(200)).body.data).toEqual([body.data[1]]);
  });

  test('shows events where they are asked for', async () => {
    const admin = await openAdmin();
    const at = admin.clock.now();
    const about = { happened: 'ordered', session: 's-1', client: 'a', reservation: 'r-1', order: 'o-1' } as const;
    admin.world.journal.record(eventEntry({ at, boxOfficeAt: at + 1000, ...about }));
    expect((await admin.get('/v1/journal').expect(200)).body.data).toEqual([]);
    const { body } = await admin.get('/v1/journal?kind=event&client=a').expect(200);
    const times = { at: '2026-01-05T12:00:00.000Z', boxOfficeAt: '2026-01-05T12:00:01.000Z' };
    expect(body.data).toEqual([
      { kind: 'event', seq: 1, ...about, ...times, externalRef: null, seats: 1, amount: null },
    ]);
  });

  test.each([
    ['kind=event&status=503', 'status', 'entries of kind event have none'],
    ['kind=event&operation=listSessions', 'operation', 'entries of kind event have none'],
    ['kind=event&requestId=a', 'requestId', 'entries of kind event have none'],
    ['kind=connection&client=a', 'client', 'entries of kind connection have none'],
    ['operation=connect&status=503', 'status', 'entries of kind connection have none'],
    ['kind=exchange&operation=connect', 'operation', 'no entries of kind exchange with the operation connect'],
    ['kind=connection&operation=listSessions', 'operation', 'no entries of kind connection with the operation'],
  ])('says of ?%s that nothing could ever fit', async (query, path, message) => {
    const { body } = await (await openAdmin()).get(`/v1/journal?${query}`).expect(400);
    expect(body.errors).toEqual([{ path, message: expect.stringContaining(message) }]);
  });

  test('is verified: 200 when it is so, else 409 with the nearest entries', async () => {
    const admin = await openAdmin();
    admin.world.journal.open(exchange({ client: 'a', operation: 'listSessions' }));
    const asked = { match: { client: 'a' }, count: { min: 1, max: 1 } };
    expect((await admin.post('/v1/journal/verify', asked).expect(200)).body).toEqual({ ok: true, count: 1, open: 0 });
    const { body } = await admin.post('/v1/journal/verify', { match: { client: 'b' } }).expect(409);
    expect(body).toMatchObject({
      code: 'verification_failed',
      count: 0,
      nearest: [{ entry: { client: 'a' }, missed: ['client'] }],
    });
    await admin.post('/v1/journal/verify', { match: { sellers: 'a' } }).expect(400);
  });
});

describe('a query parameter that a route does not have', () => {
  test('is refused of every route that needs a token, and of none that is open', async () => {
    const admin = await openAdmin();
    const { body: api } = await admin.get('/openapi.json?nope=1').expect(200);
    const paths = Object.entries<{ get?: { security?: unknown; operationId: string } }>(api.paths);
    const gets = paths.filter(([, { get }]) => get && !get.security).map(([path]) => path.replace(/\{\w+\}/, 'hang'));
    expect(gets).toEqual(expect.arrayContaining(['/v1/actions', '/v1/rules', '/v1/events', '/v1/state']));
    for (const path of gets) {
      const { body } = await admin.get(`${path}?nope=1`).expect(400);
      expect([path, body.errors]).toEqual([path, [{ path: 'nope', message: expect.stringMatching(/^unknown/) }]]);
    }
    await admin.get('/healthz?nope=1').expect(200);
  });
});

describe('probes and metrics', () => {
  test('answer by the server’s own health alone', async () => {
    const well = await openAdmin();
    await well.post('/v1/profiles/hang/activate');
    await well.get('/healthz').expect(200, { status: 'ok' });
    await well.get('/readyz').expect(200, { ready: true, problems: [] });
    const unwell = await openAdmin({ ready: () => ({ ready: false, problems: ['a port is lost'] }) });
    await unwell.get('/healthz').expect(200);
    await unwell.get('/readyz').expect(503, { ready: false, problems: ['a port is lost'] });
    await well
      .get('/metrics')
      .expect(200, '# HELP x\n')
      .expect('Content-Type', /^text\/plain; version=0\.0\.4/);
  });
});

describe('the documentation', () => {
  test('is valid OpenAPI 3.1 and has every route', async () => {
    const admin = await openAdmin();
    const { body } = await admin.get('/openapi.json').expect(200);
    const { valid, errors } = await new Validator().validate(structuredClone(body));
    expect([valid, errors]).toEqual([true, undefined]);
    expect(body.openapi).toMatch(/^3\.1/);
    expect(Object.keys(body.paths)).toContain('/v1/rules/{id}');
    const post = body.paths['/v1/profiles/{name}/activate'].post;
    expect(Object.keys(post.responses)).toEqual(
      expect.arrayContaining(['200', '400', '401', '403', '404', '409', '413', '415', '421', '422']),
    );
    const { schemas } = body.components;
    expect(post.requestBody.content['application/json'].schema.$ref).toBe('#/components/schemas/ActivateRequest');
    expect(schemas.ActivateRequest.properties.ttl).toMatchObject({ type: 'string', description: expect.any(String) });
  });

  test('names every shape, and the parameters of each kind of fault as its own', async () => {
    const admin = await openAdmin();
    const { body } = await admin.get('/openapi.json').expect(200);
    const { schemas } = body.components;
    const named = [...JSON.stringify(body).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name,
    );
    expect(named.length).toBeGreaterThan(200);
    for (const name of named) expect(schemas).toHaveProperty(name as string);
    expect(schemas.RuleRequest.oneOf).toHaveLength(faults.length);
    expect(schemas.Entry.discriminator).toMatchObject({
      propertyName: 'kind',
      mapping: { exchange: '#/components/schemas/ExchangeEntry', connection: '#/components/schemas/ConnectionEntry' },
    });
    expect(schemas.LatencyRule.properties.with).toMatchObject({ $ref: '#/components/schemas/LatencyParameters' });
    expect(Object.keys(schemas.LatencyParameters.properties)).toEqual(expect.arrayContaining(['fixed', 'percentiles']));
    expect(body.paths['/v1/rules'].post.requestBody.content['application/json'].schema).toEqual({
      $ref: '#/components/schemas/RuleRequest',
    });
  });

  test.each([
    ['/v1/profiles/{name}', 'put', 'ProfileRequest'],
    ['/v1/capacity', 'put', 'CapacityRequest'],
    ['/v1/crowd', 'put', 'CrowdRequest'],
    ['/v1/journal/verify', 'post', 'VerifyRequest'],
  ])('names the body of %s', async (path, method, name) => {
    const { body } = await (await openAdmin()).get('/openapi.json').expect(200);
    const { content } = body.paths[path][method].requestBody;
    expect(content['application/json'].schema).toEqual({ $ref: `#/components/schemas/${name}` });
    expect(body.components.schemas.ProfileRequest.properties.rules.items).toEqual({
      $ref: '#/components/schemas/RuleRequest',
    });
  });

  test('says where a world has its calls, what is of the process, and what a world may refuse', async () => {
    const admin = await openAdmin();
    const { body } = await admin.get('/openapi.json').expect(200);
    expect(body.servers.map(({ url }: { url: string }) => url)).toEqual(['/', '/w/{world}']);
    expect(body.info.description).toContain('/w/{world}/v1/');
    expect(body.paths['/v1/worlds/{world}'].put.servers).toEqual([{ url: '/' }]);
    expect(body.paths['/metrics'].get.servers).toEqual([{ url: '/' }]);
    const { get, post } = body.paths['/v1/rules'];
    expect(get.servers).toBeUndefined();
    const codesOf = (responses: object): string => JSON.stringify(Object.values(responses));
    expect(codesOf(get.responses)).toMatch(/WorldUnknown404.*WorldDeleted410/);
    expect(codesOf(get.responses)).not.toContain('TooManyWorlds');
    expect(codesOf(post.responses)).toContain('TooManyWorlds503');
    for (const type of ['application/json', 'text/plain', 'text/html'])
      expect((await admin.get('/').set('Accept', type).expect(200)).text).toContain('/w/{world}/v1/');
  });

  test('names each refusal once', async () => {
    const { body } = await (await openAdmin()).get('/openapi.json').expect(200);
    const refusal = body.paths['/v1/rules'].get.responses['401'];
    expect(refusal).toEqual({ $ref: '#/components/responses/Unauthorized401' });
    expect(body.components.responses.Unauthorized401.content).toHaveProperty(['application/problem+json']);
  });

  test('begins at the front door, for people and programs', async () => {
    const admin = await openAdmin();
    expect((await admin.get('/').expect(200)).body).toMatchObject({ name: 'showstopper', version: '1.2.3' });
    await admin
      .get('/')
      .set('Accept', 'text/html')
      .expect(200, /<code>POST \/v1\/heal<\/code>/);
    await admin
      .get('/')
      .set('Accept', 'text/plain')
      .expect(200, /^Showstopper 1\.2\.3, admin/);
  });
});

describe('errors', () => {
  test('are problem documents that carry the request’s id', async () => {
    const admin = await openAdmin();
    const { body } = await admin
      .get('/v1/nothing')
      .set('X-Request-Id', 'mine-1')
      .expect(404)
      .expect('X-Request-Id', 'mine-1')
      .expect('Content-Type', /^application\/problem\+json/);
    expect(body).toMatchObject({
      type: 'urn:showstopper:problem:not_found',
      title: 'Not found',
      status: 404,
      instance: '/v1/nothing',
      requestId: 'mine-1',
      retryable: false,
    });
  });

  test('say of a path that ends before the API of a world where that begins', async () => {
    const admin = await openAdmin();
    expect((await admin.get('/w/team-a/metrics').expect(404)).body.detail).toMatch(/a world is at \/w\/\{world\}\/v1/);
  });

  test('of a method are 405 with what is allowed', async () => {
    const admin = await openAdmin();
    const { body } = await admin.delete('/v1/heal').expect(405).expect('Allow', 'POST');
    expect(body.code).toBe('method_not_allowed');
    await admin.put('/v1/rules', 'x').expect(405).expect('Allow', 'GET, HEAD, POST');
  });

  test('of a body are 400, 413 and 415', async () => {
    const admin = await openAdmin();
    const send = (body: string, type = 'application/json') =>
      admin.post('/v1/heal').set('Content-Type', type).send(body);
    await send('{"release": ').expect(400);
    await send('[]').expect(400);
    await send('release=drop', 'application/x-www-form-urlencoded').expect(415);
    await send('{}', 'text/plain').expect(415);
    await send(`{"by": "${'x'.repeat(1_048_576)}"}`).expect(413);
    await send('{"release": "drop", "extra": 1}').expect(400, /unknown field; allowed: release, keep, by/);
    await send('{"__proto__": {"release": "drop"}}').expect(400);
  });

  test('of the programmer are 500 without a word of it, and are told to the server', async () => {
    const admin = await openAdmin({
      ready: () => {
        throw new Error('s3cret');
      },
    });
    const { text } = await admin.get('/readyz').expect(500);
    expect(text).not.toContain('s3cret');
    expect(admin.errors).toHaveLength(1);
  });
});
