// A long game does not fill the memory: what ended long ago is forgotten, what stands never.
import { expect, test } from 'vitest';
import { endedPerSession, MAX_ENDED, MAX_ENDED_PER_SESSION } from '../../src/box-office/state/forgetting.ts';
import type { Ledger } from '../../src/box-office/state/ledger.ts';
import { HONEST } from '../../src/box-office/terms.ts';
import { overStores, refusal, stage } from './stage.ts';

overStores((open) => {
  test('the oldest ended reservations and orders of a session are forgotten above a bound', async () => {
    const { office, store, reserve, order, sell } = open();
    const sold = await sell({ seats: ['D-1'] });
    const first = await reserve({});
    const canceled = await order(first, { externalRef: 'first' });
    await office.cancelOrder('alpha', canceled.id, HONEST);
    for (let i = 0; i < 3 * MAX_ENDED_PER_SESSION; i++) {
      const { id } = await reserve({});
      await office.release('alpha', id, HONEST);
    }
    const [ledger] = [...store.all('session')].map(([, state]) => state as Ledger);
    expect(ledger?.reservations.size).toBeLessThanOrEqual(40 + MAX_ENDED_PER_SESSION + 101);
    await refusal(office.reservation('alpha', first.id), 'not_found');
    await refusal(office.order('alpha', canceled.id), 'not_found');
    expect(await office.findOrders('alpha', 'first', 0, 10)).toEqual({ items: [] });
    expect((await office.order('alpha', sold.id)).status).toBe('completed');
    expect(office.invariants()).toEqual([]);
  });
});

test('where sessions are many, each keeps its part of what all may keep', () => {
  for (const sessions of [1, 100, 1800, 1_000_000]) {
    const kept = endedPerSession(sessions);
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThanOrEqual(MAX_ENDED_PER_SESSION);
    if (sessions < MAX_ENDED) expect(kept * sessions).toBeLessThanOrEqual(MAX_ENDED);
  }
});

test('ids that were counted for too many clients are never given twice', async () => {
  const { store, reserve, office } = stage();
  const seen = new Set<string>();
  for (let i = 0; i < 10_100; i++) {
    const client = `client-${i}`;
    const { id } = await reserve({ client });
    seen.add(id);
    await office.release(client, id, HONEST);
  }
  const [ledger] = [...store.all('session')].map(([, state]) => state as Ledger);
  expect(ledger?.minted.size).toBe(10_000);
  expect(seen.size).toBe(10_100);
});
