// Which living connections an activation reaches, and what it may ask of kinds that strike doors and connections.
import { expect, test } from 'vitest';
import { ADMIN, openStage, refusalOf } from './stage.ts';

/** A stage with a profile of these rules, and a world that notes what is done to its connections. */
async function watchedStage(rules: object[]) {
  const stage = await openStage();
  const done: unknown[] = [];
  Object.assign(stage.world, {
    settled: async () => void done.push('settled'),
    reachLiving: async (reached: { id: string }[]) => void done.push(['all', ...reached.map(({ id }) => id)]),
    sever: async (matches: object[]) => done.push(['sever', ...matches]),
  });
  await stage.director.putProfile(stage.world, 'p', JSON.stringify({ summary: 'For a test.', rules }), ADMIN);
  return { ...stage, done };
}

test('an activation answers when the doors are as wanted, and so do single rules and every end', async () => {
  const { director, world, done } = await watchedStage([{ fault: 'refuse-connection' }]);
  await director.activate(world, { profile: 'p' }, ADMIN);
  expect(done.splice(0)).toEqual(['settled']);
  await director.addRule(world, { fault: 'hang' }, ADMIN);
  expect(done.splice(0)).toEqual(['settled']);
  await director.deleteRule(world, 'rule/1', {}, ADMIN);
  expect(done.splice(0)).toEqual(['settled']);
  await director.heal(world, {}, ADMIN);
  expect(done.splice(0)).toEqual(['settled']);
});

test('`all` reaches the living before the doors are turned, `sever` cuts them after', async () => {
  const { director, world, done } = await watchedStage([{ fault: 'silent-connection', match: { doors: ['main'] } }]);
  await director.activate(world, { profile: 'p', connections: 'all' }, ADMIN);
  expect(done.splice(0)).toEqual([['all', 'p/0'], 'settled']);
  const match = { addresses: ['10.0.0.0/8'] };
  await director.activate(world, { profile: 'p', connections: 'sever', match }, ADMIN);
  expect(done.splice(0)).toEqual(['settled', ['sever', { doors: ['main'] }, match]]);
});

test('an activation asked again as it was reaches nobody anew', async () => {
  const { director, world, done } = await watchedStage([{ fault: 'hang' }]);
  for (const how of ['activated', 'renewed'])
    expect(await director.activate(world, { profile: 'p', connections: 'sever' }, ADMIN)).toMatchObject({ how });
  expect(done).toEqual(['settled', ['sever', {}, {}]]);
});

test.each([
  ['silent-connection', { match: { clients: ['a'] } }, 'match.clients'],
  ['silent-connection', { match: { operations: ['listSessions'] } }, 'match.operations'],
  ['refuse-connection', { match: { addresses: ['10.0.0.1'] } }, 'match.addresses'],
  ['dark-door', { share: 0.5 }, 'share'],
  ['connection-flood', { share: { from: 0, to: 1, over: '1m' } }, 'share'],
])('%s cannot be activated with %j', async (fault, body, path) => {
  const { director, world, engine } = await watchedStage([{ fault }]);
  const { code, facts } = await refusalOf(() => director.activate(world, { profile: 'p', ...body }, ADMIN));
  expect(code).toBe('validation_failed');
  expect(facts).toMatchObject({ errors: [{ path, message: expect.stringContaining(fault) }] });
  expect(engine.rules).toEqual([]);
});

test('what a kind can be asked is not refused', async () => {
  const { director, world } = await watchedStage([{ fault: 'silent-connection' }]);
  await director.activate(world, { profile: 'p', share: 0.5, match: { addresses: ['10.0.0.1'] } }, ADMIN);
  expect(director.activations(world)).toHaveLength(1);
});

test('connections are cut by doors and addresses, and it is written down', async () => {
  const { director, world, done } = await watchedStage([{ fault: 'hang' }]);
  const request = { doors: ['main'], addresses: ['10.0.0.1'], by: 'alice' };
  expect(await director.sever(world, request, ADMIN)).toBe(1);
  expect(done).toEqual([['sever', { doors: ['main'], addresses: ['10.0.0.1'] }]]);
  expect(director.actions(world)[0]).toMatchObject({ verb: 'sever', by: 'alice', result: { severed: 1 } });
  expect((await refusalOf(() => director.sever(world, { doors: ['back'] }, ADMIN))).facts).toMatchObject({
    errors: [{ path: 'match.doors[0]' }],
  });
});
