// Scenarios over the admin API: listed, played, moved in, and a hidden one sealed for viewers and events.
import supertest from 'supertest';
import { expect, test } from 'vitest';
import { newAbout } from '../../src/journal/about.ts';
import { exchangeEntry } from '../support/entries.ts';
import { type OpenTheatre, openTheatre } from '../world/open-playback.ts';
import { type Admin, openAdmin } from './open-admin.ts';

const STORY = `summary: It hangs for a while.
starts: "13:55"
ends: "14:30"
cues:
  - { at: "13:55", note: All is well. }
  - { at: "14:02", activate: hang }
  - { at: "14:20", heal: true }
`;
const TOKENS = { adminToken: 'may-change', viewerToken: 'may-read', hosts: [] };

async function open(tokens = false): Promise<Admin & OpenTheatre> {
  const opened = await openTheatre({ story: STORY, secret: `hidden: true\n${STORY}` });
  const admin = await openAdmin({ ...opened, ...(tokens && { access: TOKENS }) }, { shelf: opened.shelf });
  return { ...admin, ...opened };
}

test('scenarios are listed with what they tell and how long they last', async () => {
  const { get } = await open();
  const { body } = await get('/v1/scenarios').expect(200);
  expect(body.data).toMatchObject([
    { name: 'secret', hidden: true },
    {
      name: 'story',
      summary: 'It hangs for a while.',
      source: 'shipped',
      starts: '13:55',
      lastsMs: 2_100_000,
      cues: 3,
    },
  ]);
});

test('a scenario is played, paused, moved in, resumed and stopped', async () => {
  const { get, post, clock, director, world } = await open();
  const { body } = await post('/v1/scenarios/story/play', { speed: '60x', seed: 3, by: 'me' }).expect(200);
  expect(body).toMatchObject({ scenario: 'story', status: 'playing', storyTime: '13:55', speed: 60, seed: 3 });
  await clock.advanceAsync(7000);
  expect((await get('/v1/playback').expect(200)).body).toMatchObject({
    storyTime: '14:02',
    cue: { at: '14:02', verb: 'activate', text: 'hang' },
    next: { at: '14:20', verb: 'heal' },
    note: 'All is well.',
  });
  expect((await post('/v1/playback/pause', {}).expect(200)).body.status).toBe('paused');
  expect((await post('/v1/playback/seek', { to: '14:10' }).expect(200)).body.storyTime).toBe('14:10');
  expect((await post('/v1/playback/resume', {}).expect(200)).body.status).toBe('playing');
  expect(director.activations(world)).toHaveLength(1);
  expect((await post('/v1/playback/stop', {}).expect(200)).body).toMatchObject({ status: 'ended', storyTime: '14:10' });
  expect(director.activations(world)).toEqual([]);
});

test.each([
  ['/v1/scenarios/stori/play', {}, 404, 'unknown_scenario'],
  ['/v1/scenarios/story/play', { speed: 0 }, 422, 'validation_failed'],
  ['/v1/scenarios/story/play', { speed: 'fast' }, 400, 'validation_failed'],
  ['/v1/scenarios/story/play', { from: '15:00' }, 422, 'validation_failed'],
  ['/v1/playback/seek', { to: '1m' }, 409, 'conflict'],
  ['/v1/playback/pause', {}, 409, 'conflict'],
])('POST %s with %j is %i %s', async (path, body, status, code) => {
  const { post } = await open();
  expect((await post(path, body).expect(status)).body.code).toBe(code);
});

test('heal stops the play', async () => {
  const { get, post } = await open();
  await post('/v1/scenarios/story/play', {}).expect(200);
  await post('/v1/playback/seek', { to: '14:05' }).expect(200);
  await post('/v1/heal', {}).expect(200);
  expect((await get('/v1/playback')).body.status).toBe('ended');
});

test('of a hidden play a viewer sees no name, no cue and no fault until it has ended; an admin sees all', async () => {
  const { listener, clock, world } = await open(true);
  const as = (token: string) => (path: string) => supertest(listener).get(path).set('Authorization', `Bearer ${token}`);
  const viewer = as(TOKENS.viewerToken);
  const admin = as(TOKENS.adminToken);
  await supertest(listener)
    .post('/v1/scenarios/secret/play')
    .set('Authorization', `Bearer ${TOKENS.adminToken}`)
    .send({ from: '14:03' })
    .expect(200);
  const hit = { rule: 'hang/0', fault: 'hang', draw: 0.5 };
  const about = { ...newAbout(), code: 'rate_limited', retryAfterMs: 7000, isWrongType: true, order: 'o-1' };
  const { body: _, ...shown } = about; // nobody asked for it to be kept
  world.journal.open(exchangeEntry({ at: clock.now(), hits: [hit], about }));
  const paths = ['/v1/playback', '/v1/state', '/v1/activations', '/v1/rules', '/v1/actions', '/v1/journal'];
  const seen = await Promise.all(paths.map(async (path) => JSON.stringify((await viewer(path).expect(200)).body)));
  for (const text of seen)
    expect(text).not.toMatch(/\bhang\b|secret|14:0|All is well|rate_limited|7000|"isWrongType":true/);
  expect(seen.filter((text) => text.includes('"sealed"'))).toHaveLength(paths.length);
  expect((await viewer('/v1/profiles')).body.data.map(({ activations }: { activations: [] }) => activations)).toEqual([
    [],
    [],
    [],
  ]);
  await viewer('/v1/journal?rule=hang/0').expect(403);
  await supertest(listener)
    .post('/v1/journal/verify')
    .set('Authorization', `Bearer ${TOKENS.viewerToken}`)
    .send({ match: { rule: 'hang/0' } })
    .expect(403);
  expect((await admin('/v1/playback')).body).toMatchObject({ scenario: 'secret', cue: { text: 'hang' } });
  expect((await admin('/v1/rules')).body.data).toMatchObject([{ id: 'hang/0', fault: 'hang' }]);
  await clock.advanceAsync(27 * 60_000);
  expect((await viewer('/v1/playback')).body).toMatchObject({
    scenario: 'secret',
    sealed: { text: expect.stringContaining('hidden: true') },
  });
  expect((await viewer('/v1/journal')).body.data).toMatchObject([{ hits: [hit], about: shown }]);
});

test('cues are events, and of a hidden play only its beginning and its end are', async () => {
  const { deps, world, post, clock } = await open();
  const told: string[] = [];
  const reader = deps.events.subscribe(world);
  reader.on('data', (chunk: Buffer) => told.push(String(chunk)));
  await post('/v1/scenarios/secret/play', { from: '14:03' }).expect(200);
  expect(told.join('')).toContain('event: cue');
  expect(told.join('')).not.toMatch(/hang|secret|All is well/);
  await clock.advanceAsync(27 * 60_000);
  expect(told.join('')).toMatch(/"what":"ended".*"scenario":"secret"/);
  await post('/v1/scenarios/story/play', { from: '14:03' }).expect(200);
  expect(told.join('')).toMatch(/event: cue\n.*"what":"cue".*"text":"hang"/);
  reader.destroy();
});
