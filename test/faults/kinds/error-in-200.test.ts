// error-in-200: a 200 whose body says that it failed, though the work stands.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { describeKind } from '../../support/kinds.ts';
import { type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';
import { ask, reserveOne } from '../../support/seller.ts';

describeKind('error-in-200');

let upstream: OpenUpstream;
beforeAll(async () => {
  upstream = await openUpstream();
});
afterEach(async () => void (await upstream.heal()));
afterAll(() => upstream.close());

test('says failed in a problem document, as plain JSON and under a 200', async () => {
  upstream.arm({ fault: 'error-in-200' });
  const { status, headers, body } = await ask(`${upstream.url}/v1/sessions`);
  expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
  expect(body).toMatchObject({ status: 500, code: 'internal', requestId: headers.get('x-request-id') });
});

test('says failed in a result code of your choice', async () => {
  upstream.arm({ fault: 'error-in-200', with: { style: 'result-code', result: 7 } });
  const { status, body } = await ask(`${upstream.url}/v1/sessions`);
  expect([status, body]).toEqual([200, { Result: 7, Message: expect.any(String) }]);
});

test('what "failed" stands, and the same key gives the true answer afterwards', async () => {
  upstream.arm({
    fault: 'error-in-200',
    with: { style: 'result-code' },
    match: { operations: ['reserveSeats'] },
    limit: 1,
  });
  const first = await reserveOne(upstream.url, { 'Idempotency-Key': 'one' });
  expect([first.status, first.body.Result]).toEqual([200, 4]);
  expect(upstream.world.totals()).toMatchObject({ reserved: 1 });
  const again = await reserveOne(upstream.url, { 'Idempotency-Key': 'one' });
  expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
  expect(upstream.world.totals()).toMatchObject({ reserved: 1 });
});
