// The engine: match, skip, every, share, limit, in that order, and draws that depend on the request alone.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Engine } from '../../src/faults/engine.ts';
import type { Rule } from '../../src/faults/rule.ts';
import { arrival, CAPABLE, noop } from '../support/arrivals.ts';
import { ManualClock } from '../support/manual-clock.ts';

function engineWith(...rules: readonly Partial<Rule>[]) {
  const clock = new ManualClock();
  const engine = new Engine({ clock, conditions: CAPABLE });
  arm(engine, 'one', rules);
  return { engine, clock };
}

const arm = (engine: Engine, activation: string, rules: readonly Partial<Rule>[], seed = 7): void =>
  engine.enforce(
    engine.arm(
      rules.map((rule) => ({ rule: { fault: 'noop', ...rule }, fault: noop, params: {} })),
      { activation, seed },
    ),
  );

/** Which of so many arrivals are hit. */
const hits = (engine: Engine, count: number, parts: Parameters<typeof arrival>[0] = {}): boolean[] =>
  Array.from({ length: count }, () => engine.plan(arrival(parts)).hits.length > 0);

describe('counting', () => {
  test('skip lets the first matches pass, every acts on each n-th after them, limit ends it', () => {
    const { engine } = engineWith({ skip: 3, every: 2, limit: 2 });
    expect(hits(engine, 10)).toEqual([false, false, false, false, true, false, true, false, false, false]);
  });

  test('counts by client unless told otherwise', () => {
    const { engine } = engineWith({ skip: 1 });
    expect([hits(engine, 2, { client: 'a' }), hits(engine, 2, { client: 'b' })]).toEqual([
      [false, true],
      [false, true],
    ]);
  });

  test.each([
    ['all', { client: 'b' }, true],
    ['connection', { connectionId: 9 }, false],
    ['idempotency-key', { headers: { 'idempotency-key': 'other' } }, false],
  ] as const)('counts by %s', (per, other, hit) => {
    const { engine } = engineWith({ skip: 1, per });
    hits(engine, 1, { client: 'a', headers: { 'idempotency-key': 'k' } });
    expect(hits(engine, 1, other)).toEqual([hit]);
  });

  test('a limit of 0 never acts', () => {
    expect(hits(engineWith({ limit: 0 }).engine, 5)).not.toContain(true);
  });
});

describe('share', () => {
  test('0 never acts, over ten thousand requests', () => {
    const { engine } = engineWith({ share: 0 });
    for (let i = 0; i < 10_000; i++) expect(engine.plan(arrival({ url: `/v1/x/${i}` })).hits).toHaveLength(0);
  });

  test('0.5 acts on half, within four standard deviations, and keeps the draw of each request', () => {
    const { engine } = engineWith({ share: 0.5 });
    let acted = 0;
    for (let i = 0; i < 10_000; i++) {
      const plan = engine.plan(arrival({ url: `/v1/x/${i}` }));
      acted += plan.hits.length;
      const draws = [...plan.hits.map(({ note }) => note.draw), ...plan.spared.map(({ draw }) => draw)];
      expect(draws).toHaveLength(1);
      expect((draws[0] ?? 0) < 0.5).toBe(plan.hits.length === 1);
    }
    expect(Math.abs(acted - 5000)).toBeLessThan(4 * Math.sqrt(10_000 * 0.25));
  });

  test('a ramp moves linearly with time', () => {
    const { engine, clock } = engineWith({ share: { from: 0, to: 1, over: '10s' } });
    expect(engine.rules[0]?.shareNow()).toBe(0);
    clock.advance(5000);
    expect(engine.rules[0]?.shareNow()).toBe(0.5);
    clock.advance(60_000);
    expect(engine.rules[0]?.shareNow()).toBe(1);
  });
});

describe('draws', () => {
  /** The fate of each request by its URL, drawn in the order given. */
  const fates = (urls: readonly string[]): Map<string, boolean> => {
    const { engine } = engineWith({ share: 0.5 });
    return new Map(urls.map((url) => [url, engine.plan(arrival({ url })).hits.length > 0]));
  };

  test('do not depend on the order of arrival', () => {
    const urls = Array.from({ length: 400 }, (_, index) => `/v1/sessions/${index}`);
    const first = fates(urls);
    fc.assert(
      fc.property(fc.shuffledSubarray(urls, { minLength: urls.length }), (shuffled) => {
        const again = fates(shuffled);
        for (const [url, fate] of first) expect(again.get(url)).toBe(fate);
      }),
      { numRuns: 10 },
    );
  });

  test('of retries of one request differ', () => {
    const { engine } = engineWith({ share: 0.5 });
    expect(new Set(hits(engine, 60))).toEqual(new Set([true, false]));
  });

  test('follow the seed', () => {
    const series = (seed: number): boolean[] => {
      const engine = new Engine({ clock: new ManualClock(), conditions: CAPABLE });
      arm(engine, 'one', [{ share: 0.5 }], seed);
      return hits(engine, 60);
    };
    expect(series(1)).toEqual(series(1));
    expect(series(1)).not.toEqual(series(2));
  });
});

describe('match', () => {
  test.each<[Rule['match'], Parameters<typeof arrival>[0], boolean]>([
    [{ operations: ['getSession'] }, { operation: 'getSession' }, true],
    [{ operations: ['getSession'] }, { operation: 'listSessions' }, false],
    [{ clients: ['a', 'b'] }, { client: 'b' }, true],
    [{ clients: ['a'] }, { client: 'b' }, false],
    [{ methods: ['post'] }, { method: 'POST' }, true],
    [{ methods: ['post'] }, { method: 'GET' }, false],
    [{ paths: ['/v1/orders/*'] }, { url: '/v1/orders/o_1?x=1' }, true],
    [{ paths: ['/v1/orders/*'] }, { url: '/v1/orders/o_1/complete' }, false],
    [{ paths: ['/v1/orders/**'] }, { url: '/v1/orders/o_1/complete' }, true],
    [{ paths: ['/v1/(orders)+'] }, { url: '/v1/orders' }, false],
    [{ headers: { 'User-Agent': 'pay' } }, { headers: { 'user-agent': 'pay' } }, true],
    [{ headers: { 'User-Agent': '*' } }, { headers: {} }, false],
    [{ doors: ['main'] }, {}, true],
    [{ operations: ['getSession'], clients: ['a'] }, { operation: 'getSession', client: 'b' }, false],
  ])('%j on %j: %s', (match, parts, hit) => {
    expect(hits(engineWith({ match }).engine, 1, parts)).toEqual([hit]);
  });

  test('a request that no rule may strike is not planned for', () => {
    const { engine } = engineWith({ match: { clients: ['a'] } });
    expect([engine.touches('listSessions', 'a'), engine.touches('listSessions', 'b')]).toEqual([true, false]);
  });
});

describe('in force', () => {
  test('rules act in activation order, then file order', () => {
    const { engine } = engineWith({ id: 'a' }, { id: 'b' });
    arm(engine, 'two', [{ id: 'c' }]);
    expect(engine.plan(arrival()).hits.map(({ note }) => note.rule)).toEqual(['a', 'b', 'c']);
  });

  test('ids are activation/index by default', () => {
    expect(engineWith({}, {}).engine.rules.map(({ id }) => id)).toEqual(['one/0', 'one/1']);
  });

  test('a taken id is refused and nothing changes', () => {
    const { engine } = engineWith({ id: 'a' });
    expect(() => arm(engine, 'two', [{ id: 'b' }, { id: 'a' }])).toThrow(/"a" is already in force/);
    expect(engine.rules.map(({ id }) => id)).toEqual(['a']);
  });

  test('a replacement stands in the place of what it replaces, with counters at zero', () => {
    const { engine } = engineWith({ skip: 1 });
    arm(engine, 'two', [{ id: 'last' }]);
    hits(engine, 3);
    const old = engine.rules.filter(({ activation }) => activation === 'one');
    engine.enforce(
      engine.arm([{ rule: { fault: 'noop', skip: 1 }, fault: noop, params: {} }], { activation: 'one', seed: 7 }),
      old,
    );
    expect(engine.rules.map(({ id }) => id)).toEqual(['one/0', 'last']);
    expect(engine.plan(arrival()).hits.map(({ note }) => note.rule)).toEqual(['last']);
  });

  test('a plan skips a rule that is no longer in force', () => {
    const { engine } = engineWith({});
    const plan = engine.plan(arrival());
    engine.end(engine.rules);
    const reply = { status: 200, headers: [], body: '' };
    expect([plan.arriveSteps(), plan.answer(reply), plan.deliver(reply).parts]).toEqual([[], reply, []]);
    expect(engine.rules).toHaveLength(0);
  });
});
