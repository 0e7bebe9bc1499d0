// Attempts and happenings come out of rows as they went in, whatever they are, and a long way off.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ENDS, HAPPENINGS } from '../../src/journal/entry.ts';
import { ATTEMPT_LAYOUT, AttemptWriter, type OwnedAttempt, RowAttempt } from '../../src/scorecard/attempt-rows.ts';
import { type Chunk, Columns } from '../../src/scorecard/columns.ts';
import type { Happened } from '../../src/scorecard/evidence.ts';
import {
  HAPPENED_LAYOUT,
  HappenedWriter,
  type OwnedHappening,
  RowHappened,
} from '../../src/scorecard/happened-rows.ts';
import { Names } from '../../src/scorecard/names.ts';
import { RowReader } from '../../src/scorecard/row-reader.ts';
import { type Layout, MAX_ROWS, type Rows } from '../../src/scorecard/rows.ts';

/** Some twelve days, either way. */
const DAYS_MS = 2 ** 30;
const moment = fc.integer({ min: -DAYS_MS / 2, max: DAYS_MS / 2 });
const large = fc.integer({ min: -1, max: 2 ** 31 - 1 });
const text = fc.string({ maxLength: 8 });
const or = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });

const attempts: fc.Arbitrary<OwnedAttempt> = fc.record({
  ...{ requestId: text, client: text, operation: text, method: text, fingerprint: text },
  ...{ at: moment, endedAt: or(moment), firstByteAt: or(moment), workedAt: or(moment), retryAfterMs: or(large) },
  ...{ ended: or(fc.constantFrom(...ENDS)), status: or(fc.integer({ min: 200, max: 599 })), connection: large },
  ...{ idempotencyKey: or(text), declared: or(fc.nat()), invocation: or(text), traceId: or(text), code: or(text) },
  ...{ isWrongType: fc.boolean(), isConditional: fc.boolean(), isReplay: fc.boolean(), isHit: fc.boolean() },
  ...{ session: or(text), reservation: or(text), order: or(text), externalRef: or(text), customer: or(text) },
});

const happenings: fc.Arbitrary<OwnedHappening> = fc.record({
  ...{ at: moment, happened: fc.constantFrom(...HAPPENINGS), boxOfficeAt: fc.integer({ min: 0, max: 2 ** 45 }) },
  ...{ client: text, session: text, reservation: text, order: or(text), externalRef: or(text), seats: fc.nat() },
});

interface Writer<Item> {
  add(item: Item): Rows | undefined;
  rest(): Rows;
}

interface Form<Item, Read> {
  readonly writer: Writer<Item>;
  readonly layout: Layout;
  readonly make: (of: Chunk, row: number) => Read;
}

const attemptForm = (): Form<OwnedAttempt, OwnedAttempt<number>> => ({
  ...{ writer: new AttemptWriter(), layout: ATTEMPT_LAYOUT, make: (of, row) => new RowAttempt(of, row) },
});

const happenedForm = (): Form<OwnedHappening, Happened<number>> => ({
  ...{ writer: new HappenedWriter(), layout: HAPPENED_LAYOUT, make: (of, row) => new RowHappened(of, row) },
});

/** In the order in which they were given, each as the row of its client. */
function through<Item extends { readonly client: string }, Read>(
  given: readonly Item[],
  form: Form<Item, Read>,
  names = new Names(),
): Read[] {
  const { writer, layout, make } = form;
  const full = given.map((item) => writer.add(item)).filter((rows) => rows !== undefined);
  const all: Read[] = [];
  const columns = new Map<string, Columns>();
  const reader = new RowReader(layout, (client, texts) => {
    const own = columns.get(client) ?? new Columns(layout, texts, (of, row) => all.push(make(of, row)));
    columns.set(client, own);
    return { columns: own, names };
  });
  for (const rows of [...full, writer.rest()]) reader.take(structuredClone(rows));
  return all;
}

/** What only tells things apart. */
const NAMED = new Set([
  ...['idempotencyKey', 'invocation', 'traceId', 'fingerprint'],
  ...['reservation', 'order', 'externalRef', 'customer'],
]);

/** The given one, as it is to be read. */
const asNamed = (given: object, names: Names): object =>
  Object.fromEntries(
    Object.entries(given).map(([field, value]) => [
      field,
      NAMED.has(field) && value !== null ? names.ofText(value) : value,
    ]),
  );

/** What the given one has, as the other says it. */
const asTold = (given: object, read: object): object =>
  Object.fromEntries(Object.keys(given).map((field) => [field, (read as Record<string, unknown>)[field]]));

test('attempts come out as they went in, with numbers for what is named', () => {
  fc.assert(
    fc.property(fc.array(attempts, { maxLength: 20 }), (given) => {
      const names = new Names();
      const read = through(given, attemptForm(), names);
      expect(given.map((one, at) => asTold(one, read[at] as object))).toEqual(given.map((one) => asNamed(one, names)));
    }),
  );
});

test('happenings come out as they went in, with numbers for what is named', () => {
  fc.assert(
    fc.property(fc.array(happenings, { maxLength: 20 }), (given) => {
      const names = new Names();
      const read = through(given, happenedForm(), names);
      const told = given.map(({ client: _, ...one }) => one);
      expect(told.map((one, at) => asTold(one, read[at] as object))).toEqual(told.map((one) => asNamed(one, names)));
    }),
  );
});

test('more rows than are handed over at once, with more different texts than are looked up', () => {
  const [one] = fc.sample(attempts, { numRuns: 1, seed: 7 }) as [OwnedAttempt];
  const count = 20 * MAX_ROWS + 3;
  const names = new Names();
  const read = through(
    Array.from({ length: count }, (_, at) => ({ ...one, requestId: `r${at}`, fingerprint: `f${at % 20_000}` })),
    attemptForm(),
    names,
  );
  expect(read.length).toBe(count);
  const isWrong = ({ requestId, fingerprint }: OwnedAttempt<number>, at: number): boolean =>
    requestId !== `r${at}` || fingerprint !== names.ofText(`f${at % 20_000}`);
  expect(read.findIndex(isWrong)).toBe(-1);
});

test('what takes longer than 24 days is told as taking 24', () => {
  const [one] = fc.sample(attempts, { numRuns: 1, seed: 7 }) as [OwnedAttempt];
  const [read] = through([{ ...one, at: 5, endedAt: 2 ** 40 }], attemptForm());
  expect(read?.endedAt).toBe(5 + 2 ** 31 - 1);
});
