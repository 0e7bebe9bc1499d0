// The check of the books finds what would be wrong with them.
import { expect, test } from 'vitest';
import { type Books, breachesOf } from '../../src/box-office/invariants.ts';
import type { Ledger } from '../../src/box-office/state/ledger.ts';
import type { Tally } from '../../src/box-office/state/tally.ts';
import { overStores } from './stage.ts';

overStores((stage) => {
  /** Books with a sold order of C-1 and a held reservation of C-2, for the test to spoil. */
  async function books(): Promise<Books & { readonly ledger: Ledger; readonly limits: ReadonlyMap<string, Tally> }> {
    const { office, store, sell, reserve } = stage();
    await sell({ seats: ['C-1'] }, { discountCode: 'ONLYONE' });
    await reserve({ seats: ['C-2'] });
    const ledgers = new Map([...store.all('session')].map(([id, ledger]) => [id, ledger as Ledger]));
    const tallies = (kind: string) => new Map([...store.all(kind)].map(([id, tally]) => [id, tally as Tally]));
    const ledger = ledgers.get('s1');
    if (!ledger) throw new Error('s1 was not touched');
    return { season: office.season, ledgers, limits: tallies('limit'), quotas: tallies('quota'), ledger };
  }

  const rules = (spoilt: Books): string[] => [...new Set(breachesOf(spoilt).map(({ rule }) => rule))].sort();

  test('good books have no breach', async () => {
    expect(rules(await books())).toEqual([]);
  });

  test('a seat sold to two orders is found', async () => {
    const spoilt = await books();
    const [order] = spoilt.ledger.orders.values();
    const [reservation] = spoilt.ledger.reservations.values();
    if (!order || !reservation) throw new Error('nothing was sold');
    spoilt.ledger.reservations.set('r_2', { ...reservation, id: 'r_2' });
    spoilt.ledger.orders.set('o_2', { ...order, id: 'o_2', reservationId: 'r_2' });
    spoilt.ledger.orderOf.set('r_2', 'o_2');
    expect(rules(spoilt)).toContain('one_order_a_seat');
    expect(breachesOf(spoilt).find(({ rule }) => rule === 'one_order_a_seat')).toMatchObject({
      ...{ sessionId: 's1', seats: ['C-1'], orders: [order.id, 'o_2'], reservations: [reservation.id, 'r_2'] },
    });
  });

  test('a second order of a reservation is found', async () => {
    const spoilt = await books();
    const [order] = spoilt.ledger.orders.values();
    if (order) spoilt.ledger.orders.set('o_2', { ...order, id: 'o_2', status: 'canceled' });
    expect(rules(spoilt)).toContain('one_order_a_reservation');
  });

  test('a held seat without a holder, and a holder without a held seat, are found', async () => {
    const spoilt = await books();
    const index = stage().office.seatMap('s1').layout.indexOf;
    spoilt.ledger.seats.copyWithin(index.get('D-1') ?? 0, index.get('C-2') ?? 0, (index.get('C-2') ?? 0) + 1);
    expect(rules(spoilt)).toEqual(['held_seats_have_a_holder', 'seats_add_up']);
    expect(breachesOf(spoilt)[1]).toMatchObject({ sessionId: 's1', detail: 'D-1 is reserved, should be free' });
  });

  test('tickets above the limit, and orders without a claim, are found', async () => {
    const above = await books();
    for (const tally of above.limits.values()) tally.total = 5;
    expect(rules(above)).toEqual(['limits_hold']);
    const held = [...above.ledger.reservations.keys()];
    expect(breachesOf(above)).toMatchObject([{ detail: expect.stringContaining('bound 4'), reservations: held }]);
    const unclaimed = await books();
    expect(rules({ ...unclaimed, quotas: new Map() })).toEqual(['limits_hold']);
    const [ordered] = unclaimed.ledger.orders.keys();
    expect(breachesOf({ ...unclaimed, quotas: new Map() })).toMatchObject([{ sessionId: 's1', orders: [ordered] }]);
  });

  test('money that was taken and not given back for an order that has ended is found, with the order', async () => {
    const spoilt = await books();
    const [order] = spoilt.ledger.orders.values();
    if (!order) throw new Error('nothing was sold');
    const money = [{ kind: 'capture', at: 0, amount: 5 }] as const;
    const redirect = { url: '', returnUrl: '', attempts: [], money };
    spoilt.ledger.orders.set(order.id, { ...order, payment: { ...order.payment, redirect } });
    expect(breachesOf(spoilt)).toMatchObject([{ rule: 'money_adds_up', orders: [order.id], sessionId: 's1' }]);
  });
});
