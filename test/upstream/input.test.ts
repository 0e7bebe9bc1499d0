// A request that is not well formed is a 400 that names every mistake with its place and what is allowed.
import { describe, expect, test } from 'vitest';
import { CUSTOMER, reserve, testUpstream } from '../support/upstream-app.ts';

const { ask, http } = testUpstream();
const RESERVE = '/v1/sessions/s1/reservations';

interface Mistake {
  path: string;
  message: string;
}

const mistakesOf = ({ status, body }: { status: number; body: { code: string; errors: Mistake[] } }): Mistake[] => {
  expect([status, body.code]).toEqual([400, 'validation_failed']);
  return body.errors;
};
const placesOf = (response: Parameters<typeof mistakesOf>[0]): string[] => mistakesOf(response).map(({ path }) => path);

describe('the query', () => {
  test('an unknown parameter is named with those that are known', async () => {
    const [mistake] = mistakesOf(await ask('listSessions', { query: { movie: 'x' } }));
    expect(mistake).toEqual({
      path: 'movie',
      message: 'unknown field; allowed: date, film, venue, status, limit, cursor',
    });
    expect(placesOf(await ask('getSession', { id: 's1', query: { a: '1', b: '2' } }))).toEqual(['a', 'b']);
    expect(placesOf(await ask('getHealth', { query: { __proto__x: '1', constructor: '2' } }))).toHaveLength(2);
  });

  test('a limit is a whole number from 1 to 100', async () => {
    for (const limit of ['0', '101', '-1', '1.5', '1e1', '0x10', '', ' 5', 'many'])
      expect(placesOf(await ask('listSessions', { query: { limit } }))).toEqual(['limit']);
    for (const limit of ['1', '100', '007']) expect((await ask('listSessions', { query: { limit } })).status).toBe(200);
  });

  test('a date is a day of the calendar', async () => {
    for (const date of ['2026-02-30', '2026-1-5', '20260105', 'today', '2026-01-05T00:00:00Z'])
      expect(placesOf(await ask('listSessions', { query: { date } }))).toEqual(['date']);
  });

  test('a status is one that there is', async () => {
    const [mistake] = mistakesOf(await ask('listSessions', { query: { status: 'sold' } }));
    expect(mistake?.message).toContain('on_sale');
  });

  test('a parameter given twice is a mistake', async () => {
    const response = await http.get('/v1/sessions?film=a&film=b');
    expect(mistakesOf(response)).toEqual([{ path: 'film', message: 'is given twice' }]);
  });

  test('finding orders takes a reference', async () => {
    expect(placesOf(await ask('findOrders'))).toEqual(['externalRef']);
    expect(placesOf(await ask('findOrders', { query: { externalRef: 'x'.repeat(101) } }))).toEqual(['externalRef']);
  });
});

describe('the body', () => {
  const post = (text: string | undefined, type?: string) => {
    const request = http.post(RESERVE);
    if (type !== undefined) request.set('Content-Type', type);
    return text === undefined ? request : request.send(text);
  };

  test('what is not JSON is said so', async () => {
    for (const text of ['{', '{"a":1,}', 'seats=C-7', "{'a':1}"])
      expect(mistakesOf(await post(text, 'application/json'))[0]?.message).toContain('not JSON');
  });

  test('only an object is a body', async () => {
    for (const text of ['[]', '"text"', '1', 'null'])
      expect(mistakesOf(await post(text, 'application/json'))[0]?.message).toContain('must be a JSON object');
    expect(mistakesOf(await post(undefined))[0]?.message).toContain('got none');
  });

  test('bytes that are not UTF-8 are not read as something else', async () => {
    const request = http.post(RESERVE).set('Content-Type', 'application/json');
    request.write(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]));
    expect(mistakesOf(await request)[0]?.message).toContain('not JSON');
  });

  test('another content type is refused by name', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=latin1'])
      expect(mistakesOf(await post('{}', type))).toEqual([
        { path: 'Content-Type', message: `must be application/json in UTF-8, got ${type}` },
      ]);
  });

  const JSON_TYPES = [
    'Application/JSON; charset=UTF-8',
    'application/merge-patch+json',
    'application/json; charset=utf8',
    'application/json;charset="utf-8"',
    'application/json; charset=us-ascii',
    'application/json; odata.metadata=minimal; charset=utf-8',
    'application/json; profile="https://example.org/p;q"',
    'application/json;',
  ];

  test('JSON with its parameters and relatives is taken', async () => {
    for (const type of ['application/json', ...JSON_TYPES])
      expect(placesOf(await post('{}', type))).not.toContain('Content-Type');
  });

  test('an operation without fields takes an empty object or nothing', async () => {
    const { id } = await reserve(ask, ['C-1']);
    expect(placesOf(await ask('extendReservation', { id, body: { minutes: 5 } }))).toEqual(['minutes']);
    expect((await ask('extendReservation', { id, body: {} })).status).toBe(200);
  });
});

describe('the fields', () => {
  const reserving = async (body: object): Promise<string[]> => placesOf(await ask('reserveSeats', { id: 's1', body }));

  test('all mistakes are told at once', async () => {
    expect(await reserving({ seats: ['C-7', 7], customerRef: '', extra: 1 })).toEqual([
      'seats[1]',
      'customerRef',
      'extra',
    ]);
  });

  test('seats are one to ten, and none of them twice', async () => {
    const seats = (count: number) => Array.from({ length: count }, (_, i) => `C-${i}`);
    expect(await reserving({ seats: [], customerRef: 'c' })).toEqual(['seats']);
    expect(await reserving({ seats: seats(11), customerRef: 'c' })).toEqual(['seats']);
    expect(await reserving({ seats: ['C-7', 'C-7'], customerRef: 'c' })).toEqual(['seats']);
    for (const count of [0, 11, 1.5, '2'])
      expect(await reserving({ bestAvailable: { count }, customerRef: 'c' })).toEqual(['bestAvailable.count']);
  });

  test('either seats or the best available, not both and not neither', async () => {
    const both = { seats: ['C-7'], bestAvailable: { count: 1 }, customerRef: 'c' };
    for (const body of [both, { customerRef: 'c' }])
      expect(mistakesOf(await ask('reserveSeats', { id: 's1', body }))).toEqual([
        { path: '', message: 'must have either seats or bestAvailable' },
      ]);
  });

  test('an order says who, what, and how it is paid', async () => {
    const good = { reservationId: 'r', customer: CUSTOMER, externalRef: 'x', payment: { method: 'seller' } };
    const wrong: [object, string][] = [
      [{ reservationId: 1 }, 'reservationId'],
      [{ externalRef: 'x'.repeat(101) }, 'externalRef'],
      [{ customer: { name: 'A' } }, 'customer.phone'],
      [{ customer: { ...CUSTOMER, email: 'nobody' } }, 'customer.email'],
      [{ customer: { ...CUSTOMER, card: '4111' } }, 'customer.card'],
      [{ payment: { method: 'cash' } }, 'payment.method'],
      [{ payment: { method: 'redirect', returnUrl: 'javascript:alert(1)' } }, 'payment.returnUrl'],
      [{ discountCode: '' }, 'discountCode'],
    ];
    for (const [part, path] of wrong)
      expect(placesOf(await ask('createOrder', { body: { ...good, ...part } }))).toEqual([path]);
    expect(placesOf(await ask('createOrder', { body: {} }))).toEqual(Object.keys(good));
  });

  test('a name that objects inherit is an unknown field like any other', async () => {
    const text = '{"seats":["C-7"],"customerRef":"c","__proto__":{"a":1},"constructor":1}';
    const response = await http.post(RESERVE).set('Content-Type', 'application/json').send(text);
    expect(placesOf(response)).toContain('constructor');
  });
});
