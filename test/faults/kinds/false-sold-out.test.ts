// false-sold-out: the same lie everywhere, also to whoever asks with an old ETag, and none of it remembered.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seatMapShape, sessionPageShape } from '../../../src/upstream/operations/schemas.ts';
import { describeKind } from '../../support/kinds.ts';
import { type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';
import { ask, reserveOne } from '../../support/seller.ts';

describeKind('false-sold-out');

let upstream: OpenUpstream;
beforeAll(async () => {
  upstream = await openUpstream();
});
afterAll(() => upstream.close());

test('every view lies alike, and tells the truth again when it is over', async () => {
  const read = async () => ({
    list: sessionPageShape.parse((await ask(`${upstream.url}/v1/sessions`)).body).data,
    one: (await ask(`${upstream.url}/v1/sessions/s1`)).body,
    map: seatMapShape.parse((await ask(`${upstream.url}/v1/sessions/s1/seat-map`)).body),
  });
  const truth = await read();
  upstream.arm({ fault: 'false-sold-out' });
  const { list, one, map } = await read();
  expect(list.map(({ status }) => status)).toEqual([...Array(5).fill('sold_out'), 'scheduled']);
  for (const { available } of list.slice(0, 5)) expect(available).toBe(0);
  expect(one).toEqual(list[0]);
  const seats = new Set(map.rows.flatMap((row) => row.seats.map(({ status }) => status)));
  expect([...seats].sort()).toEqual(['blocked', 'sold']);
  expect((await ask(`${upstream.url}/v1/sessions?status=on_sale`)).body.data).toEqual([]);
  await upstream.heal();
  expect(await read()).toEqual(truth);
});

test('who asks with the ETag of the true seat map is shown the false one', async () => {
  const url = `${upstream.url}/v1/sessions/s1/seat-map`;
  const etag = (await ask(url)).headers.get('etag') ?? '';
  upstream.arm({ fault: 'false-sold-out' });
  const lie = await ask(url, { headers: { 'If-None-Match': etag } });
  expect(lie.status).toBe(200);
  await upstream.heal();
  const truth = await ask(url, { headers: { 'If-None-Match': lie.headers.get('etag') ?? '' } });
  expect([truth.status, truth.headers.get('etag')]).toEqual([200, etag]);
});

test('whoever reserves is told that the seats are taken, and they are free', async () => {
  const before = upstream.world.totals();
  upstream.arm({ fault: 'false-sold-out', match: { operations: ['reserveSeats'] } });
  const named = await ask(`${upstream.url}/v1/sessions/s1/reservations`, {
    method: 'POST',
    json: { seats: ['B-1', 'B-2'], customerRef: 'ada' },
  });
  expect([named.status, named.body.code, named.body.seats]).toEqual([409, 'seat_unavailable', ['B-1', 'B-2']]);
  expect((await reserveOne(upstream.url)).status).toBe(409);
  expect(upstream.world.totals()).toEqual(before);
  await upstream.heal();
  expect((await reserveOne(upstream.url)).status).toBe(201);
});
