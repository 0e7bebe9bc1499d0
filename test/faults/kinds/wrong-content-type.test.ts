// wrong-content-type: the true body under a type that it is not.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { checkRule } from '../../../src/faults/check.ts';
import { askList, describeKind } from '../../support/kinds.ts';
import { type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';
import { reserveOne } from '../../support/seller.ts';

describeKind('wrong-content-type');

let upstream: OpenUpstream;
beforeAll(async () => {
  upstream = await openUpstream();
});
afterEach(async () => void (await upstream.heal()));
afterAll(() => upstream.close());

test('the body and its length are the true ones, the type is the asked one, once', async () => {
  const honest = await askList(upstream);
  upstream.arm({ fault: 'wrong-content-type', with: { type: 'application/pdf' } });
  const sight = await askList(upstream);
  expect(sight.body).toBe(honest.body);
  expect(sight.raw.match(/content-type/gi)).toHaveLength(1);
  expect(sight.headers.get('content-type')).toBe('application/pdf');
});

test('the work stands: what was reserved under a wrong type is reserved', async () => {
  upstream.arm({ fault: 'wrong-content-type', match: { operations: ['reserveSeats'] } });
  const reserved = await reserveOne(upstream.url);
  expect([reserved.status, reserved.headers.get('content-type')]).toEqual([201, 'text/html; charset=utf-8']);
  expect(upstream.world.totals()).toMatchObject({ reserved: 1 });
});

test('has its say also in what another rule answers', async () => {
  upstream.arm({ fault: 'error-status' }, { fault: 'wrong-content-type' });
  const answer = await fetch(`${upstream.url}/v1/sessions`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8']);
});

test.each(['html', 'text/html\r\nX-More: 1', 'text/ html', ''])('the type %j is refused', (type) => {
  const result = checkRule({ fault: 'wrong-content-type', with: { type } }, { operations: [], doors: [] });
  expect(result).toHaveProperty('mistakes');
});
