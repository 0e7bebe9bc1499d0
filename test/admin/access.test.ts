// Who may come in: tokens, viewers, names of the host, and pages of other origins.
import { describe, expect, test } from 'vitest';
import type { AccessSettings } from '../../src/admin/access.ts';
import { adminRoutes } from '../../src/admin/routes/routes.ts';
import { openAdmin } from './open-admin.ts';

const BOTH: AccessSettings = { adminToken: 'admin-token', viewerToken: 'viewer-token', hosts: [] };
const bearer = (token: string): string => `Bearer ${token}`;

/** Each of something that the test's world has not. */
const OF_ONE = ['getAsset', 'getHouse'];

describe('tokens', () => {
  test('none is needed when none is set', async () => {
    const admin = await openAdmin();
    await admin.post('/v1/heal').expect(200);
    expect((await admin.get('/v1/actions')).body.data[0]).toMatchObject({ who: 'open', remote: expect.any(String) });
  });

  test('without one every path but the open ones is 401, and says how', async () => {
    const admin = await openAdmin({ access: BOTH });
    for (const path of ['/v1/kinds', '/v1/state', '/v1/events', '/v1/nothing', '/w/a/v1/state', '/nothing'])
      await admin
        .get(path)
        .expect(401)
        .expect('WWW-Authenticate', /^Bearer /);
    await admin.post('/v1/heal').expect(401);
    for (const path of ['/', '/healthz', '/readyz', '/metrics', '/openapi.json']) await admin.get(path).expect(200);
  });

  test.each(['admin-toke', 'admin-token2', 'ADMIN-TOKEN', '', 'viewer-token admin-token'])(
    '%j is not the token',
    async (token) => {
      const admin = await openAdmin({ access: BOTH });
      await admin.get('/v1/kinds').set('Authorization', bearer(token)).expect(401);
      await admin.get(`/v1/kinds?token=admin-token`).expect(401);
      await admin.get('/v1/kinds').set('Authorization', `Basic ${token}`).expect(401);
    },
  );

  test('the admin’s may do everything, and is named in the record', async () => {
    const admin = await openAdmin({ access: BOTH });
    await admin.post('/v1/heal').set('Authorization', bearer('admin-token')).expect(200);
    const { body } = await admin.get('/v1/actions').set('Authorization', bearer('viewer-token')).expect(200);
    expect(body.data[0]).toMatchObject({ verb: 'heal', who: 'admin' });
  });

  test('the viewer’s may use every route that reads, and none that writes', async () => {
    const admin = await openAdmin({ access: BOTH });
    for (const { method, path, access, name } of adminRoutes(admin.deps)) {
      if (name === 'followEvents') continue;
      const at = path.replace('{world}', 'default').replaceAll(/\{\w+\+?\}/g, 'hang');
      const ask = { GET: admin.get, DELETE: admin.delete, POST: admin.post, PUT: (to: string) => admin.put(to, 'x') };
      const { status, body } = await ask[method](at).set('Authorization', bearer('viewer-token'));
      if (access === 'write') expect([name, status, body.code]).toEqual([name, 403, 'forbidden']);
      else if (path.startsWith('/v1/rehearsals/{id}') || OF_ONE.includes(name))
        expect([name, status]).toEqual([name, 404]); // there is none
      else expect([name, [200, 409, 415].includes(status)]).toEqual([name, true]); // 415: it wants a body, and would read it
    }
    expect(admin.director.actions(admin.world)).toEqual([]);
  });

  test('of a viewer alone locks writing for everybody', async () => {
    const admin = await openAdmin({ access: { viewerToken: 'viewer-token', hosts: [] } });
    await admin.post('/v1/heal').expect(401);
    await admin.post('/v1/heal').set('Authorization', bearer('viewer-token')).expect(403);
  });
});

describe('the Host header', () => {
  test.each([
    '127.0.0.1:9190',
    '10.1.2.3',
    '[::1]:9190',
    'localhost:9190',
    'LOCALHOST',
    'showstopper:9190',
    'host.docker.internal:9190',
    'showstopper.default.svc:9190',
    'showstopper.default.svc.cluster.local',
    'showstopper.default.svc.cluster.local.:9190',
    'ops.example.com:9190',
    'a.wild.example.com',
  ])('%s passes', async (host) => {
    const admin = await openAdmin({ access: { hosts: ['ops.example.com', '*.wild.example.com'] } });
    await admin.get('/v1/clock').set('Host', host).expect(200);
  });

  test.each([
    'evil.example',
    'evil.com:9190',
    '127.0.0.1.evil.com',
    'localhost.evil.com',
    'svc.evil.com',
    'xsvc.com',
    'ops.example.com.evil.com',
    'wild.example.com',
    'user@localhost',
    'localhost/evil.com',
    '[::1',
  ])('%s is 421, which names the setting', async (host) => {
    const admin = await openAdmin({ access: { hosts: ['ops.example.com', '*.wild.example.com'] } });
    const { body } = await admin.get('/v1/clock').set('Host', host).expect(421);
    expect(body).toMatchObject({ code: 'misdirected', detail: expect.stringContaining('SHOWSTOPPER_ADMIN_HOSTS') });
  });

  test('is waived by a valid token and for the probes, and not for metrics', async () => {
    const admin = await openAdmin({ access: BOTH });
    const ask = (path: string) => admin.get(path).set('Host', 'evil.com');
    await ask('/v1/clock').set('Authorization', bearer('viewer-token')).expect(200);
    await ask('/v1/clock').set('Authorization', bearer('wrong')).expect(421);
    await ask('/healthz').expect(200);
    await ask('/readyz').expect(200);
    await ask('/metrics').expect(421);
    await ask('/').expect(421);
  });
});

describe('the Origin header', () => {
  test.each([
    ['http://localhost:9190', 'localhost:9190', 200],
    ['https://localhost', 'localhost', 200],
    ['http://localhost', 'localhost:80', 200],
    ['http://[::1]:9190', '[::1]:9190', 200],
    ['http://localhost:8080', 'localhost:9190', 403],
    ['https://evil.com', 'localhost:9190', 403],
    ['http://127.0.0.1:9190', 'localhost:9190', 403],
    ['null', 'localhost:9190', 403],
    ['file://', 'localhost:9190', 403],
    ['nonsense', 'localhost:9190', 403],
  ])('%s to %s is %i', async (origin, host, status) => {
    const admin = await openAdmin();
    await admin.post('/v1/heal').set('Host', host).set('Origin', origin).expect(status);
  });

  test('of another page is refused also with a token', async () => {
    const admin = await openAdmin({ access: BOTH });
    const headers = { Host: 'localhost', Origin: 'https://evil.com', Authorization: bearer('admin-token') };
    await admin.post('/v1/heal').set(headers).expect(403);
    await admin.get('/v1/clock').set(headers).expect(403);
  });
});
