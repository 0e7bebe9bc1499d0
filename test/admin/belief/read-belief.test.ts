// What a seller believes is read as it was meant, or refused with the place, the value and what is allowed.
import { describe, expect, test } from 'vitest';
import { MAX_ROWS } from '../../../src/admin/belief/belief-row.ts';
import { type BeliefType, readBelief } from '../../../src/admin/belief/read-belief.ts';

const read = (text: string | Buffer, type: BeliefType = 'text/csv') => readBelief(Buffer.from(text), type);
const rowsOf = (text: string) => {
  const found = read(text);
  if ('errors' in found) throw new Error(JSON.stringify(found.errors));
  return found.rows;
};
const errorsOf = (text: string | Buffer, type?: BeliefType): string[] => {
  const found = read(text, type);
  return 'errors' in found ? found.errors.map(({ path, message }) => `${path}: ${message}`) : [];
};

describe('CSV', () => {
  const two = [
    { externalRef: 'a', completed: true, seats: 2, amount: 500 },
    { externalRef: 'b', completed: false, seats: null, amount: null },
  ];

  test.each([
    ['lines', 'externalRef,completed,seats,amount\na,true,2,500\nb,false,,\n'],
    [
      'lines of Windows, and a byte order mark',
      '\uFEFFexternalRef,completed,seats,amount\r\na,true,2,500\r\nb,false,,\r\n',
    ],
    ['columns in another order', 'amount,seats,completed,externalRef\n500,2,TRUE,a\n,,False,b'],
    ['quotes', '"externalRef","completed","seats","amount"\n"a","true","2","500"\n"b","false","",""'],
    [
      'empty lines, and lines of empty cells',
      '\nexternalRef,completed,seats,amount\n\na,true,2,500\n,,,\nb,false,,\n\n',
    ],
    ['blanks around cells', 'externalRef, completed ,seats,amount\na, true , 2,500 \nb,false,,'],
  ])('is read with %s', (_, text) => expect(rowsOf(text)).toEqual(two));

  test('may do without seats and amount, and without orders', () => {
    expect(rowsOf('completed,externalRef\ntrue,a')).toEqual([
      { externalRef: 'a', completed: true, seats: null, amount: null },
    ]);
    expect(rowsOf('completed,externalRef\n')).toEqual([]);
  });

  test('keeps commas, quotes, line breaks and blanks of a reference, and every row of one that comes twice', () => {
    const text = 'externalRef,completed\n"a,""b""\n c",true\n"a,""b""\n c",false\n';
    expect(rowsOf(text).map(({ externalRef }) => externalRef)).toEqual(Array(2).fill('a,"b"\n c'));
  });

  test('takes seats as their number or as their ids', () => {
    const rows = rowsOf('externalRef,completed,seats\na,true,0\nb,true,C-7\nc,true,C-7  D-12');
    expect(rows.map(({ seats }) => seats)).toEqual([0, ['C-7'], ['C-7', 'D-12']]);
  });

  test.each([
    [
      '12.50',
      'externalRef,completed,amount\na,true,12.50',
      'line 2 amount: must be empty, or a whole number of minor units without point or sign, got "12.50"',
    ],
    ['1,250 in quotes', 'externalRef,completed,amount\n\na,true,"1,250"', 'line 3 amount: .* got "1,250"'],
    ['a negative amount', 'externalRef,completed,amount\na,true,-5', 'line 2 amount: .* got "-5"'],
    ['1e3', 'externalRef,completed,amount\na,true,1e3', 'line 2 amount: .* got "1e3"'],
    ['yes', 'externalRef,completed\na,yes', 'line 2 completed: must be true or false, got "yes"'],
    ['no reference', 'externalRef,completed\n,true', 'line 2 externalRef: must be 1 to 100 characters, got ""'],
    [
      'half a seat',
      'externalRef,completed,seats\na,true,1.5',
      'line 2 seats: must be empty, how many seats .* got "1.5"',
    ],
    ['seats parted by commas', 'externalRef,completed,seats\na,true,"C-7,C-8"', 'line 2 seats: .* got "C-7,C-8"'],
    ['too few cells', 'externalRef,completed,amount\na,true', '^line 2: has 2 fields, and the header line has 3$'],
    ['too many cells', 'externalRef,completed\n\na,true,5', '^line 3: has 3 fields, and the header line has 2$'],
    ['a quote without end', 'externalRef,completed\n"a,true\nb,true', '^line 2: has a quote that is never closed$'],
    [
      'a quote without end, after empty lines',
      'externalRef,completed\r\na,true\r\n\r\n"b,true',
      '^line 4: has a quote',
    ],
    ['a quote in a field', 'externalRef,completed\na"b,true', '^line 2: has a quote in a field: .* is doubled$'],
    ['a quote not doubled', 'externalRef,completed\na,true\n"a"b,true', '^line 3: has a quote in a field'],
    [
      'a line too long',
      `externalRef,completed\na,true\n"${'x'.repeat(40_000)}",true`,
      '^line 3: has more than 32768 bytes',
    ],
    ['a missing column', 'externalRef,amount\na,5', 'line 1: lacks the column completed; it must be a header line'],
    ['an unknown column', 'externalRef,completed,seat\na,true,5', 'line 1: unknown column "seat".* did you mean seats'],
    ['semicolons', 'externalRef;completed\na;true', 'line 1: unknown column "externalRef;completed"'],
    ['a column twice', 'externalRef,completed,completed\na,true,true', 'line 1: has the column completed twice'],
    ['nothing', '', 'is empty: it must begin with a header line'],
  ])('with %s is refused', (_, text, said) => expect(errorsOf(text)[0]).toMatch(new RegExp(said)));

  test('says everything that is wrong, up to fifty mistakes', () => {
    const lines = Array.from({ length: 80 }, (_, index) => `r${index},perhaps`);
    const errors = errorsOf(`externalRef,completed\n${lines.join('\n')}`);
    expect(errors).toHaveLength(51);
    expect(errors[50]).toBe(': and 30 more');
  });

  test(`with more than ${MAX_ROWS} orders is refused`, () => {
    const rows = 'r,true\n'.repeat(MAX_ROWS);
    expect(rowsOf(`externalRef,completed\n${rows}`)).toHaveLength(MAX_ROWS);
    expect(errorsOf(`externalRef,completed\n${rows}r,true\n`)).toEqual([`: has more than ${MAX_ROWS} orders`]);
  });

  test('that is not UTF-8 is refused', () => expect(errorsOf(Buffer.from([0x61, 0xff]))).toEqual([': is not UTF-8']));
});

describe('JSON', () => {
  const json = (value: unknown) => errorsOf(JSON.stringify(value), 'application/json');

  test('has the client, and null for what is not said', () => {
    const orders = [{ externalRef: 'a', completed: true, seats: ['C-7'], amount: null }];
    expect(read(JSON.stringify({ client: 'shop', orders }), 'application/json')).toEqual({
      client: 'shop',
      rows: orders,
    });
  });

  test.each([
    [
      'a row that is no order',
      { orders: [{ externalRef: 'a', completed: true }, 7] },
      'orders[1]: must have fields: externalRef, completed, seats, amount, got 7',
    ],
    [
      'a row of nothing',
      { orders: [null] },
      'orders[0]: must have fields: externalRef, completed, seats, amount, got null',
    ],
    ['a list in the place of a row', { orders: [['a', true]] }, 'seats, amount, got a list'],
    ['one order alone', { orders: { externalRef: 'a', completed: true } }, ', got fields'],
    [
      'a reference alone',
      { orders: ['a'] },
      'orders[0]: must be a form such as { externalRef: a, completed: … }, got "a"',
    ],
    ['a missing field', { orders: [{ externalRef: 'a' }] }, 'orders[0].completed: is missing'],
    ['a fraction', { orders: [{ externalRef: 'a', completed: true, amount: 1.5 }] }, 'orders[0].amount: must be'],
    ['an unknown field', { orders: [{ externalRef: 'a', completed: true, seat: 1 }] }, 'orders[0].seat: unknown field'],
    ['no orders', {}, 'orders: is missing'],
    ['a list', [], ': must be'],
  ])('with %s is refused', (_, value, said) => expect(json(value)[0]).toContain(said));

  test('with a field that no object can have is refused, with its place', () => {
    const row = '{"externalRef":"a","completed":true,"__proto__":{"amount":5}}';
    const said = errorsOf(`{"__proto__":{},"orders":[${row}]}`, 'application/json');
    expect(said).toEqual([
      expect.stringMatching(/^orders\[0\]\.__proto__: unknown field/),
      expect.stringMatching(/^__proto__: unknown field/),
    ]);
  });

  test('that is cut off is refused', () => {
    expect(errorsOf('{"orders":[', 'application/json')[0]).toMatch(/^: is not JSON: /);
  });
});
