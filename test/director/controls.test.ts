// Single rules, clock, shelf and the record: the rest of what the director's hand can do.
import { describe, expect, test } from 'vitest';
import { MAX_ACTIONS } from '../../src/director/actions.ts';
import { ADMIN, createBareWorld, holdRequests, openStage, refusalOf } from './stage.ts';

describe('a single rule', () => {
  test('is numbered, and skips a number that is taken', async () => {
    const { director, world } = await openStage();
    await director.addRule(world, { fault: 'hang', id: 'rule/2' }, ADMIN);
    const added = [1, 2].map(() => director.addRule(world, { fault: 'hang' }, ADMIN));
    expect((await Promise.all(added)).map(({ id }) => id)).toEqual(['rule/3', 'rule/4']);
  });

  test('of a taken id is refused', async () => {
    const { director, world } = await openStage();
    await director.addRule(world, { fault: 'hang', id: 'mine' }, ADMIN);
    expect((await refusalOf(() => director.addRule(world, { fault: 'hang', id: 'mine' }, ADMIN))).code).toBe(
      'rule_exists',
    );
  });

  test('of an unknown kind, parameter or operation is refused with all of it', async () => {
    const { director, world } = await openStage();
    const rule = { fault: 'error-status', with: { status: 'x' }, match: { operations: ['nope'] } };
    const { facts } = await refusalOf(() => director.addRule(world, rule, ADMIN));
    expect(facts.errors).toMatchObject([{ path: 'match.operations[0]' }, { path: 'with.status' }]);
  });

  test('ends at its ttl, the default one when it has none', async () => {
    const { director, world, clock, engine } = await openStage({ defaultTtlMs: 60_000 });
    await director.addRule(world, { fault: 'hang', ttl: '10s' }, ADMIN);
    expect((await director.addRule(world, { fault: 'latency' }, ADMIN)).expiresAt).toBe(clock.now() + 60_000);
    await clock.advanceAsync(10_000);
    expect(engine.rules.map(({ id }) => id)).toEqual(['rule/2']);
    await clock.advanceAsync(50_000);
    expect(engine.rules).toEqual([]);
  });

  test('is deleted by its id with what it holds, also out of an activation, which ends with its last', async () => {
    const { director, world, holds } = await openStage();
    await director.activate(world, { profile: 'slow' }, ADMIN);
    holdRequests(holds, 'late', 2);
    expect(await director.deleteRule(world, 'late', {}, ADMIN)).toMatchObject({ activations: 0, rules: 1, dropped: 2 });
    expect(await director.deleteRule(world, 'slow/1', {}, ADMIN)).toMatchObject({ activations: 1, rules: 1 });
    expect((await refusalOf(() => director.deleteRule(world, 'late', {}, ADMIN))).code).toBe('not_found');
  });
});

describe('the box-office clock', () => {
  test('is advanced and set, and real time stands still', async () => {
    const { director, world, clock } = await openStage();
    const realNow = clock.now();
    expect(director.moveClock(world, { advance: '15m' }, ADMIN)).toMatchObject({ offsetMs: 900_000, scale: 1 });
    const set = director.moveClock(world, { set: '2030-01-01T00:00:00Z' }, ADMIN);
    expect(set.now).toBe(Date.UTC(2030, 0, 1));
    expect(clock.now()).toBe(realNow);
  });

  test.each([{}, { advance: '1s', set: '2030-01-01T00:00:00Z' }, { advance: '9999999d' }])(
    'asked with %j is refused',
    async (body) => {
      const { director, world } = await openStage();
      expect((await refusalOf(() => director.moveClock(world, body, ADMIN))).code).toBe('validation_failed');
    },
  );
});

describe('the shelf in the hand of the director', () => {
  test('gives no profile away that is in force in any world', async () => {
    const { director, world, clock } = await openStage();
    const other = createBareWorld(clock, { name: 'other' });
    await director.activate(other, { profile: 'hang', as: 'x' }, ADMIN);
    const { code, facts } = await refusalOf(() => director.deleteProfile(world, 'hang', ADMIN));
    expect([code, facts.world, facts.activations]).toEqual(['conflict', 'other', ['x']]);
    await director.heal(other, {}, ADMIN);
    director.deleteProfile(world, 'hang', ADMIN);
    expect((await refusalOf(() => director.activate(world, { profile: 'hang' }, ADMIN))).code).toBe('unknown_profile');
  });
});

describe('the record of actions', () => {
  test('has time, author, body without secrets and result, newest first', async () => {
    const { director, world, clock } = await openStage();
    const headers = { authorization: 'Bearer s3cret' };
    await director.activate(world, { profile: 'hang', by: 'alice', match: { headers } }, ADMIN);
    await director.heal(world, { by: 'bob' }, ADMIN);
    const [healed, activated] = director.actions(world);
    expect(healed).toMatchObject({
      id: 2,
      verb: 'heal',
      who: 'admin',
      by: 'bob',
      remote: '127.0.0.1',
      at: clock.now(),
    });
    expect(activated).toMatchObject({ verb: 'activate', by: 'alice', result: { activation: 'hang', rules: 1 } });
    expect(JSON.stringify([director.actions(world), director.snapshot(world)])).not.toContain('s3cret');
  });

  test('does not have what was refused', async () => {
    const { director, world } = await openStage();
    await refusalOf(() => director.activate(world, { profile: 'nope' }, ADMIN));
    expect(director.actions(world)).toEqual([]);
  });

  test('keeps the newest thousand, and each in bounded size', async () => {
    const { director, world } = await openStage();
    const clients = Array.from({ length: 200 }, (_, i) => `${i}${'x'.repeat(190)}`);
    await director.addRule(world, { fault: 'hang', match: { clients } }, ADMIN);
    expect(JSON.stringify(director.actions(world)).length).toBeLessThan(10_000);
    for (let i = 0; i < MAX_ACTIONS + 5; i++) director.clearJournal(world, ADMIN);
    const actions = director.actions(world);
    expect(actions).toHaveLength(MAX_ACTIONS);
    expect(actions[0]?.id).toBeGreaterThan(MAX_ACTIONS);
  });

  test('is told to whoever listens, whose failure stays theirs', async () => {
    const errors: unknown[] = [];
    const { director, world } = await openStage({ failed: (error) => errors.push(error) });
    const verbs: string[] = [];
    director.changed.subscribe(() => {
      throw new Error('an observer fails');
    });
    director.changed.subscribe(({ verb }) => verbs.push(verb));
    await director.heal(world, {}, ADMIN);
    expect([verbs, errors.length]).toEqual([['heal'], 1]);
  });
});

describe('two directors in one process', () => {
  test('share nothing', async () => {
    const [one, two] = [await openStage(), await openStage()];
    await one.director.activate(one.world, { profile: 'hang' }, ADMIN);
    await one.director.putProfile(one.world, 'mine', 'summary: Mine.\nrules: [{ fault: hang }]', ADMIN);
    expect(two.director.activations(two.world)).toEqual([]);
    expect(two.director.actions(two.world)).toEqual([]);
    expect(two.shelf.find('mine')).toBeUndefined();
  });

  test('and two worlds of one director neither', async () => {
    const { director, world, clock } = await openStage();
    const other = createBareWorld(clock, { name: 'other' });
    await director.activate(world, { profile: 'hang' }, ADMIN);
    await director.heal(other, {}, ADMIN);
    expect(director.activations(world)).toHaveLength(1);
    director.forget(world);
    expect(director.activations(world)).toEqual([]);
  });
});

describe('the snapshot', () => {
  test('says what is in force, what it holds, and what is wrong with the shelf', async () => {
    const { director, world, holds } = await openStage();
    await director.activate(world, { profile: 'hang', share: { from: 0, to: 1, over: '10s' } }, ADMIN);
    await director.addRule(world, { fault: 'latency' }, ADMIN);
    holdRequests(holds, 'hang/0', 4);
    const state = director.snapshot(world);
    expect(state).toMatchObject({
      world: 'default',
      seed: 7,
      catalog: 'small',
      held: 4,
      profiles: { count: 3, errors: [] },
    });
    expect(state.activations[0]?.rules[0]).toMatchObject({ id: 'hang/0', held: 4, share: 0, counts: { matched: 0 } });
    expect(state.rules.map(({ id }) => id)).toEqual(['rule/1']);
  });
});
