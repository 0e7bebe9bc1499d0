// Attempts come out of a batch as they went in, whatever they are, and a long way off.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ENDS } from '../../src/journal/entry.ts';
import { BATCH, type Batch, BatchReader, BatchWriter, type OwnedAttempt } from '../../src/scorecard/batch.ts';

const moment = fc.integer({ min: 0, max: 2 ** 45 });
const text = fc.string({ maxLength: 8 });
const or = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });

const attempts: fc.Arbitrary<OwnedAttempt> = fc.record({
  ...{ requestId: text, client: text, operation: text, method: text, fingerprint: text },
  ...{ at: moment, endedAt: or(moment), firstByteAt: or(moment), workedAt: or(moment), retryAfterMs: or(moment) },
  ...{ ended: or(fc.constantFrom(...ENDS)), status: or(fc.integer({ min: 200, max: 599 })), connection: moment },
  ...{ idempotencyKey: or(text), declared: or(fc.nat()), invocation: or(text), traceId: or(text), code: or(text) },
  ...{ isWrongType: fc.boolean(), isConditional: fc.boolean(), isReplay: fc.boolean(), isHit: fc.boolean() },
  ...{ session: or(text), reservation: or(text), order: or(text), externalRef: or(text), customer: or(text) },
});

function through(given: readonly OwnedAttempt[]): OwnedAttempt[] {
  const writer = new BatchWriter();
  const batches: Batch[] = given.map((attempt) => writer.add(attempt)).filter((batch) => batch !== undefined);
  const reader = new BatchReader();
  return [...batches, writer.rest()].flatMap((batch) => [...reader.read(structuredClone(batch))]);
}

test('attempts come out as they went in', () => {
  fc.assert(
    fc.property(fc.array(attempts, { maxLength: 20 }), (given) => {
      expect(through(given)).toEqual(given);
    }),
  );
});

test('more than one batch, with more different texts than are looked up', () => {
  const [one] = fc.sample(attempts, { numRuns: 1, seed: 7 }) as [OwnedAttempt];
  const given = Array.from({ length: 20 * BATCH + 3 }, (_, at) => ({
    ...one,
    requestId: `r${at}`,
    fingerprint: `f${at % 20_000}`,
  }));
  expect(through(given)).toEqual(given);
});
