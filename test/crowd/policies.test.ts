// Policies, each by its own arithmetic.
import { expect, test } from 'vitest';
import { Breaker } from '../../src/crowd/breaker.ts';
import { GIVE_UP, type Policy, type PolicyTerms, REFUSED } from '../../src/crowd/policy.ts';
import { POLICY_NAMES, type PolicyName, policies } from '../../src/crowd/registry.ts';

/** Every draw is one half. */
const make = (name: PolicyName, over: Partial<PolicyTerms> = {}): Policy => {
  const { attempts, timeoutMs } = policies[name];
  return policies[name].create({ attempts, timeoutMs, openMs: 5000, draw: () => 0.5, ...over });
};

/** Waits after the first, second … failure of one operation, up to giving up. */
function waits(policy: Policy, retryAfterS = 0): number[] {
  const all: number[] = [];
  for (let attempt = 1; ; attempt++) {
    const waitMs = policy.failed(0, policy.admit(0), attempt, retryAfterS);
    if (waitMs === GIVE_UP) return all;
    all.push(waitMs);
  }
}

test.each([
  ['naive', 4, 60_000],
  ['hang-forever', 1, Number.POSITIVE_INFINITY],
  ['timeout3', 4, 3000],
  ['backoff', 3, 3000],
  ['budgeted', 4, 3000],
  ['breaker', 4, 3000],
  ['polite', 3, 3000],
] as const)('%s makes %d calls of %d ms', (name, attempts, timeoutMs) =>
  expect(policies[name]).toMatchObject({ attempts, timeoutMs }),
);

test('each policy has a line, and a summary', () => {
  for (const name of POLICY_NAMES) expect(policies[name].summary).toMatch(/\.$/);
});

test('naive, timeout3 and breaker call again at once, until their calls are used up', () => {
  expect(waits(make('naive'))).toEqual([0, 0, 0]);
  expect(waits(make('timeout3'))).toEqual([0, 0, 0]);
  expect(waits(make('timeout3', { attempts: 2 }))).toEqual([0]);
  expect(waits(make('breaker'))).toEqual([0, 0, 0]);
  expect(waits(make('hang-forever'))).toEqual([]);
});

test('backoff waits half of .5, 1, 2 … 20 s at a draw of one half', () => {
  expect(waits(make('backoff'))).toEqual([250, 500]);
  expect(waits(make('backoff', { attempts: 9 }))).toEqual([250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
});

test('budgeted has ten retries, and earns one more by ten successes, up to ten', () => {
  const policy = make('budgeted');
  const retries = (): number => {
    let count = 0;
    while (policy.failed(0, 1, 1, 0) !== GIVE_UP) count += 1;
    return count;
  };
  const succeed = (times: number): void => {
    for (let i = 0; i < times; i++) policy.succeeded(0, 1);
  };
  expect(retries()).toBe(10);
  succeed(9);
  expect(retries()).toBe(0);
  succeed(1);
  expect(retries()).toBe(1);
  succeed(500);
  expect(retries()).toBe(10);
});

test('polite waits as long as it was asked to, and its backoff on top', () => {
  expect(waits(make('polite'), 7)).toEqual([7250, 7500]);
});

function failing(breaker: Breaker, calls: number, nowMs: number): void {
  for (let i = 0; i < calls; i++) breaker.record(nowMs, breaker.admit(nowMs), false);
}
function succeeding(breaker: Breaker, calls: number, nowMs: number): void {
  for (let i = 0; i < calls; i++) breaker.record(nowMs, breaker.admit(nowMs), true);
}

test('a breaker opens at half of its calls, from twenty calls on', () => {
  const few = new Breaker(5000);
  failing(few, 19, 100);
  expect(few.isOpen).toBe(false);
  failing(few, 1, 100);
  expect(few.isOpen).toBe(true);
  const many = new Breaker(5000);
  succeeding(many, 50, 100);
  failing(many, 49, 100);
  expect(many.isOpen).toBe(false);
  failing(many, 1, 100);
  expect(many.isOpen).toBe(true);
});

test('a breaker forgets what is older than ten seconds', () => {
  const breaker = new Breaker(5000);
  succeeding(breaker, 100, 500);
  failing(breaker, 19, 11_000);
  expect(breaker.isOpen).toBe(false);
  failing(breaker, 1, 11_000);
  expect(breaker.isOpen).toBe(true);
});

test('an open breaker refuses, then lets one probe through, which closes or opens it', () => {
  const breaker = new Breaker(5000);
  failing(breaker, 20, 0);
  expect(breaker.admit(4999)).toBe(REFUSED);
  const probe = breaker.admit(5000);
  expect(probe).not.toBe(REFUSED);
  expect(breaker.admit(5000)).toBe(REFUSED);
  breaker.record(8000, probe, false);
  expect(breaker.admit(12_999)).toBe(REFUSED);
  const second = breaker.admit(13_000);
  breaker.record(13_200, second, true);
  expect(breaker.isOpen).toBe(false);
  expect(breaker.admit(13_200)).not.toBe(REFUSED);
});

test('what was sent before the breaker opened does not decide in the place of its probe', () => {
  const breaker = new Breaker(5000);
  const early = breaker.admit(0);
  failing(breaker, 20, 0);
  const probe = breaker.admit(5000);
  breaker.record(5100, early, true);
  expect(breaker.isOpen).toBe(true);
  breaker.record(5200, probe, true);
  breaker.record(5300, early, false);
  expect(breaker.isOpen).toBe(false);
});

test('while nothing succeeds, a call costs its attempts, a budget one, and a breaker none', () => {
  const sustained = POLICY_NAMES.map((name) => [name, policies[name].sustained(policies[name].attempts)]);
  expect(Object.fromEntries(sustained)).toEqual({
    timeout3: 4,
    naive: 4,
    'hang-forever': 1,
    backoff: 3,
    budgeted: 1,
    breaker: 0,
    polite: 0,
  });
});
