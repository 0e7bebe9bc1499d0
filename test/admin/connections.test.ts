// Live sockets over the admin API: in pages, and cut.
import { expect, test } from 'vitest';
import { openAdmin } from './open-admin.ts';

const living = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    id: i + 1,
    door: 'main',
    remote: '10.0.0.1',
    openedAt: 0,
    requests: i,
    underWay: 0,
    flood: false,
    waiting: i === 0,
    lingering: false,
  }));

test('connections come in pages, the oldest first', async () => {
  const admin = await openAdmin();
  Object.assign(admin.world.doors, { livingConnections: () => living(250) });
  const first = (await admin.get('/v1/connections').expect(200)).body;
  expect(first.data).toHaveLength(100);
  expect(first.data[0]).toEqual({
    id: 1,
    door: 'main',
    remote: '10.0.0.1',
    openedAt: '1970-01-01T00:00:00.000Z',
    requests: 0,
    underWay: 0,
    flood: false,
    waiting: true,
    lingering: false,
  });
  const last = (await admin.get(`/v1/connections?limit=200&cursor=${first.nextCursor}`).expect(200)).body;
  expect([last.data.length, last.data[0].id, last.nextCursor]).toEqual([150, 101, null]);
  await admin.get('/v1/connections?limit=1001').expect(400);
  await admin.get('/v1/connections?cursor=x').expect(400);
});

test('connections are cut: all, or those at doors and from addresses', async () => {
  const admin = await openAdmin();
  const asked: unknown[] = [];
  Object.assign(admin.world.doors, { sever: async (matches: unknown[]) => asked.push(matches) });
  expect((await admin.post('/v1/connections/sever').expect(200)).body).toEqual({ severed: 1 });
  await admin.post('/v1/connections/sever', { doors: ['main'], addresses: ['10.0.0.0/8'], by: 'bob' }).expect(200);
  expect(asked).toEqual([[{}], [{ doors: ['main'], addresses: ['10.0.0.0/8'] }]]);
  await admin.post('/v1/connections/sever', { addresses: ['ten'] }).expect(400);
  await admin.post('/v1/connections/sever', { doors: ['back'] }).expect(422);
  await admin.post('/v1/connections/sever', { clients: ['a'] }).expect(400);
});
