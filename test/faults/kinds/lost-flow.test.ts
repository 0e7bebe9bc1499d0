// lost-flow: what was in hand is gone for good, and its seats are still held.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { probe, requestText } from '../../../src/doctor/probe.ts';
import { reserved } from '../../support/flows.ts';
import { describeKind } from '../../support/kinds.ts';
import { type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';
import { ask } from '../../support/seller.ts';

describeKind(
  'lost-flow',
  {},
  {
    ask: async (upstream, forMs) => {
      const { id } = await reserved(upstream);
      return probe({ port: upstream.port, request: requestText('POST', `/v1/reservations/${id}/extend`), forMs });
    },
    done: ({ world }) =>
      world.journal
        .query({ kind: 'exchange', limit: 1000 })
        .data.filter(({ workedAt, status }) => workedAt !== null && status === 200).length,
  },
);

let upstream: OpenUpstream;
beforeAll(async () => {
  upstream = await openUpstream();
});
afterAll(() => upstream.close());

test('struck once, it stays unknown after all clear, while its seats stay held', async () => {
  const { id } = await reserved(upstream);
  const order = {
    reservationId: id,
    customer: { name: 'Ada', phone: '0912' },
    externalRef: 'ref-1',
    payment: { method: 'seller' },
  };
  const created = await ask(`${upstream.url}/v1/orders`, { method: 'POST', json: order });
  expect(created.status).toBe(201);
  const held = upstream.world.totals().reserved;
  upstream.arm({ fault: 'lost-flow', match: { operations: ['completeOrder'] } });
  const complete = { method: 'POST', headers: { 'Idempotency-Key': 'k-1' } };
  const lost = await ask(`${upstream.url}/v1/orders/${created.body.id}/complete`, complete);
  expect([lost.status, lost.body.code, lost.body.retryable]).toEqual([404, 'not_found', false]);
  await upstream.heal();
  for (const path of [`/v1/orders/${created.body.id}`, `/v1/reservations/${id}`])
    expect((await ask(upstream.url + path)).status).toBe(404);
  expect((await ask(`${upstream.url}/v1/orders?externalRef=ref-1`)).body.data).toEqual([]);
  expect(upstream.world.totals().reserved).toBe(held);
  expect(upstream.world.boxOffice.invariants()).toEqual([]);
});
