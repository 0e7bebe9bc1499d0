// Whatever the upstream says or leaves unsaid of a sale: nothing is sold twice, and nobody is told what is not so.
import { expect, test } from 'showstopper/vitest';
import { describe } from 'vitest';
import { purchaseOf, shopOf } from './shop-of.ts';

describe.concurrent('answers that are lost', () => {
  test.for(['reserveSeats', 'createOrder', 'completeOrder'])(
    'that of %s loses no sale, and makes no second',
    async (operation, { upstream }) => {
      await upstream.on({ fault: 'lost-reply', limit: 1 }, { operations: [operation] });
      expect(await shopOf(upstream).buy(purchaseOf(upstream))).toMatchObject({ result: 'sold' });
      await expect(upstream).toHaveReceived({ operation }, { times: 2 });
      expect((await upstream.admin.state()).boxOffice).toMatchObject({ sold: 2, reserved: 0, orders: 1 });
    },
  );

  test('a completion that is never answered is found by its reference', async ({ upstream }) => {
    await upstream.on({ fault: 'hang-after-work' }, { operations: ['completeOrder'] });
    const shop = shopOf(upstream, { timeoutMs: 2000, retries: 0 });
    expect(await shop.buy(purchaseOf(upstream))).toMatchObject({ result: 'sold' });
    await expect(upstream).toHaveReceived({ operation: 'findOrders' });
  });

  test('a sale of which nothing can be heard is unknown, and settled later', async ({ upstream }) => {
    const shop = shopOf(upstream);
    {
      await using _outage = await upstream.on(
        { fault: 'empty-reply' },
        { operations: ['completeOrder', 'findOrders'] },
      );
      expect(await shop.buy(purchaseOf(upstream))).toEqual({ result: 'unknown' });
    }
    const later = shopOf(upstream);
    expect(await later.settle(upstream.reference())).toMatchObject({ result: 'sold' });
    expect((await upstream.admin.state()).boxOffice.sold).toBe(2);
  });

  test('a failure that was none is believed no more than a success', async ({ upstream }) => {
    await upstream.on({ fault: 'failed-after-work' }, { operations: ['completeOrder'] });
    expect(await shopOf(upstream).buy(purchaseOf(upstream))).toMatchObject({ result: 'sold' });
  });
});

describe.concurrent('an upstream that does other than it says', () => {
  test('a success that never happened is not told to the customer', async ({ upstream }) => {
    await upstream.on({ fault: 'phantom-success' }, { operations: ['completeOrder'] });
    expect(await shopOf(upstream).buy(purchaseOf(upstream))).toEqual({ result: 'unknown' });
    expect((await upstream.admin.state()).boxOffice.sold).toBe(0);
  });

  test('keys that are forgotten sell no second time', async ({ upstream }) => {
    await upstream.on({ fault: 'forgotten-idempotency' });
    await upstream.on({ fault: 'lost-reply', limit: 1 }, { operations: ['completeOrder'] });
    expect(await shopOf(upstream).buy(purchaseOf(upstream))).toMatchObject({ result: 'sold' });
    const { data } = await upstream.admin.journal({ kind: 'event' });
    expect(data.filter(({ happened }) => happened === 'completed')).toHaveLength(1);
  });

  test('a completion that is pending is waited for', async ({ upstream }) => {
    await upstream.on({ fault: 'completion-pending', with: { after: '10m' } });
    expect(await shopOf(upstream).buy(purchaseOf(upstream))).toEqual({ result: 'unknown' });
    await upstream.clock.advance('10m');
    expect(await shopOf(upstream).settle(upstream.reference())).toMatchObject({ result: 'sold' });
  });

  test('a price other than was agreed is not charged', async ({ upstream }) => {
    await upstream.on({ fault: 'wrong-discount', with: { mode: 'price-differs' } });
    const purchase = purchaseOf(upstream, { discountCode: 'FESTIVAL20' });
    expect(await shopOf(upstream).buy(purchase)).toEqual({ result: 'refused', reason: 'price_changed' });
    expect((await upstream.admin.state()).boxOffice).toMatchObject({ sold: 0, reserved: 0 });
  });

  test('a reservation that lapses early is told as such, and nobody is charged', async ({ upstream }) => {
    await upstream.on({ fault: 'early-expiry', with: { after: '0s' } });
    const outcome = await shopOf(upstream).buy(purchaseOf(upstream));
    expect(outcome).toEqual({ result: 'refused', reason: 'reservation_expired' });
    expect((await upstream.admin.state()).boxOffice).toMatchObject({ reserved: 0, sold: 0 });
  });
});
