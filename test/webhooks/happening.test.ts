// Which webhooks the box office's own doings make: a whole purchase, and each of the ways in which one ends.
import { describe, expect, test } from 'vitest';
import type { Fact } from '../../src/box-office/facts.ts';
import { HONEST } from '../../src/box-office/terms.ts';
import { bodyOf, type Happening, happeningOf } from '../../src/webhooks/happening.ts';
import { orderByRedirect } from '../box-office/redirect-order.ts';
import { type Stage, stage, TTL_MS } from '../box-office/stage.ts';

/** Everything that is told of this box office from now on. */
function listening({ office }: Stage): { readonly told: Happening[]; types(): string[] } {
  const told: Happening[] = [];
  office.facts.subscribe((fact: Fact) => {
    const happening = happeningOf(fact);
    if (happening) told.push(happening);
  });
  return { told, types: () => told.map(({ type }) => type) };
}

describe('an order paid by redirect', () => {
  test('is told of as its payment succeeds, as it is paid, and as it is completed', async () => {
    const house = await orderByRedirect(stage);
    const { told, types } = listening(house);
    await house.pay(1, 'succeeds');
    await house.complete();
    expect(types()).toEqual(['payment.succeeded', 'order.paid', 'order.completed']);
    expect(told.map(({ id }) => id)).toEqual([house.payment, house.id, house.id]);
    expect(told.every(({ orderId, subject }) => orderId === house.id && subject === house.id)).toBe(true);
  });

  test('whose card is declined three times is told to have failed', async () => {
    const house = await orderByRedirect(stage);
    const { told, types } = listening(house);
    for (const attempt of [1, 2, 3]) await house.pay(attempt, 'declined');
    expect(types()).toEqual(['payment.failed']);
    expect(told[0]?.id).toBe(house.payment);
  });

  test('that is never paid expires, and its payment is canceled', async () => {
    const house = await orderByRedirect(stage);
    const { types } = listening(house);
    house.clock.advance(TTL_MS);
    await house.read().catch(() => undefined);
    expect(types().sort()).toEqual(['order.expired', 'payment.canceled']);
  });

  test('that is paid and not completed is refunded, and not told to have expired', async () => {
    const house = await orderByRedirect(stage);
    const { types } = listening(house);
    await house.pay(1, 'succeeds');
    house.clock.advance(TTL_MS);
    await house.read();
    expect(types().filter((type) => type.startsWith('order.'))).toEqual(['order.paid', 'order.refunded']);
  });
});

describe('an order that its seller is paid for', () => {
  test('is told of as it is completed, and once as its money is to be given back', async () => {
    const house = stage();
    const { types } = listening(house);
    const { client, id } = await house.sell({});
    await house.office.cancelOrder(client, id, HONEST);
    expect(types()).toEqual(['order.completed', 'order.refunded']);
  });

  test('that is canceled before is told to be canceled', async () => {
    const house = stage();
    const { types } = listening(house);
    const { client, id } = await house.order(await house.reserve({}));
    await house.office.cancelOrder(client, id, HONEST);
    expect(types()).toEqual(['order.canceled']);
  });
});

test('a reservation that lapses is told with its own id and no order', async () => {
  const house = stage();
  const { told } = listening(house);
  const { id } = await house.reserve({});
  house.clock.advance(TTL_MS);
  await house.office.reservation('alpha', id, HONEST);
  const [happening] = told;
  if (!happening) throw new Error('nothing was told');
  expect(JSON.parse(bodyOf(happening, 'w'))).toEqual({
    type: 'reservation.expired',
    timestamp: new Date(happening.at).toISOString(),
    data: { id, world: 'w' },
  });
});
