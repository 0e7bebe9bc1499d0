// The same story twice: one seed and the same rules and requests give the same fates, whenever and however often they are armed.
import { describe, expect, test } from 'vitest';
import { Engine } from '../../src/faults/engine.ts';
import { noDraws } from '../../src/faults/recorder.ts';
import type { Rule } from '../../src/faults/rule.ts';
import { arrivalOfConnection } from '../../src/wire/arrival.ts';
import { arrival, CAPABLE } from '../support/arrivals.ts';
import { MANUAL_EPOCH_MS, ManualClock } from '../support/manual-clock.ts';
import { checked } from '../support/open-upstream.ts';

const engineWith = (rules: readonly Rule[], { seed = 7, activation = null as string | null } = {}): Engine => {
  const engine = new Engine({ clock: new ManualClock(), conditions: CAPABLE });
  arm(engine, rules, { seed, activation });
  return engine;
};
const arm = (
  engine: Engine,
  rules: readonly Rule[],
  { seed = 7, activation = null as string | null, index = 1 } = {},
) =>
  engine.enforce(
    engine.arm(
      rules.map((rule) => checked(rule)),
      { activation, seed },
      index,
    ),
  );

/** What becomes of requests, by their URL. */
function story(engine: Engine, urls: readonly string[]): string[] {
  return urls.map((url) => {
    const draws = noDraws();
    for (const strike of engine.plan(arrival({ url }), { draws }).strikes) strike.acted();
    return draws.hits.map(({ rule }) => rule).join();
  });
}
const URLS = Array.from({ length: 200 }, (_, at) => `/v1/sessions/${at % 150}`);

describe('identity', () => {
  test('a rule with an id meets the same fates behind any number of others, and after heal', () => {
    const rule: Rule = { fault: 'error-status', share: 0.5, id: 'mine' };
    const engine = engineWith([rule]);
    const first = story(engine, URLS);
    engine.end(engine.rules);
    arm(engine, [{ fault: 'latency', match: { operations: ['getHealth'] } }]);
    arm(engine, [rule], { index: 41 });
    expect(story(engine, URLS)).toEqual(first);
    expect(new Set(first)).toEqual(new Set(['', 'mine']));
  });

  test('of an activation it is its name and the id, else the place in the profile', () => {
    const inOrder = (activation: string, ids: readonly (string | undefined)[], watched: number) => {
      const rules = ids.map((id): Rule => ({ fault: 'error-status', share: 0.5, ...(id && { id }) }));
      const engine = engineWith(rules, { activation });
      const of = engine.rules[watched]?.id ?? '';
      return story(engine, URLS).map((hits) => hits.split(',').includes(of));
    };
    expect(inOrder('a', ['x', 'y'], 0)).toEqual(inOrder('a', ['y', 'x'], 1));
    expect(inOrder('a', ['x'], 0)).not.toEqual(inOrder('b', ['x'], 0));
    expect(inOrder('a', ['x', undefined], 1)).toEqual(inOrder('a', ['y', undefined], 1));
  });
});

describe('connections', () => {
  const meet = (engine: Engine, from: number, count: number, remote = '10.0.0.1') =>
    Array.from({ length: count }, (_, at) => {
      const draws = noDraws();
      const plan = engine.meet(
        arrivalOfConnection({ id: from + at, door: 'main', remote, openedAt: MANUAL_EPOCH_MS }),
        { draws },
      );
      return (plan?.length ?? 0) > 0;
    });

  test('are told apart by their address and their place there since the rule was armed, never by how many the process had', () => {
    const rule: Rule = { fault: 'reset-connection', share: 0.5 };
    const first = meet(engineWith([rule]), 1, 100);
    const engine = engineWith([rule]);
    meet(engine, 5000, 30, '10.9.9.9');
    expect(meet(engine, 70_000, 100)).toEqual(first);
    expect(new Set(first).size).toBe(2);
  });

  const bad = (by: string, seed: number, keys: readonly Parameters<typeof arrival>[0][]) => {
    const engine = engineWith([{ fault: 'partial-outage', with: { nodes: 4, bad: 1, by } }], { seed });
    return keys.map((parts) => engine.plan(arrival(parts)).arriveSteps().length > 0);
  };
  const pool = (from: number) =>
    Array.from({ length: 80 }, (_, at) => ({ connectionId: from + at, connection: {} })).flatMap((one) => [one, one]);

  test('land on the same nodes of a partial outage by the seed, and stay there', () => {
    const landed = bad('connection', 7, pool(1));
    expect(bad('connection', 7, pool(900))).toEqual(landed);
    expect(bad('connection', 8, pool(1))).not.toEqual(landed);
    for (let at = 0; at < landed.length; at += 2) expect(landed[at]).toBe(landed[at + 1]);
    expect(landed.filter(Boolean).length / landed.length).toBeGreaterThan(0.05);
  });

  test('of clients and sessions each is on a bad node under some seed, and on a good one under another', () => {
    const clients = ['seller-a', 'seller-b', 'anonymous'].map((client) => ({ client }));
    const sessions = ['s-1', 's-2'].map((id) => ({ url: `/v1/sessions/${id}` }));
    for (const [by, keys] of [
      ['client', clients],
      ['session', sessions],
    ] as const) {
      const seeds = Array.from({ length: 60 }, (_, seed) => bad(by, seed, keys));
      for (const at of keys.keys()) expect(new Set(seeds.map((one) => one[at]))).toEqual(new Set([true, false]));
    }
  });
});

test('two waiting rooms armed in one millisecond give out other tickets; the same one armed again, the same', () => {
  const tickets = (id: string) => {
    const engine = engineWith([{ fault: 'waiting-room', id }]);
    return Array.from({ length: 3 }, () => {
      const [step] = engine.plan(arrival()).arriveSteps();
      return step && 'reply' in step.does && JSON.parse(String(step.does.reply.body)).pollUrl;
    });
  };
  expect(tickets('one')).toEqual(tickets('one'));
  expect(tickets('one').filter((ticket) => tickets('other').includes(ticket))).toEqual([]);
});
