// The ledger, reconciling and the invariants as admin answers them: to whom, in which form, and what is refused.
import supertest from 'supertest';
import { describe, expect, test } from 'vitest';
import { reconciledShape } from '../../src/admin/contract/ledger.ts';
import { purchase } from '../box-office/audit/purchases.ts';
import { type Stage, stage } from '../box-office/stage.ts';
import { exchangeEntry } from '../support/entries.ts';
import { type Admin, openAdmin } from './open-admin.ts';

const RECONCILE = '/v1/ledger/reconcile';

async function opened(given: Parameters<typeof openAdmin>[0] = {}): Promise<Admin & { readonly house: Stage }> {
  const house = stage();
  const admin = await openAdmin(given);
  return { ...admin, house, world: Object.assign(admin.world, { audit: () => house.office.audit() }) };
}

const csv = ({ listener }: Admin, text: string | Buffer, path = RECONCILE) =>
  supertest(listener).post(path).set('Content-Type', 'text/csv; charset=utf-8').send(text);

describe('the ledger', () => {
  test('is read in pages, without a word of customers', async () => {
    const admin = await opened();
    for (const ref of ['a', 'b', 'c']) await purchase(admin.house, ref, 'sold', { customerRef: `secret-${ref}` });
    const first = await admin.get('/v1/ledger?limit=2').expect(200);
    expect(first.body.data).toMatchObject([
      { client: 'alpha', externalRef: 'a', orders: 1, sold: 1, shown: [{ status: 'completed', method: 'seller' }] },
      { externalRef: 'b' },
    ]);
    expect(first.text).not.toMatch(/secret|0912|Ada/);
    const { body } = await admin.get(`/v1/ledger?cursor=${first.body.nextCursor}`).expect(200);
    expect(body).toMatchObject({ data: [{ externalRef: 'c' }], nextCursor: null });
  });

  test('tells viewers references as the journal does, by pseudonym, in pages too', async () => {
    const access = { adminToken: 'admin-token', viewerToken: 'viewer-token', hosts: [] };
    const admin = await opened({ access });
    Object.assign(admin.world, { pseudonym: (text: string) => `hidden-${Buffer.from(text).toString('hex')}` });
    for (const ref of ['mine', 'other']) await purchase(admin.house, ref, 'sold');
    const view = (test: ReturnType<Admin['get']>) => test.set('Authorization', 'Bearer viewer-token').expect(200);
    const first = await view(admin.get('/v1/ledger?limit=1'));
    const cursor = Buffer.from(first.body.nextCursor, 'base64url').toString();
    const second = await view(admin.get(`/v1/ledger?limit=1&cursor=${first.body.nextCursor}`));
    for (const text of [first.text, cursor, second.text]) {
      expect(text).toMatch(/hidden-/);
      expect(text).not.toMatch(/mine|other/);
    }
    const orders = [{ externalRef: 'mine', completed: false }];
    const { body } = await view(admin.post(RECONCILE, { orders }));
    expect(body.differences).toMatchObject([
      { externalRef: 'mine', orders: [{ lost: null }] },
      { externalRef: 'hidden-6f74686572' },
    ]);
  });

  test('refuses a cursor that is none, and a page that is too large', async () => {
    const admin = await opened();
    expect((await admin.get('/v1/ledger?cursor=x').expect(400)).body.detail).toMatch(/^cursor: must be the nextCursor/);
    await admin.get('/v1/ledger?limit=1001').expect(400);
  });
});

describe('reconciling', () => {
  test('answers JSON and CSV alike', async () => {
    const admin = await opened();
    const { paid } = await purchase(admin.house, 'a', 'sold');
    await purchase(admin.house, 'b', 'sold');
    const orders = [
      { externalRef: 'a', completed: true, seats: 1, amount: paid },
      { externalRef: 'c', completed: true },
    ];
    const { body } = await admin.post(RECONCILE, { client: 'alpha', orders }).expect(200);
    expect(body).toMatchObject({ agree: false, rows: 2, references: 2, currency: 'IRR', forgotten: 0 });
    expect(body.differences).toMatchObject([
      { kind: 'unknown-to-upstream', externalRef: 'c', actual: null, orders: [] },
      { kind: 'unknown-to-seller', externalRef: 'b', believed: null, orders: [{ status: 'completed' }] },
    ]);
    const same = await csv(
      admin,
      `externalRef,completed,seats,amount\na,true,1,${paid}\nc,true,,`,
      `${RECONCILE}?client=alpha`,
    );
    expect(same.body).toEqual(body);
    expect(
      (await admin.post(RECONCILE, { orders: [...orders.slice(0, 1), { externalRef: 'b', completed: true }] })).body,
    ).toMatchObject({
      ...{ agree: true, differences: [] },
    });
  });

  test('is a question: a viewer may ask it, it makes no world and no action', async () => {
    const admin = await opened({ access: { adminToken: 'admin-token', viewerToken: 'viewer-token', hosts: [] } });
    const asked = admin.post(RECONCILE, { orders: [{ externalRef: 'a', completed: true }] });
    expect((await asked.set('Authorization', 'Bearer viewer-token').expect(200)).body.agree).toBe(false);
    expect(admin.director.actions(admin.world)).toEqual([]);
    await admin.post(RECONCILE, { orders: [] }).expect(401);
  });

  test('refuses what it cannot read, says where, and does nothing', async () => {
    const admin = await opened();
    const { body } = await admin.post(RECONCILE, { orders: [{ externalRef: '', completed: 'yes' }] }).expect(400);
    expect(body).toMatchObject({ code: 'validation_failed' });
    expect(body.errors.map(({ path }: { path: string }) => path)).toEqual([
      'orders[0].externalRef',
      'orders[0].completed',
    ]);
    expect((await csv(admin, 'externalRef,completed\na,maybe').expect(400)).body.detail).toBe(
      'line 2 completed: must be true or false, got "maybe"',
    );
    expect((await csv(admin, '').expect(400)).body.detail).toMatch(/^body: is empty/);
    await supertest(admin.listener).post(RECONCILE).set('Content-Type', 'text/plain').send('a').expect(415);
    await csv(admin, Buffer.alloc(16 * 1024 * 1024 + 1, 'a')).expect(413);
  });

  test('refuses a client that there can be none of, and one that is named twice', async () => {
    const admin = await opened();
    expect((await admin.post(RECONCILE, { client: 'flood', orders: [] }).expect(422)).body.detail).toContain('client');
    const twice = admin.post(`${RECONCILE}?client=alpha`, { client: 'alpha', orders: [] });
    expect((await twice.expect(400)).body.detail).toMatch(/^client: is said twice/);
  });

  test('takes 100,000 rows as JSON and as CSV, and answers with every difference', async () => {
    const admin = await opened();
    await purchase(admin.house, 'ref-7', 'sold');
    const rows = Array.from({ length: 100_000 }, (_, index) => `ref-${index}`);
    const asCsv = `externalRef,completed,seats,amount\r\n${rows.map((ref) => `${ref},true,2,5`).join('\r\n')}`;
    const { body } = await csv(admin, asCsv).expect(200);
    expect(reconciledShape.pick({ counts: true, rows: true }).parse({ counts: body.counts, rows: body.rows })).toEqual({
      rows: 100_000,
      counts: {
        ...{ 'paid-without-ticket': 0, 'ticket-without-payment': 0, 'unknown-to-seller': 0 },
        ...{ 'unknown-to-upstream': 99_999, 'amount-differs': 1, 'seats-differ': 1 },
      },
    });
    expect(body.differences).toHaveLength(100_001);
    const orders = rows.map((externalRef) => ({ externalRef, completed: externalRef === 'ref-7' }));
    expect((await supertest(admin.listener).post(RECONCILE).send({ orders }).expect(200)).body).toMatchObject({
      ...{ agree: true, rows: 100_000, references: 100_000 },
    });
  });

  test('a long body that is wrong is refused with the place', async () => {
    const admin = await opened();
    const text = `externalRef,completed\n${'r,true\n'.repeat(20_000)}r,perhaps\n`;
    expect((await csv(admin, text).expect(400)).body.detail).toBe(
      'line 20002 completed: must be true or false, got "perhaps"',
    );
  });
});

describe('the invariants', () => {
  test('hold in a box office in order', async () => {
    const admin = await opened();
    await purchase(admin.house, 'a', 'sold');
    const { body } = await admin.get('/v1/invariants').expect(200);
    expect(body).toMatchObject({ ok: true, breaches: [] });
    expect(body.invariants.map(({ rule, breaches }: { rule: string; breaches: number }) => [rule, breaches])).toEqual([
      ['one_order_a_seat', 0],
      ['seats_add_up', 0],
      ['one_order_a_reservation', 0],
      ['held_seats_have_a_holder', 0],
      ['limits_hold', 0],
      ['money_adds_up', 0],
    ]);
  });

  test('tell a double charge with its requests, and that some may be gone', async () => {
    const admin = await opened();
    const { order } = await purchase(admin.house, 'a', 'charged-twice');
    const entry = exchangeEntry({
      url: `/v1/orders/${order.id}/complete`,
      requestId: 'q1',
      method: 'POST',
      status: 200,
    });
    admin.world.journal.open(entry);
    const { body } = await admin.get('/v1/invariants').expect(200);
    expect(body).toMatchObject({
      ok: false,
      breaches: [
        {
          ...{ rule: 'money_adds_up', session: order.sessionId, orders: [order.id], unsure: false, requestsFound: 1 },
          requests: [{ requestId: 'q1', status: 200, ended: null }],
        },
      ],
    });
    for (let i = 0; i < 1000; i++) admin.world.journal.open(exchangeEntry());
    expect((await admin.get('/v1/invariants')).body.breaches).toMatchObject([{ unsure: true, requests: [] }]);
  });
});
