// The house as admin answers it: sessions in pages, a seat map with clients and no customers, and what is refused.
import { expect, test } from 'vitest';
import { purchase } from '../box-office/audit/purchases.ts';
import { type Stage, stage } from '../box-office/stage.ts';
import { type Admin, openAdmin } from './open-admin.ts';

async function opened(given: Parameters<typeof openAdmin>[0] = {}): Promise<Admin & { readonly sold: Stage }> {
  const sold = stage();
  const admin = await openAdmin(given);
  return { ...admin, sold, world: Object.assign(admin.world, { house: () => sold.office.house() }) };
}

test('sessions are told in pages, with their seats by status', async () => {
  const admin = await opened();
  await admin.sold.sell({ seats: ['C-4'] });
  const { body } = await admin.get('/v1/house?limit=1').expect(200);
  expect(body).toMatchObject({
    data: [{ id: 's1', film: { title: 'The Glass Orchard' }, seats: { free: 38, reserved: 0, sold: 1, blocked: 1 } }],
    nextCursor: '1',
  });
  const next = await admin.get(`/v1/house?limit=200&cursor=${body.nextCursor}`).expect(200);
  expect([next.body.data.length, next.body.nextCursor]).toEqual([5, null]);
  const ids = async (query: string) =>
    (await admin.get(`/v1/house?${query}`).expect(200)).body.data.map(({ id }: { id: string }) => id);
  expect(await ids('touched=true')).toEqual(['s1']);
  expect(await ids('touched=false&find=noon')).toEqual(['s2', 's4', 's6']);
});

test('of one session every seat is told with its client, also to viewers, and no customer', async () => {
  const admin = await opened({ access: { adminToken: 'admin-token', viewerToken: 'viewer-token', hosts: [] } });
  await purchase(admin.sold, 'ref-1', 'sold', { customerRef: 'secret-1' });
  await admin.sold.reserve({ client: 'beta', seats: ['D-1', 'D-2'], customerRef: 'secret-2' });
  const view = admin.get('/v1/house/s1').set('Authorization', 'Bearer viewer-token');
  const { body, text } = await view.expect(200);
  expect(body.rows.map(({ row }: { row: string }) => row)).toEqual(['A', 'B', 'C', 'D', 'E']);
  expect(body.rows[3].seats.slice(0, 3)).toEqual([
    { id: 'D-1', number: 1, category: 'standard', status: 'reserved', client: 'beta' },
    { id: 'D-2', number: 2, category: 'standard', status: 'reserved', client: 'beta' },
    { id: 'D-3', number: 3, category: 'standard', status: 'free', client: null },
  ]);
  expect(body.clients).toEqual([
    { client: 'beta', reserved: 2, sold: 0 },
    { client: 'alpha', reserved: 0, sold: 1 },
  ]);
  expect(text).not.toMatch(/secret|ref-1|0912|Ada/);
});

test('a session that is not there, and a page that is too large, are refused', async () => {
  const admin = await opened();
  expect((await admin.get('/v1/house/s9').expect(404)).body).toMatchObject({ code: 'not_found' });
  await admin.get('/v1/house?limit=201').expect(400);
  expect((await admin.get('/v1/house?touched=yes').expect(400)).body.detail).toMatch(/touched/);
});
