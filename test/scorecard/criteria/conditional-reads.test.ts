// A read is repeated where the client has been given that seat map before.
import { expect, test } from 'vitest';
import { conditionalReads } from '../../../src/scorecard/criteria/conditional-reads.ts';
import { attempt, judged, many } from '../../support/evidence.ts';

const reads = (count: number, isConditional: (n: number) => boolean, session = 's1') =>
  many(count, (n) =>
    attempt(n * 1000, { operation: 'getSeatMap', session, isConditional: isConditional(n), status: n ? 304 : 200 }),
  );

test('repeated reads with what is already there pass', () => {
  const found = judged(conditionalReads, { attempts: reads(31, (n) => n > 0) });
  expect(found).toMatchObject({ verdict: 'pass', n: 30, figure: 1 });
});

test('repeated reads without it fail, and are shown', () => {
  const found = judged(conditionalReads, { attempts: reads(31, () => false) });
  expect(found).toMatchObject({ verdict: 'fail', n: 30, figure: 0 });
  expect(found.evidence[0]).toBe('getSeatMap@1000');
  expect(found.advice).toContain('in 0 of 30 reads');
});

test('half of thirty may be chance, and warns', () => {
  expect(judged(conditionalReads, { attempts: reads(31, (n) => n % 2 === 0) })).toMatchObject({
    verdict: 'warn',
    figure: 0.5,
  });
});

test('first reads count for nothing, however many', () => {
  const attempts = many(40, (n) => reads(1, () => false, `s${n}`)).flat();
  expect(judged(conditionalReads, { attempts })).toMatchObject({ verdict: 'no-data', n: 0 });
});

test('a read after one that was lost is a first read', () => {
  const lost = reads(40, () => false).map((one) => ({ ...one, ended: 'client-left' as const, status: null }));
  expect(judged(conditionalReads, { attempts: lost })).toMatchObject({ verdict: 'no-data', n: 0 });
});

test('reads a second and reservations of seats that were gone are told along', () => {
  const asked = many(4, (n) =>
    attempt(500 + n * 1000, { operation: 'reserveSeats', ...(n === 0 && { status: 409, code: 'seat_unavailable' }) }),
  );
  const found = judged(conditionalReads, { attempts: [...reads(31, () => true), ...asked] });
  expect(found.more?.staleReservations).toBe(0.25);
  expect(found.more?.readsPerSecond).toBeCloseTo(1, 1);
});

test('nineteen are no data, and neither is nothing', () => {
  expect(judged(conditionalReads, { attempts: reads(20, () => true) })).toMatchObject({ verdict: 'no-data', n: 19 });
  expect(judged(conditionalReads, {})).toMatchObject({ verdict: 'no-data', n: 0 });
});
