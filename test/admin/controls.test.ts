// What the admin API changes: profiles, activations, rules, healing, clock; with every status.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createShelf } from '../../src/shelf/shelf.ts';
import { faultsFolder, holdRequests, KNOWN, PROFILES, quiet } from '../director/stage.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { openAdmin } from './open-admin.ts';

describe('activating a profile', () => {
  test('answers with the activation, its end and its rules', async () => {
    const admin = await openAdmin();
    const { body } = await admin.post('/v1/profiles/slow/activate', { ttl: '5m', by: 'alice' }).expect(200);
    expect(body).toMatchObject({
      activation: 'slow',
      how: 'activated',
      expiresAt: '2026-01-05T12:05:00.000Z',
      by: 'alice',
    });
    expect(body.rules).toMatchObject([
      { id: 'late', fault: 'latency', shareNow: 1 },
      { id: 'slow/1', ttl: '1m' },
    ]);
  });

  test('needs no body', async () => {
    const admin = await openAdmin();
    const { body } = await admin.post('/v1/profiles/hang/activate').expect(200);
    expect(body).toMatchObject({ activation: 'hang', expiresAt: null });
  });

  test('of an unknown profile is 404 unknown_profile with the known and the nearest', async () => {
    const admin = await openAdmin();
    const { body } = await admin.post('/v1/profiles/hung/activate').expect(404);
    expect(body).toMatchObject({ code: 'unknown_profile', nearest: 'hang', known: Object.keys(PROFILES).sort() });
  });

  test.each([
    [400, { tll: '5m' }, 'tll', 'unknown field; allowed: as, ttl, share, match, seed, connections, by, note'],
    [400, { ttl: '5 minutes' }, 'ttl', 'must be a duration such as'],
    [400, { share: 2 }, 'share', 'must be at most 1, got 2'],
    [400, { as: '../x' }, 'as', 'must be 1 to 63'],
    [400, { connections: 'some' }, 'connections', 'must be one of new, all, sever, got "some"'],
    [422, { match: {} }, 'match', 'is empty'],
    [422, { match: { operations: ['nope'] } }, 'match.operations[0]', 'known: listSessions, getSeatMap, completeOrder'],
    [422, { ttl: '2h' }, 'ttl', 'must be at most 1h'],
  ])('is %i for %j', async (status, body, path, message) => {
    const admin = await openAdmin({}, { maxTtlMs: 3_600_000 });
    const answer = await admin.post('/v1/profiles/hang/activate', body).expect(status);
    expect(answer.body).toMatchObject({ code: 'validation_failed', errors: [{ path }], retryable: false });
    expect(answer.body.errors[0].message).toContain(message);
    expect(admin.engine.rules).toEqual([]);
  });

  test('beside another that has its ids is fine; a single rule of a taken id is 409', async () => {
    const admin = await openAdmin();
    await admin.post('/v1/profiles/slow/activate').expect(200);
    await admin.post('/v1/profiles/slow/activate', { as: 'again' }).expect(200);
    const { body } = await admin.post('/v1/rules', { fault: 'hang', id: 'late' }).expect(409);
    expect(body.code).toBe('rule_exists');
  });
});

describe('ending', () => {
  test('a profile, an activation and a rule each answers with what went', async () => {
    const admin = await openAdmin();
    for (const as of ['a', 'b', 'c']) await admin.post('/v1/profiles/hang/activate', { as });
    await admin.post('/v1/rules', { fault: 'latency' }).expect(201).expect('Location', '/v1/rules/rule/1');
    holdRequests(admin.holds, 'a/0', 2);
    const ended = await admin.delete('/v1/activations/a?release=answer&by=alice').expect(200);
    expect(ended.body).toMatchObject({ activations: 1, rules: 1, dropped: 0, answered: 2 });
    const deleted = await admin.delete('/v1/rules/rule/1').expect(200);
    expect(deleted.body).toMatchObject({ activations: 0, rules: 1 });
    const off = await admin.post('/v1/profiles/hang/deactivate').expect(200);
    expect(off.body).toMatchObject({ activations: 2, rules: 2 });
    expect((await admin.get('/v1/activations').expect(200)).body).toEqual({ data: [] });
  });

  test('a rule by an id with its slash escaped', async () => {
    const admin = await openAdmin();
    await admin.post('/v1/rules', { fault: 'latency' });
    await admin.delete('/v1/rules/rule%2F1').expect(200);
    expect((await admin.get('/v1/rules')).body.data).toEqual([]);
  });

  test('what is not in force is 404', async () => {
    const admin = await openAdmin();
    await admin.delete('/v1/activations/nope').expect(404);
    await admin.delete('/v1/rules/nope').expect(404);
    await admin.post('/v1/profiles/nope/deactivate').expect(404);
    await admin.delete('/v1/activations/nope?release=maybe').expect(400);
  });

  test('everything: heal and reset', async () => {
    const admin = await openAdmin();
    await admin.post('/v1/profiles/hang/activate');
    holdRequests(admin.holds, 'hang/0', 3_000);
    const { body } = await admin.post('/v1/heal', { release: 'answer', keep: ['crowd'], by: 'bob' }).expect(200);
    expect(body).toMatchObject({ activations: 1, rules: 1, dropped: 0, answered: 3_000 });
    expect(Object.keys(body).sort()).toEqual(['activations', 'answered', 'dropped', 'ms', 'rules']);
    const fresh = await admin.post('/v1/reset', { catalog: 'festival', seed: 5 }).expect(200);
    expect(fresh.body).toMatchObject({ catalog: 'festival', seed: 5, rules: 0 });
    const unknown = await admin.post('/v1/reset', { catalog: 'nope' }).expect(422);
    expect(unknown.body.code).toBe('unknown_catalog');
    await admin.post('/v1/heal', { keep: ['rules'] }).expect(400);
  });
});

describe('single rules', () => {
  test('are shown as written, with what they did', async () => {
    const admin = await openAdmin();
    const rule = {
      fault: 'error-status',
      with: { status: 503 },
      match: { headers: { Authorization: 'Bearer s3cret' } },
    };
    await admin.post('/v1/rules', rule).expect(201);
    const { body, text } = await admin.get('/v1/rules').expect(200);
    expect(body.data).toMatchObject([{ id: 'rule/1', activation: null, with: { status: 503 }, matched: 0, held: 0 }]);
    expect(text).not.toContain('s3cret');
  });

  test.each([
    [400, {}, 'fault'],
    [400, { fault: 'hang', skip: -1 }, 'skip'],
    [422, { fault: 'hangs' }, 'fault'],
    [422, { fault: 'hang', with: { x: 1 } }, 'with.x'],
  ])('are %i for %j', async (status, body, path) => {
    const admin = await openAdmin();
    const answer = await admin.post('/v1/rules', body).expect(status);
    expect(answer.body.errors).toMatchObject([{ path }]);
  });
});

describe('profiles', () => {
  test('are listed, shown, put as YAML or JSON, and deleted', async () => {
    const admin = await openAdmin();
    await admin
      .put('/v1/profiles/mine', 'summary: Mine.\nrules:\n  - fault: hang\n')
      .expect(201)
      .expect('Location', '/v1/profiles/mine');
    const json = JSON.stringify({ summary: 'Still mine.', rules: [{ fault: 'latency' }] });
    await admin.put('/v1/profiles/mine', json, 'application/json').expect(200);
    const { body } = await admin.get('/v1/profiles/mine').expect(200);
    expect(body).toMatchObject({ summary: 'Still mine.', source: 'memory', rules: [{ fault: 'latency' }], text: json });
    expect((await admin.get('/v1/profiles')).body.data).toMatchObject([
      { name: 'hang', rules: 1 },
      { name: 'lost' },
      { name: 'mine' },
      { name: 'slow' },
    ]);
    await admin.delete('/v1/profiles/mine').expect(204);
    await admin.get('/v1/profiles/mine').expect(404);
    await admin.delete('/v1/profiles/mine').expect(404);
  });

  test('with mistakes are refused with file, line and place', async () => {
    const admin = await openAdmin();
    const form = await admin
      .put('/v1/profiles/mine', 'summary: Mine.\nrules:\n  - fault: hang\n    shares: 1\n')
      .expect(400);
    expect(form.body.detail).toMatch(/^profiles\/mine\.yaml:4 rules\[0\]\.shares: unknown field; allowed: fault/);
    const rules = await admin.put('/v1/profiles/mine', 'summary: Mine.\nrules:\n  - fault: hing\n').expect(422);
    expect(rules.body.errors).toMatchObject([{ line: 3, path: 'rules[0].fault' }]);
    await admin.put('/v1/profiles/mine', 'summary: Mine.\nrules: [{ fault: hang }]', 'application/xml').expect(415);
    await admin.put('/v1/profiles/mine', `#${'x'.repeat(262_144)}`).expect(413);
  });

  test('are never a path', async () => {
    const admin = await openAdmin();
    const text = 'summary: Mine.\nrules: [{ fault: hang }]';
    for (const name of ['..%2f..%2fetc%2fpasswd', '%2e%2e%2fx', 'A', 'a.yaml']) {
      await admin.get(`/v1/profiles/${name}`).expect(404);
      await admin.put(`/v1/profiles/${name}`, text).expect(400);
      await admin.post(`/v1/profiles/${name}/activate`).expect(404);
    }
  });

  test('in force are not deleted: 409', async () => {
    const admin = await openAdmin();
    await admin.post('/v1/profiles/hang/activate', { as: 'x' });
    const { body } = await admin.delete('/v1/profiles/hang').expect(409);
    expect(body).toMatchObject({ code: 'conflict', activations: ['x'] });
    expect((await admin.get('/v1/profiles/hang')).body.activations).toEqual(['x']);
  });

  test('are read again', async () => {
    const admin = await openAdmin();
    await admin.delete('/v1/profiles/hang').expect(204);
    expect((await admin.post('/v1/profiles/reload').expect(200)).body).toEqual({ profiles: 3 });
    await admin.get('/v1/profiles/hang').expect(200);
  });
});

describe('profiles read again with a bad file among them', () => {
  test('are 422 with its mistakes, and the last good text of it stays', async () => {
    const folder = faultsFolder(PROFILES);
    const options = { shipped: folder, known: KNOWN, clock: new ManualClock(), log: quiet };
    const admin = await openAdmin({}, { shelf: await createShelf(options) });
    writeFileSync(join(folder, 'profiles', 'hang.yaml'), 'summary: Bad.\nrules: [{ fault: nope }]');
    const { body } = await admin.post('/v1/profiles/reload').expect(422);
    expect(body).toMatchObject({ code: 'validation_failed', errors: [{ line: 2, path: 'rules[0].fault' }] });
    const line = (await admin.get('/v1/profiles')).body.data[0];
    expect(line).toMatchObject({ name: 'hang', summary: 'Nothing is answered.', errors: [{ line: 2 }] });
    expect((await admin.get('/v1/profiles/hang')).body).toMatchObject({
      ...{ text: PROFILES.hang, badText: 'summary: Bad.\nrules: [{ fault: nope }]', errors: [{ line: 2 }] },
    });
    expect((await admin.get('/v1/profiles/slow')).body).toMatchObject({ badText: null, errors: [] });
    await admin.post('/v1/profiles/hang/activate').expect(200);
  });
});

describe('the clock', () => {
  test('is shown and moved', async () => {
    const admin = await openAdmin();
    expect((await admin.get('/v1/clock')).body).toEqual({ now: '2026-01-05T12:00:00.000Z', scale: 1, offsetMs: 0 });
    const moved = await admin.post('/v1/clock', { advance: '15m' }).expect(200);
    expect(moved.body).toMatchObject({ now: '2026-01-05T12:15:00.000Z', offsetMs: 900_000 });
    const set = await admin.post('/v1/clock', { set: '2026-02-01T00:00:00+03:30' }).expect(200);
    expect(set.body.now).toBe('2026-01-31T20:30:00.000Z');
    await admin.post('/v1/clock', {}).expect(400);
    await admin.post('/v1/clock', { advance: '1m', set: '2026-02-01T00:00:00Z' }).expect(400);
    await admin.post('/v1/clock', { set: 'tomorrow' }).expect(400);
    await admin.post('/v1/clock', { advance: '9999999d' }).expect(400);
    await admin.post('/v1/clock', { set: '9999-12-31T00:00:00Z' }).expect(422);
  });
});
