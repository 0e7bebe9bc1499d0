// Activations: named, renewed, replaced at once, and ended in every way there is.
import { describe, expect, test } from 'vitest';
import { ADMIN, holdRequests, openStage, refusalOf } from './stage.ts';

describe('an activation', () => {
  test('bears the name of its profile and puts its rules in force in their order', async () => {
    const { director, world, engine } = await openStage();
    const state = await director.activate(world, { profile: 'slow' }, ADMIN);
    expect(state).toMatchObject({ activation: 'slow', how: 'activated', expiresAt: null });
    expect(engine.rules.map(({ id }) => id)).toEqual(['late', 'slow/1']);
  });

  test('of an unknown profile is refused with the nearest name', async () => {
    const { director, world } = await openStage();
    const { code, facts } = await refusalOf(() => director.activate(world, { profile: 'hamg' }, ADMIN));
    expect(code).toBe('unknown_profile');
    expect(facts).toMatchObject({ nearest: 'hang', known: ['hang', 'lost', 'slow'] });
  });

  test('of the same name and body is renewed: the ttl begins again and the counters go on', async () => {
    const { director, world, clock, engine } = await openStage();
    await director.activate(world, { profile: 'hang', ttl: '1m' }, ADMIN);
    const [rule] = engine.rules;
    if (rule) rule.acted = 5;
    clock.advance(50_000);
    const again = await director.activate(
      world,
      { ttl: '1m', profile: 'hang', by: 'alice', note: 'still here' },
      ADMIN,
    );
    expect(again).toMatchObject({ how: 'renewed', expiresAt: clock.now() + 60_000, by: 'alice', note: 'still here' });
    expect(engine.rules[0]).toBe(rule);
    await clock.advanceAsync(59_999);
    expect(engine.rules).toHaveLength(1);
    await clock.advanceAsync(1);
    expect(engine.rules).toHaveLength(0);
  });

  test('of the same name and another body is replaced in its place, with counters at zero', async () => {
    const { director, world, engine, holds } = await openStage();
    await director.activate(world, { profile: 'hang' }, ADMIN);
    await director.activate(world, { profile: 'lost' }, ADMIN);
    const [before] = engine.rules;
    if (before) before.acted = 5;
    const held = [...holdRequests(holds, 'hang/0', 1), ...holdRequests(holds, 'hang/0', 1, true)];
    const state = await director.activate(world, { profile: 'hang', share: 0.5 }, ADMIN);
    expect(state.how).toBe('replaced');
    expect(engine.rules.map(({ id, acted }) => [id, acted])).toEqual([
      ['hang/0', 0],
      ['lost/0', 0],
    ]);
    expect(before?.inForce).toBe(false);
    expect(held.map(({ how }) => how)).toEqual(['dropped', 'answered']);
    expect(director.activations(world).map(({ activation }) => activation)).toEqual(['hang', 'lost']);
  });

  test('keeps its text when the shelf changes, and takes the new one when activated again', async () => {
    const { director, world, engine } = await openStage();
    await director.activate(world, { profile: 'hang' }, ADMIN);
    await director.putProfile(world, 'hang', 'summary: Late.\nrules: [{ fault: latency }]', ADMIN);
    expect(engine.rules[0]?.fault.name).toBe('hang');
    const state = await director.activate(world, { profile: 'hang' }, ADMIN);
    expect(state.how).toBe('replaced');
    expect(engine.rules[0]?.fault.name).toBe('latency');
  });

  test('under another name stands beside the first, also when a rule has an id of its own', async () => {
    const { director, world, engine } = await openStage();
    await director.activate(world, { profile: 'slow', match: { clients: ['a'] } }, ADMIN);
    await director.activate(world, { profile: 'slow', as: 'slow-b', match: { clients: ['b'] } }, ADMIN);
    expect(engine.rules.map(({ id }) => id)).toEqual(['late', 'slow/1', 'slow-b/late', 'slow-b/1']);
  });

  test.each([
    [{ match: {} }, 'match'],
    [{ match: { operations: ['listSession'] } }, 'match.operations[0]'],
    [{ match: { doors: ['back'] } }, 'match.doors[0]'],
    [{ ttl: '2h' }, 'ttl'],
    [{ ttl: '0s' }, 'ttl'],
    [{ as: 'rule' }, 'as'],
  ])('asked with %j is refused, and nothing is in force', async (body, path) => {
    const { director, world, engine } = await openStage({ maxTtlMs: 3_600_000 });
    const refusal = await refusalOf(() => director.activate(world, { profile: 'hang', ...body }, ADMIN));
    expect(refusal.code).toBe('validation_failed');
    expect(refusal.facts).toMatchObject({ errors: [{ path }] });
    expect(engine.rules).toEqual([]);
  });

  test('that is refused for its rules leaves the one it was to replace', async () => {
    const { director, world, engine } = await openStage();
    await director.activate(world, { profile: 'hang' }, ADMIN);
    await refusalOf(() => director.activate(world, { profile: 'hang', match: {} }, ADMIN));
    expect(engine.rules.map(({ id, inForce }) => [id, inForce])).toEqual([['hang/0', true]]);
  });

  test('without a ttl has the default one, and never one above the longest', async () => {
    const withDefault = await openStage({ defaultTtlMs: 120_000, maxTtlMs: 60_000 });
    const { expiresAt } = await withDefault.director.activate(withDefault.world, { profile: 'hang' }, ADMIN);
    expect(expiresAt).toBe(withDefault.clock.now() + 60_000);
  });

  test('at the end of its ttl is gone, has dropped what would hang on and let the rest go on, and the server is named as the author', async () => {
    const { director, world, clock, holds, engine } = await openStage();
    await director.activate(world, { profile: 'hang', ttl: '30s' }, ADMIN);
    const held = holdRequests(holds, 'hang/0', 3);
    const slow = holdRequests(holds, 'hang/0', 2, true);
    await clock.advanceAsync(29_999);
    expect([...held, ...slow].every(({ how }) => how === 'held')).toBe(true);
    await clock.advanceAsync(1);
    expect(engine.rules).toEqual([]);
    expect(held.every(({ how }) => how === 'dropped')).toBe(true);
    expect(slow.every(({ how }) => how === 'answered')).toBe(true);
    expect(director.actions(world)[0]).toMatchObject({
      verb: 'expire',
      who: 'server',
      body: { activation: 'hang' },
      result: { dropped: 3, answered: 2 },
    });
  });

  test('loses a rule at the end of the ttl of that rule, and stands with the rest', async () => {
    const { director, world, clock, engine } = await openStage();
    await director.activate(world, { profile: 'slow' }, ADMIN);
    await clock.advanceAsync(60_000);
    expect(engine.rules.map(({ id }) => id)).toEqual(['late']);
    expect(director.activations(world)[0]?.rules).toHaveLength(1);
  });

  test('is ended by its name, and a name that is not in force is not found', async () => {
    const { director, world } = await openStage();
    await director.activate(world, { profile: 'hang', as: 'a' }, ADMIN);
    expect(await director.endActivation(world, 'a', {}, ADMIN)).toMatchObject({ activations: 1, rules: 1 });
    const { code, facts } = await refusalOf(() => director.endActivation(world, 'a', {}, ADMIN));
    expect([code, facts.known]).toEqual(['not_found', []]);
  });
});

describe('deactivating a profile', () => {
  test('ends all its activations and only what these held, as it is asked', async () => {
    const { director, world, holds, engine } = await openStage();
    await director.activate(world, { profile: 'hang', as: 'a' }, ADMIN);
    await director.activate(world, { profile: 'hang', as: 'b' }, ADMIN);
    await director.activate(world, { profile: 'lost' }, ADMIN);
    const [own, other] = [holdRequests(holds, 'b/0', 2), holdRequests(holds, 'lost/0', 1)];
    const ended = await director.deactivate(world, 'hang', { release: 'answer' }, ADMIN);
    expect(ended).toMatchObject({ activations: 2, rules: 2, dropped: 0, answered: 2 });
    expect([...own, ...other].map(({ how }) => how)).toEqual(['answered', 'answered', 'held']);
    expect(engine.rules.map(({ id }) => id)).toEqual(['lost/0']);
  });

  test('ends nothing when it is not in force, and refuses a name it does not know', async () => {
    const { director, world } = await openStage();
    expect(await director.deactivate(world, 'hang', {}, ADMIN)).toMatchObject({ activations: 0, rules: 0 });
    expect((await refusalOf(() => director.deactivate(world, 'nope', {}, ADMIN))).code).toBe('unknown_profile');
  });
});
