// All clear and a fresh start: what they end, what they let go, and in which order.
import { describe, expect, test } from 'vitest';
import { ADMIN, holdRequests, openStage, refusalOf } from './stage.ts';

describe('heal', () => {
  test('lets go of 3,000 held requests in slices and counts them, and answers only when all are gone', async () => {
    const { director, world, holds, engine } = await openStage();
    await director.activate(world, { profile: 'hang' }, ADMIN);
    await director.addRule(world, { fault: 'latency' }, ADMIN);
    const held = [...holdRequests(holds, 'hang/0', 2_000), ...holdRequests(holds, 'rule/1', 1_000)];
    const healing = director.heal(world, {}, ADMIN);
    expect(engine.rules).toEqual([]);
    expect(holds.size).toBe(2_750);
    expect(await healing).toMatchObject({ activations: 1, rules: 2, dropped: 3_000, answered: 0 });
    expect(holds.size).toBe(0);
    expect(held.every(({ how }) => how === 'dropped')).toBe(true);
  });

  test('answers the held requests instead when it is told to', async () => {
    const { director, world, holds } = await openStage();
    await director.activate(world, { profile: 'hang' }, ADMIN);
    const held = holdRequests(holds, 'hang/0', 300);
    expect(await director.heal(world, { release: 'answer' }, ADMIN)).toMatchObject({ dropped: 0, answered: 300 });
    expect(held.every(({ how }) => how === 'answered')).toBe(true);
  });

  test('lets go of what a rule holds that has already ended', async () => {
    const { director, world, holds } = await openStage();
    holdRequests(holds, 'long-gone', 1);
    expect(await director.heal(world, {}, ADMIN)).toMatchObject({ rules: 0, dropped: 1 });
  });

  test('twice at the same time counts each request once, and both wait for the last', async () => {
    const { director, world, holds } = await openStage();
    holdRequests(holds, 'hang/0', 2_000);
    const both = await Promise.all([director.heal(world, {}, ADMIN), director.heal(world, {}, ADMIN)]);
    expect(both.reduce((sum, { dropped }) => sum + dropped, 0)).toBe(2_000);
    expect(holds.size).toBe(0);
  });

  test('leaves an activation alone that comes while it is letting go', async () => {
    const { director, world, holds, engine } = await openStage();
    await director.activate(world, { profile: 'hang' }, ADMIN);
    holdRequests(holds, 'hang/0', 1_000);
    const healing = director.heal(world, {}, ADMIN);
    await director.activate(world, { profile: 'lost' }, ADMIN);
    expect(await healing).toMatchObject({ activations: 1, rules: 1, dropped: 1_000 });
    expect(engine.rules.map(({ id }) => id)).toEqual(['lost/0']);
  });

  test('stops every timer, so that nothing expires afterwards', async () => {
    const { director, world, clock } = await openStage();
    await director.activate(world, { profile: 'slow', ttl: '5m' }, ADMIN);
    await director.addRule(world, { fault: 'hang', ttl: '5m' }, ADMIN);
    await director.heal(world, {}, ADMIN);
    await clock.advanceAsync(600_000);
    expect(director.actions(world)[0]?.verb).toBe('heal');
  });
});

describe('reset', () => {
  test('heals, opens the catalogue with the seed, and begins journal, clock and rule numbers anew', async () => {
    const { director, world, clock, engine, opened } = await openStage();
    await director.addRule(world, { fault: 'hang' }, ADMIN);
    world.boxOfficeClock.advance(3_600_000);
    const ended = await director.reset(world, { catalog: 'festival', seed: 99 }, ADMIN);
    expect(ended).toMatchObject({ rules: 1 });
    expect([world.catalog, world.seed, opened]).toEqual(['festival', 99, ['festival']]);
    expect(world.boxOfficeClock.now()).toBe(clock.now());
    expect(engine.rules).toEqual([]);
    expect((await director.addRule(world, { fault: 'hang' }, ADMIN)).id).toBe('rule/1');
  });

  test('keeps the shelf', async () => {
    const { director, world, shelf } = await openStage();
    await director.putProfile(world, 'mine', 'summary: Mine.\nrules: [{ fault: hang }]', ADMIN);
    await director.reset(world, {}, ADMIN);
    expect(shelf.get('mine').profile.summary).toBe('Mine.');
  });

  test('of an unknown catalogue is refused, and nothing has ended', async () => {
    const { director, world, engine } = await openStage();
    await director.activate(world, { profile: 'hang' }, ADMIN);
    expect((await refusalOf(() => director.reset(world, { catalog: 'nope' }, ADMIN))).code).toBe('unknown_catalog');
    expect(engine.rules).toHaveLength(1);
  });
});
