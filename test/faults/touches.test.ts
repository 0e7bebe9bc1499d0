// Operations that a kind can touch: they exist, a rule on others is refused when it is said, and never matches them.
import { describe, expect, test } from 'vitest';
import { checkRule } from '../../src/faults/check.ts';
import { activationMistakes } from '../../src/faults/laid-over.ts';
import { faults } from '../../src/faults/registry.ts';
import type { Match, Rule } from '../../src/faults/rule.ts';
import { ClientNames } from '../../src/upstream/client-names.ts';
import { OF_THE_API } from '../../src/upstream/operations/known-operations.ts';
import { OPERATIONS } from '../../src/upstream/operations/operations.ts';
import { checked } from '../support/open-upstream.ts';

const known = { ...OF_THE_API, doors: ['main'], clients: new ClientNames() };

const said = (fault: string, match: Match): string[] => {
  const result = checkRule({ fault, match }, known);
  return 'mistakes' in result ? result.mistakes.map(({ path, message }) => `${path}: ${message}`) : [];
};

test('every operation that a kind says it touches exists, and has one of the methods it says', () => {
  for (const { name, touches } of faults)
    for (const asked of touches?.operations ?? []) {
      const methods: string[] = OPERATIONS.filter((one) => one.name === asked).map(({ method }) => method);
      expect(methods, `${name}: ${asked}`).not.toEqual([]);
      const has = touches?.methods?.some((method) => methods.includes(method)) ?? true;
      expect(has, `${name}: ${asked} has ${methods.join(', ')}`).toBe(true);
    }
});

describe('what a kind can never touch is refused, with what it can', () => {
  test.each<[string, Match, RegExp]>([
    [
      'wrong-discount',
      { operations: ['listSessions'] },
      /operations\[0\]: .*listSessions; it can: validateDiscount, createOrder$/,
    ],
    ['wrong-discount', { operations: ['createOrder', 'getOrder'] }, /operations\[1\]: .*getOrder/],
    ['phantom-success', { operations: ['getReservation'] }, /it can: reserveSeats, .*cancelOrder$/],
    ['phantom-success', { methods: ['GET'] }, /methods\[0\]: .*GET; it can: POST, DELETE$/],
    ['early-expiry', { operations: ['completeOrder'] }, /it can: reserveSeats, extendReservation$/],
    ['false-sold-out', { operations: ['createOrder'] }, /it can: listSessions/],
    ['lost-flow', { operations: ['validateDiscount'] }, /it can: getReservation/],
    ['stale-answer', { operations: ['reserveSeats'] }, /it can: getHealth/],
    ['corrupt-body', { methods: ['HEAD'] }, /methods\[0\]: .*HEAD; it can: any but HEAD$/],
    ['waiting-room', { operations: ['pollWaitingRoom'] }, /it can any but pollWaitingRoom$/],
  ])('%s on %j', (fault, match, words) => {
    expect(said(fault, match)).toEqual([expect.stringMatching(words)]);
  });

  test('an activation is refused when it leaves no rule anything to touch, and tells which it leaves nothing', () => {
    const rules = [{ fault: 'wrong-discount' }, { fault: 'latency' }] as const;
    const laidOver = (over: Match, profile: readonly Rule[]) =>
      activationMistakes(
        { match: over },
        profile.map((rule) => checked(rule)),
        known,
      );
    const over = { operations: ['listSessions'] };
    expect(laidOver(over, rules)).toEqual({
      mistakes: [],
      excluded: [{ index: 0, why: 'wrong-discount can touch validateDiscount, createOrder by POST only' }],
    });
    expect(laidOver(over, rules.slice(0, 1)).mistakes).toMatchObject([{ path: 'match' }]);
    expect(laidOver({ methods: ['head'] }, [{ fault: 'slow-body' }]).mistakes).toMatchObject([{ path: 'match' }]);
  });
});
