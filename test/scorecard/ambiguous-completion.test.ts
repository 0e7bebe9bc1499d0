// Completions that are done and whose answers are lost, and what two shops make of that: from attempts to the gate.
import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../src/scorecard/criterion.ts';
import { type ClientScorecard, scoreClient } from '../../src/scorecard/score.ts';
import { thresholdsOf } from '../../src/scorecard/thresholds.ts';
import { type AttemptParts, many } from '../support/evidence.ts';
import { LOST, VirtualShop } from '../support/virtual-shop.ts';

const CUSTOMERS = 20;
const SILENCE_MS = 120_000;

/** Of all completions of a first try the answer is lost, one way or another. */
const LOSSES: readonly AttemptParts[] = [LOST, { status: 504 }, { ...LOST, ended: 'reset', tookMs: 30 }];

type ShopRule = (shop: VirtualShop, reference: string, lost: AttemptParts) => void;

/** Tries once more from the beginning when it was not told that all is well. */
const naive: ShopRule = (shop, reference, lost) => {
  shop.buy(reference, lost);
  shop.wait(1000).buy(reference);
};

/** Asks what became of it, and completes under the same key where nothing did. */
const careful: ShopRule = (shop, reference, lost) => {
  const idempotencyKey = `complete ${reference}`;
  shop.buy(reference, { ...lost, idempotencyKey });
  for (const order of shop.wait(1000).findOrders(reference))
    if (!shop.isCompleted(order)) shop.complete(order, { idempotencyKey });
};

/** Repeats under the same key. */
const repeating: ShopRule = (shop, reference, lost) => {
  const idempotencyKey = `complete ${reference}`;
  const order = shop.buy(reference, { ...lost, idempotencyKey });
  shop.wait(1000).complete(order, { idempotencyKey });
};

/** Repeats under another key, and is told that the order is completed. */
const rekeying: ShopRule = (shop, reference, lost) => {
  const order = shop.buy(reference, { ...lost, idempotencyKey: `complete ${reference}` });
  shop.wait(1000).complete(order, { idempotencyKey: `complete ${reference} again` });
};

function scored(rule: ShopRule): ClientScorecard {
  const shop = new VirtualShop();
  const faults = [{ from: 0, to: CUSTOMERS * 10_000 }];
  for (const n of many(CUSTOMERS, (number) => number)) {
    shop.now = n * 10_000;
    rule(shop, `a${n}`, LOSSES[n % LOSSES.length] as AttemptParts);
  }
  return scoreClient(shop.wait(SILENCE_MS).evidence({ faults }), thresholdsOf());
}

const verdicts = ({ criteria }: ClientScorecard): Record<string, Verdict> =>
  Object.fromEntries(criteria.flatMap(({ name, counts, verdict }) => (counts === 'gate' ? [[name, verdict]] : [])));

const rowOf = ({ criteria }: ClientScorecard, wanted: string) => criteria.find(({ name }) => name === wanted);

describe('where completions are done and their answers lost', () => {
  test('a shop that orders again under a new reservation ends with duplicates, and fails the gate', () => {
    const scorecard = scored(naive);
    expect(scorecard.gate).toBe('fail');
    expect(rowOf(scorecard, 'duplicate-orders')).toMatchObject({
      verdict: 'fail',
      n: 2 * CUSTOMERS,
      figure: CUSTOMERS,
    });
    expect(rowOf(scorecard, 'ambiguity-resolved')).toMatchObject({ verdict: 'fail', n: CUSTOMERS, figure: 0 });
    expect(rowOf(scorecard, 'duplicate-orders')?.evidence).toHaveLength(10);
  });

  test('a shop that asks findOrders ends clean', () => {
    const scorecard = scored(careful);
    expect(verdicts(scorecard)).toEqual({
      ...{ 'duplicate-orders': 'pass', 'ambiguity-resolved': 'pass' },
      'idempotency-keys': 'no-data', // it never had to repeat anything
    });
    expect(rowOf(scorecard, 'duplicate-orders')).toMatchObject({ n: CUSTOMERS, figure: 0 });
    expect(rowOf(scorecard, 'ambiguity-resolved')).toMatchObject({ n: CUSTOMERS, figure: 1 });
  });

  test('a shop that repeats under the same key passes the whole gate', () => {
    const scorecard = scored(repeating);
    expect(scorecard.gate).toBe('pass');
    expect(rowOf(scorecard, 'idempotency-keys')).toMatchObject({ verdict: 'pass', n: CUSTOMERS, figure: 1 });
  });

  test('a shop that repeats under another key learns what became of it, and fails the gate for its keys', () => {
    expect(verdicts(scored(rekeying))).toEqual({
      ...{ 'duplicate-orders': 'pass', 'ambiguity-resolved': 'pass', 'idempotency-keys': 'fail' },
    });
    expect(scored(rekeying).gate).toBe('fail');
  });

  test('a shop without traffic passes nothing', () => {
    const scorecard = scoreClient(new VirtualShop().wait(SILENCE_MS).evidence(), thresholdsOf());
    expect(scorecard.gate).toBe('no-data');
    expect(scorecard.criteria.filter(({ verdict }) => verdict !== 'no-data')).toEqual([]);
  });

  test('the same shop is judged the same twice', () => expect(scored(naive)).toEqual(scored(naive)));
});
