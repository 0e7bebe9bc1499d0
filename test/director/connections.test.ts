// Which living connections an activation reaches, and what it may ask of kinds that strike doors and connections.
import { describe, expect, test } from 'vitest';
import type { LivingConnection } from '../../src/director/doors-port.ts';
import { readProfile } from '../../src/shelf/profile.ts';
import { ADMIN, KNOWN, openStage, refusalOf } from './stage.ts';

/** A stage with a profile of these rules, and a world that notes what is done to its connections. */
async function watchedStage(rules: object[], living: readonly LivingConnection[] = []) {
  const stage = await openStage();
  const done: unknown[] = [];
  Object.assign(stage.world.doors, {
    settled: async () => void done.push('settled'),
    reachLiving: async (reached: { id: string }[]) => {
      done.push(['all', ...reached.map(({ id }) => id)]);
      return new Set([1]);
    },
    livingConnections: () => living,
    sever: async (matches: object[]) => {
      done.push(['sever', ...matches]);
      return 2;
    },
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
  expect(done).toEqual(['settled', ['sever']]);
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
  expect(await director.sever(world, request, ADMIN)).toBe(2);
  expect(done).toEqual([['sever', { doors: ['main'], addresses: ['10.0.0.1'] }]]);
  expect(director.actions(world)[0]).toMatchObject({ verb: 'sever', by: 'alice', result: { severed: 2 } });
  expect((await refusalOf(() => director.sever(world, { doors: ['back'] }, ADMIN))).facts).toMatchObject({
    errors: [{ path: 'match.doors[0]' }],
  });
});

const from = (id: number, remote: string, flood = false): LivingConnection => ({
  id,
  door: 'main',
  remote,
  openedAt: 0,
  requests: 1,
  underWay: 0,
  flood,
  waiting: false,
  lingering: false,
});
const POOL = [from(1, '10.0.0.1'), from(2, '10.0.0.2'), from(3, '127.0.0.77', true)];

describe('what is done to living connections', () => {
  test.each([
    ['idle-close', undefined, undefined, { reached: 1, severed: 0, spared: 0 }],
    ['throttle', undefined, 'new', { reached: 0, severed: 0, spared: 2 }],
    ['silent-connection', undefined, undefined, { reached: 0, severed: 0, spared: 2 }],
    ['silent-connection', 'all', undefined, { reached: 1, severed: 0, spared: 0 }],
    ['silent-connection', 'all', 'new', { reached: 0, severed: 0, spared: 2 }],
    ['silent-connection', 'new', 'sever', { reached: 0, severed: 2, spared: 0 }],
    ['refuse-connection', undefined, 'new', { reached: 0, severed: 0, spared: 2 }],
    ['refuse-connection', 'sever', undefined, { reached: 0, severed: 2, spared: 0 }],
    ['hang', undefined, undefined, { reached: 2, severed: 0, spared: 0 }],
    ['hang', 'new', undefined, { reached: 0, severed: 0, spared: 2 }],
    ['connection-flood', undefined, undefined, { reached: 0, severed: 0, spared: 0 }],
  ] as const)('by %s, whose rule says %s and whose activation says %s', async (fault, own, asked, counts) => {
    const { director, world } = await watchedStage([{ fault, ...(own && { connections: own }) }], POOL);
    const { living } = await director.activate(world, { profile: 'p', connections: asked }, ADMIN);
    expect(living).toMatchObject(counts);
    expect(living.hint === null).toBe(counts.spared === 0);
    await director.heal(world, {}, ADMIN);
    if (asked) return;
    const added = await director.addRule(world, { fault, ...(own && { connections: own }) }, ADMIN);
    expect(added.living).toEqual(living);
  });

  test('is told with the way to reach those that are spared', async () => {
    const { director, world } = await watchedStage([{ fault: 'silent-connection' }, { fault: 'hang' }], POOL);
    const first = await director.activate(world, { profile: 'p', match: { addresses: ['10.0.0.2'] } }, ADMIN);
    expect(first.living.hint).toBe(
      '1 connection that lives already is spared by silent-connection: `connections: all` strikes it too, `connections: sever` cuts it.',
    );
    expect((await director.addRule(world, { fault: 'dark-door' }, ADMIN)).living.hint).toBe(
      '2 connections that live already are spared by dark-door: `connections: sever` cuts them.',
    );
  });

  test('by a kind of TLS handshakes is only at the TLS door', async () => {
    const tls = { ...from(4, '10.0.0.4'), door: 'tls' };
    const { director, world, done } = await watchedStage([{ fault: 'tls-stall' }], [...POOL, tls]);
    expect((await director.activate(world, { profile: 'p' }, ADMIN)).living).toMatchObject({ reached: 0, spared: 1 });
    await director.activate(world, { profile: 'p', connections: 'sever' }, ADMIN);
    expect(done.at(-1)).toEqual(['sever', { doors: ['tls'] }]);
  });

  test('is nothing for a rule whose share is 0', async () => {
    const { director, world, done } = await watchedStage([{ fault: 'refuse-connection' }], POOL);
    const { living } = await director.activate(world, { profile: 'p', share: 0, connections: 'sever' }, ADMIN);
    expect([living, done]).toEqual([{ reached: 0, severed: 0, spared: 0, hint: null }, ['settled']]);
  });
});

test.each([
  [{ fault: 'hang', match: { clients: ['a'] } }, { connections: 'sever' as const }],
  [{ fault: 'hang', connections: 'sever' }, { match: { clients: ['a'] } }],
  [{ fault: 'hang' }, { match: { headers: { 'x-a': '*' } }, connections: 'sever' as const }],
])('nobody knows whose a living connection is: %j with %j is refused', async (rule, asked) => {
  const { director, world, engine } = await watchedStage([rule]);
  const { facts } = await refusalOf(() => director.activate(world, { profile: 'p', ...asked }, ADMIN));
  expect(facts).toMatchObject({ errors: [{ path: 'connections', message: expect.stringContaining('sever') }] });
  expect(engine.rules).toEqual([]);
  await director.activate(world, { profile: 'p', ...asked, connections: 'all' }, ADMIN);
});

test('a rule that says sever beside a match by operations is refused, alone and with file and line', async () => {
  const { director, world } = await openStage();
  const rule = { fault: 'hang', match: { operations: ['listSessions'] }, connections: 'sever' as const };
  expect((await refusalOf(() => director.addRule(world, rule, ADMIN))).facts).toMatchObject({
    errors: [{ path: 'connections' }],
  });
  const text = 'summary: Cut.\nrules:\n  - fault: hang\n    connections: sever\n    match: { methods: [GET] }\n';
  expect(readProfile(text, 'p.yaml', KNOWN)).toMatchObject({
    mistakes: [{ file: 'p.yaml', line: 4, path: 'rules[0].connections' }],
  });
});
