// An orphan is a reservation that lapsed without an order and without being released, or is about to.
import { expect, test } from 'vitest';
import { orphanedReservations } from '../../../src/scorecard/criteria/orphaned-reservations.ts';
import { judged } from '../../support/evidence.ts';
import { LOST, VirtualShop } from '../../support/virtual-shop.ts';

/** Twenty customers, of whom so many neither buy nor let go. */
function shopWith(orphans: number, letGo: (shop: VirtualShop, reservation: string) => void): VirtualShop {
  const shop = new VirtualShop();
  for (let n = 0; n < 20; n++) {
    const reservation = shop.reserve(`customer ${n}`);
    if (n < orphans) letGo(shop, reservation);
    else shop.order(reservation, `a${n}`);
  }
  return shop;
}

const found = (shop: VirtualShop) => judged(orphanedReservations, shop.evidence());

test('reservations that are all ordered or released pass', () => {
  const shop = shopWith(5, (one, reservation) => one.release(reservation));
  expect(found(shop)).toMatchObject({ verdict: 'pass', n: 20, figure: 0, more: { released: 5, cleanup: 1 } });
});

test('reservations that lapse fail, and those are shown that made them', () => {
  const shop = shopWith(12, (one, reservation) => one.wait(10_000).lapse(reservation));
  const verdict = found(shop);
  expect(verdict).toMatchObject({
    verdict: 'fail',
    n: 20,
    figure: 0.6,
    more: { lapsed: 12, projected: 0, cleanup: 0 },
  });
  expect(verdict.evidence).toHaveLength(10);
  expect(verdict.evidence[0]).toMatch(/^reserveSeats@/);
});

test('in a short rehearsal those are projected that nobody has touched for a minute, and are marked so', () => {
  const shop = shopWith(12, () => {}).wait(61_000);
  const verdict = found(shop);
  expect(verdict).toMatchObject({ verdict: 'fail', n: 20, figure: 0.6, more: { lapsed: 0, projected: 12 } });
  expect(verdict.advice).toContain('12 of them projected');
});

test('those that were touched within the last minute are not known yet', () => {
  const shop = shopWith(0, () => {});
  const young = shop.reserve('ada');
  shop.wait(59_000);
  expect(found(shop)).toMatchObject({ verdict: 'pass', n: 20 });
  shop.call('getReservation', { reservation: young });
  shop.wait(59_000);
  expect(found(shop)).toMatchObject({ verdict: 'pass', n: 20 });
  shop.wait(2000);
  expect(found(shop)).toMatchObject({ n: 21, more: { projected: 1 } });
});

test('a release that never arrived was asked for all the same', () => {
  const shop = shopWith(12, (one, reservation) => {
    one.call('releaseReservation', { ...LOST, reservation, workedAt: null });
    one.lapse(reservation);
  });
  expect(found(shop)).toMatchObject({ verdict: 'pass', figure: 0 });
});

test('an attempt to order is no order', () => {
  const shop = shopWith(12, (one, reservation) => {
    one.call('createOrder', { reservation, status: 503, workedAt: null });
    one.lapse(reservation);
  });
  expect(found(shop)).toMatchObject({ verdict: 'fail', figure: 0.6 });
});

test('a few are a warning, as one of twenty may be chance', () => {
  expect(found(shopWith(1, (one, reservation) => one.lapse(reservation))).verdict).toBe('warn');
  expect(found(shopWith(3, (one, reservation) => one.lapse(reservation))).verdict).toBe('warn');
});

test('seats are counted with the time that they were kept from others', () => {
  const shop = shopWith(0, () => {});
  const reservation = shop.reserve('ada', { seats: 4 });
  const reserved = shop.happened.at(-1)?.at ?? 0;
  shop.wait(100_000 - (shop.now - reserved)).lapse(reservation);
  expect(found(shop).more).toMatchObject({ seatSeconds: 400 });
});

test('fewer than twenty are no data', () => {
  const shop = new VirtualShop();
  for (let n = 0; n < 19; n++) shop.lapse(shop.reserve(`customer ${n}`));
  expect(found(shop)).toMatchObject({ verdict: 'no-data', n: 19 });
});
