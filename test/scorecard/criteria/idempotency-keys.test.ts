// A repeat of a reservation, an order or a completion is known by what it asks for, whatever its key is.
import { expect, test } from 'vitest';
import { idempotencyKeys } from '../../../src/scorecard/criteria/idempotency-keys.ts';
import type { Attempt } from '../../../src/scorecard/evidence.ts';
import { type AttemptParts, attempt, happened, judged, many } from '../../support/evidence.ts';
import { BUSY, LOST } from '../../support/virtual-shop.ts';

/** A completion of one order, tried by these keys, each after the one before was lost. */
const tries = (order: string, keys: readonly (string | null)[], first: AttemptParts = LOST): Attempt[] =>
  keys.map((idempotencyKey, at) =>
    attempt(at * 10_000, { operation: 'completeOrder', order, idempotencyKey, ...(at < keys.length - 1 && first) }),
  );

/** Of orders and reservations that there are. */
const found = (attempts: readonly Attempt[]) =>
  judged(idempotencyKeys, {
    attempts,
    happened: attempts.map(({ at, reservation, order }) =>
      happened(at, 'reserved', { order, reservation: reservation ?? `of ${order}` }),
    ),
  });

const kept = (count: number): Attempt[] => many(count, (n) => tries(`kept-${n}`, [`k${n}`, `k${n}`])).flat();

test('repeats under the same key pass', () => {
  expect(found(kept(3))).toMatchObject({ verdict: 'pass', n: 3, figure: 1 });
});

test('one repeat under another key fails, and is shown with what it repeats', () => {
  const verdict = found([...kept(19), ...tries('o', ['a', 'b'])]);
  expect(verdict).toMatchObject({ verdict: 'fail', n: 20, figure: 0.95, more: { newKey: 1 } });
  expect(verdict.evidence).toEqual(['completeOrder@0', 'completeOrder@10000']);
  expect(found(tries('o', ['a', 'b'])).verdict).toBe('fail');
});

test('a repeat without a key fails', () => {
  const attempts = many(3, (n) =>
    [0, 9000].map((at) => attempt(at, { operation: 'createOrder', reservation: `r${n}`, ...(at === 0 && LOST) })),
  ).flat();
  expect(found(attempts)).toMatchObject({ verdict: 'fail', n: 3, more: { withoutKey: 3 } });
});

test('another body under the same key, and no key where one is needed, are told by their answers', () => {
  const said = [
    attempt(0, { operation: 'createOrder', status: 422, code: 'idempotency_key_reused', idempotencyKey: 'a' }),
    attempt(1, { operation: 'completeOrder', status: 400, code: 'idempotency_key_missing' }),
  ];
  const verdict = found(said);
  expect(verdict).toMatchObject({ verdict: 'fail', n: 2, more: { otherBody: 1, withoutKey: 1 } });
});

test('another key after it was turned away warns, since nothing was done', () => {
  const attempts = many(3, (n) => tries(`o${n}`, ['a', 'b'], BUSY)).flat();
  expect(found(attempts)).toMatchObject({ verdict: 'warn', n: 3, figure: 0 });
});

test('another key fails where its first try was lost, though its second was turned away', () => {
  const [lost, busy, again] = tries('o', ['a', 'a', 'b']) as [Attempt, Attempt, Attempt];
  const attempts = [lost, { ...busy, ...BUSY, ended: 'answered' } as Attempt, again];
  expect(found(attempts).verdict).toBe('fail');
});

test('another key while the first try is still open fails', () => {
  const [open, other] = tries('o', ['a', 'b']) as [Attempt, Attempt];
  expect(found([{ ...open, endedAt: null, ended: null }, other]).verdict).toBe('fail');
});

test('a new key after a definite answer is a new decision, and no repeat', () => {
  const attempts = tries('o', ['a', 'b'], { status: 402, code: 'payment_failed' });
  expect(found(attempts)).toMatchObject({ verdict: 'no-data', n: 0 });
});

test('a new key after "still in progress" is a repeat of what is in progress', () => {
  const [lost, busy, again] = tries('o', ['a', 'a', 'b']) as [Attempt, Attempt, Attempt];
  const waiting: Partial<Attempt> = { ended: 'answered', status: 409, code: 'idempotency_in_progress' };
  const verdict = found([lost, { ...busy, ...waiting }, again]);
  expect(verdict).toMatchObject({ verdict: 'fail', n: 2, more: { newKey: 1 } });
});

test('reservations that are alike are repeats only where one alone can be meant', () => {
  const alike = { operation: 'reserveSeats', session: 's', customer: 'c' };
  const lost = (at: number, key: string) => attempt(at, { ...alike, ...LOST, idempotencyKey: key });
  const next = attempt(9000, { ...alike, idempotencyKey: 'z' });
  expect(found([lost(0, 'a'), next])).toMatchObject({ verdict: 'fail', n: 1 });
  const several = [lost(0, 'a'), lost(1, 'b'), next];
  expect(found(several)).toMatchObject({ verdict: 'no-data', n: 0 });
});

test('completions of an order that there never was repeat nothing', () => {
  const attempts = many(5, (n) =>
    attempt(n * 10_000, { operation: 'completeOrder', order: 'undefined', idempotencyKey: `k${n}`, ...LOST }),
  );
  expect(judged(idempotencyKeys, { attempts })).toMatchObject({ verdict: 'no-data', n: 0 });
});

test('without a repeat, or with two that are well, there is no data', () => {
  expect(found(tries('o', ['a']))).toMatchObject({ verdict: 'no-data', n: 0 });
  expect(found(kept(2))).toMatchObject({ verdict: 'no-data', n: 2 });
  expect(found([]).verdict).toBe('no-data');
});
