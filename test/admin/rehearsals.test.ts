// Rehearsals over HTTP: who may do what, what is answered, and that nobody can be led outside of the folder.
import { describe, expect, test } from 'vitest';
import { FILE } from '../rehearsal/rig.ts';
import { openAdmin } from './open-admin.ts';

const ACCESS = { adminToken: 'admin-token', viewerToken: 'viewer-token', hosts: [] };
const as = (token: string) => ({ Authorization: `Bearer ${token}` });

describe('rehearsals over HTTP', () => {
  test('one is begun with YAML or JSON, listed, noted, and judged when it is finished', async () => {
    const admin = await openAdmin();
    const begun = await admin.post('/v1/rehearsals?by=ada', FILE);
    expect(begun.status).toBe(201);
    expect(begun.headers.location).toBe(`/v1/rehearsals/${begun.body.id}`);
    expect(begun.body).toMatchObject({ status: 'running', phase: 'calm', result: null, record: { file: null } });
    expect(begun.body.troubles.join()).toContain('SHOWSTOPPER_DATA_DIR');
    const note = await admin.post('/v1/rehearsals/current/notes', { author: 'Ada', text: 'here we go', kind: 'did' });
    expect(note).toMatchObject({ status: 201, body: { notes: [{ author: 'Ada', kind: 'did' }] } });
    expect((await admin.post('/v1/rehearsals/current/heartbeat', {})).body.silentMs).toBe(0);
    const finished = await admin.post('/v1/rehearsals/current/finish', { by: 'ada' });
    expect(finished).toMatchObject({ status: 200, body: { status: 'finished', isCutShort: true, phase: null } });
    expect(finished.body.result).toMatchObject({ holds: false, hypothesis: [{ outcome: 'unproven' }] });
    expect((await admin.get('/v1/rehearsals')).body.data).toMatchObject([{ id: begun.body.id, holds: false }]);
    expect((await admin.get('/v1/rehearsals/current')).status).toBe(404);
    expect((await admin.post(`/v1/rehearsals/${begun.body.id}/notes`, { author: 'a', text: 'late' })).status).toBe(409);
    const yaml = 'title: t\nphases: [{ name: calm, for: 5s }, { name: f, for: 5s, on: [{ profile: hang }] }]\n';
    const again = await admin.post('/v1/rehearsals').set('Content-Type', 'application/yaml').send(yaml);
    expect(again.status).toBe(201);
    const aborted = await admin.post('/v1/rehearsals/current/abort', { by: 'ada', reason: 'phones ring' });
    expect(aborted.body).toMatchObject({ status: 'aborted', abort: { condition: 'asked', value: 'phones ring' } });
  });

  test('a mistake in a file is told with its line, a forbidden host by the setting that would allow it', async () => {
    const admin = await openAdmin();
    const yaml = 'title: t\nphases: [{ name: calm, for: 5s }]\nhypothesis: [{ metric: recovry, max: 60s }]\n';
    const wrong = await admin.post('/v1/rehearsals').set('Content-Type', 'application/yaml').send(yaml);
    expect(wrong.status).toBe(400);
    expect(wrong.body.detail).toMatch(
      /rehearsal\.yaml:3 hypothesis\[0\]\.metric: unknown metric "recovry"; did you mean recovery\?/,
    );
    const called = await admin.post('/v1/rehearsals?file=day.yaml').set('Content-Type', 'application/yaml').send(yaml);
    expect(called.body.detail).toMatch(/^day\.yaml:3 hypothesis/m);
    const path = admin.post('/v1/rehearsals?file=..%2Fday.yaml').set('Content-Type', 'application/yaml').send(yaml);
    expect((await path).body.detail).toContain('file: must be 1 to 200 characters without a slash');
    const frontDoor = { url: 'http://shop.example.com/', failing: '5s' };
    const forbidden = await admin.post('/v1/rehearsals', { ...FILE, abort: { frontDoor } });
    expect(forbidden.status).toBe(422);
    expect(forbidden.body.detail).toContain(
      'abort.frontDoor.url: shop.example.com is not a host of SHOWSTOPPER_PROBE_HOSTS',
    );
  });

  test('what is beyond the blast radius is a 409, and so is a second one', async () => {
    const admin = await openAdmin();
    await admin.post('/v1/rehearsals', FILE);
    expect((await admin.post('/v1/profiles/hang/activate', { ttl: '1m' })).body).toMatchObject({
      status: 409,
      code: 'conflict',
    });
    expect((await admin.post('/v1/rules', { fault: 'hang' })).status).toBe(409);
    expect((await admin.post('/v1/rehearsals', FILE)).status).toBe(409);
  });

  test('viewers read, and do not count as a heartbeat', async () => {
    const admin = await openAdmin({ access: ACCESS });
    const { body } = await admin.post('/v1/rehearsals', FILE).set(as('admin-token'));
    expect((await admin.get('/v1/rehearsals/current').set(as('viewer-token'))).body).toMatchObject({ id: body.id });
    for (const verb of ['heartbeat', 'finish', 'abort', 'notes'])
      expect((await admin.post(`/v1/rehearsals/current/${verb}`, {}).set(as('viewer-token'))).status).toBe(403);
    expect((await admin.post('/v1/rehearsals', FILE).set(as('viewer-token'))).status).toBe(403);
    expect((await admin.get('/v1/rehearsals/current').set(as('viewer-token'))).body.silentMs).toBeNull();
  });

  test.each(['..%2F..%2Fetc%2Fpasswd', 'r-20260101-000000-0000000g', '%00', 'nothing'])(
    '%s is no rehearsal',
    async (id) => {
      const admin = await openAdmin();
      expect((await admin.get(`/v1/rehearsals/${id}`)).status).toBe(404);
    },
  );
});
