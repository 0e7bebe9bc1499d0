// Capacity and crowd over the admin API: set, shown as they may be set again, turned off, forecast, healed and sealed.
import supertest from 'supertest';
import { describe, expect, test } from 'vitest';
import { openTheatre } from '../world/open-playback.ts';
import { type Admin, openAdmin } from './open-admin.ts';

const CAPACITY = {
  servers: 4,
  serviceTime: { mean: '40ms', cv: 0.5, byOperation: { completeOrder: { mean: '1s' } } },
  queue: 20,
  discipline: 'lifo',
};
const CROWD = {
  arrivals: { base: '0.5mu', onSale: { at: '10s', peak: 300, decay: '1m' }, echoes: [{ at: '1m', peak: '2mu' }] },
  classes: [
    { policy: 'naive', timeout: 'never' },
    { policy: 'breaker', open: '10s', attempts: 3 },
  ],
  realPurchases: 0.5,
};

const put = ({ put: send }: Admin, path: string, body: unknown) => send(path, JSON.stringify(body), 'application/json');
const verbs = ({ director, world }: Admin): string[] => director.actions(world).map(({ verb, by }) => `${verb} ${by}`);

describe('capacity', () => {
  test('is off until it is set, is shown as it may be set again, and null turns it off', async () => {
    const admin = await openAdmin();
    expect((await admin.get('/v1/capacity').expect(200)).body).toEqual({ observed: null });
    const { body } = await put(admin, '/v1/capacity', { ...CAPACITY, by: 'me' }).expect(200);
    expect(body).toMatchObject({ ...CAPACITY, factor: 1, observed: { queue: 0, busy: 0, offered: 0 } });
    const { observed: _, ...again } = body;
    expect((await put(admin, '/v1/capacity', again).expect(200)).body).toEqual(body);
    expect((await put(admin, '/v1/capacity', null).expect(200)).body).toEqual({ observed: null });
    expect(verbs(admin)).toEqual(['set-capacity null', 'set-capacity null', 'set-capacity me']);
  });

  test.each([
    [{ servers: 0 }, 400, /servers: .*1/],
    [{ servers: 2, speed: 1 }, 400, /speed: unknown field; allowed: servers/],
    [{ serviceTime: { mean: 200 } }, 400, /serviceTime\.mean/],
    [{ factor: 2 }, 400, /factor/],
    [[], 400, /must be a JSON object or null/],
    [
      { serviceTime: { byOperation: { buy: { mean: '1s' } } } },
      422,
      /byOperation\.buy: unknown operation "buy"; known: /,
    ],
  ])('%j is %i and changes nothing', async (asked, status, detail) => {
    const admin = await openAdmin();
    const { body } = await put(admin, '/v1/capacity', asked).expect(status);
    expect(body).toMatchObject({ code: 'validation_failed', detail: expect.stringMatching(detail) });
    expect([admin.world.load.capacity(), verbs(admin)]).toEqual([null, []]);
  });

  test('is forecast under the crowd that is there, and not at all while it is off', async () => {
    const admin = await openAdmin();
    expect((await admin.get('/v1/capacity/forecast').expect(409)).body.code).toBe('conflict');
    await put(admin, '/v1/capacity', { servers: 20 }).expect(200);
    await put(admin, '/v1/crowd', { arrivals: { base: '0.7mu' }, classes: [{ policy: 'timeout3' }] }).expect(200);
    expect((await admin.get('/v1/capacity/forecast').expect(200)).body).toMatchObject({
      servedPerS: 100,
      firstTriesPerS: 70,
      utilisation: 0.7,
      vulnerable: true,
      safeQueue: 300,
      observed: { queue: 0 },
    });
  });
});

describe('the crowd', () => {
  test('comes when it is set, is shown as it may be set again, and null sends it away', async () => {
    const admin = await openAdmin();
    const idle = admin.clock.pending;
    const { body } = await put(admin, '/v1/crowd', CROWD).expect(200);
    expect(body).toMatchObject({ ...CROWD, arrivals: { echoes: [{ at: '1m', peak: '2mu', decay: '590s' }] } });
    const { observed: _, ...again } = body;
    expect((await put(admin, '/v1/crowd', again).expect(200)).body).toEqual(body);
    admin.clock.advance(2000);
    const { observed } = (await admin.get('/v1/crowd').expect(200)).body;
    expect(observed.classes.map(({ policy }: { policy: string }) => policy)).toEqual(['naive', 'breaker']);
    expect(observed.classes[0].totals.goodput).toBeGreaterThan(10);
    expect((await put(admin, '/v1/crowd', null).expect(200)).body).toEqual({ observed: null });
    admin.clock.advance(1000);
    expect(admin.clock.pending).toBe(idle);
  });

  test.each([{ classes: [{ policy: 'rude' }] }, { classes: [] }, { arrivals: { base: 'many' } }, { realPurchases: 2 }])(
    '%j is refused',
    async (asked) => {
      const admin = await openAdmin();
      expect((await put(admin, '/v1/crowd', asked).expect(400)).body.code).toBe('validation_failed');
      expect(admin.world.load.crowd()).toBeNull();
    },
  );
});

describe('with both on', () => {
  const STORY =
    'summary: A stall.\nends: 10m\ncues:\n  - { at: 0s, capacity: { factor: 0 } }\n  - { at: 0s, crowd: {} }\n';
  async function open() {
    const opened = await openTheatre({ story: STORY, secret: `hidden: true\n${STORY}` });
    const access = { adminToken: 'may-change', viewerToken: 'may-read', hosts: [] };
    const admin = await openAdmin({ ...opened, access }, { shelf: opened.shelf });
    const as = (token: string) => ({
      get: (path: string) => supertest(admin.listener).get(path).set('Authorization', `Bearer ${token}`),
      post: (path: string, body: object) =>
        supertest(admin.listener).post(path).set('Authorization', `Bearer ${token}`).send(body),
    });
    return { ...opened, admin: as('may-change'), viewer: as('may-read') };
  }

  test('the state shows what was observed, and what is played', async () => {
    const { admin, clock } = await open();
    await admin.post('/v1/scenarios/story/play', {}).expect(200);
    clock.advance(3000);
    const { body } = await admin.get('/v1/state').expect(200);
    expect(body).toMatchObject({ capacity: { goodput: 0, busy: 0 }, playback: { scenario: 'story' } });
    expect(body.capacity.queue).toBeGreaterThan(100);
    expect(body.crowd.classes).toHaveLength(2);
  });

  test.each([
    { keep: undefined, left: [false, false, 'ended'] },
    { keep: ['capacity'], left: [true, false, 'ended'] },
    { keep: ['crowd', 'capacity'], left: [true, true, 'ended'] },
    { keep: ['playback', 'capacity', 'crowd'], left: [true, true, 'playing'] },
  ])('heal ends all but what it is told to keep: $keep', async ({ keep, left }) => {
    const { admin, load, playback } = await open();
    await admin.post('/v1/scenarios/story/play', {}).expect(200);
    await admin.post('/v1/heal', { ...(keep && { keep }) }).expect(200);
    expect([load.capacity() !== null, load.crowd() !== null, playback.player.status.status]).toEqual(left);
  });

  test('reset ends everything', async () => {
    const { admin, load, playback } = await open();
    await admin.post('/v1/scenarios/story/play', {}).expect(200);
    await admin.post('/v1/reset', {}).expect(200);
    expect([load.capacity(), load.crowd(), playback.player.status.status]).toEqual([null, null, 'ended']);
  });

  test('of a hidden stall a viewer sees what was observed, and no setting', async () => {
    const { admin, viewer } = await open();
    await admin.post('/v1/scenarios/secret/play', {}).expect(200);
    expect(Object.keys((await viewer.get('/v1/capacity').expect(200)).body)).toEqual(['observed']);
    expect(Object.keys((await viewer.get('/v1/crowd').expect(200)).body)).toEqual(['observed']);
    expect((await viewer.get('/v1/state').expect(200)).body.playback.scenario).toBe('sealed');
    await viewer.get('/v1/capacity/forecast').expect(403);
    expect((await admin.get('/v1/capacity').expect(200)).body.factor).toBe(0);
  });
});

test('readers of events hear of the load once a second, while there is any', async () => {
  const { world, clock, deps } = await openAdmin();
  const told: string[] = [];
  const reader = deps.events.subscribe(world);
  reader.on('data', (chunk: Buffer) => told.push(...(String(chunk).match(/(?<=^event: )load$/gm) ?? [])));
  clock.advance(3000);
  expect(told).toEqual([]);
  world.load.setCrowd(
    { arrivals: { base: { perS: 5 } }, classes: [{ policy: 'naive', share: 1 }], realPurchases: 0 },
    {
      speed: 1,
      seed: 1,
      lateMs: 0,
    },
  );
  clock.advance(3000);
  await expect.poll(() => told).toEqual(['load', 'load', 'load']);
  reader.destroy();
});
