// The playback: cues as the director's own verbs, ramps in story time, and what heal and reset do to a play.
import { expect, test } from 'vitest';
import { ADMIN, refusalOf } from '../director/stage.ts';
import { type OpenTheatre, openTheatre } from './open-playback.ts';
import { openWorlds } from './open-worlds.ts';

const MINUTE = 60_000;
const STORY = `summary: S
ends: 10m
timeScale: 10
cues:
  - { at: 0s, capacity: { servers: 3 } }
  - { at: 0s, crowd: {} }
  - { at: 1m, activate: creeping }
  - { at: 2m, activate: slow, as: slower, share: { from: 0, to: 1, over: 2m } }
  - { at: 5m, heal: true }
  - { at: 6m, activate: hang, ttl: 2m }
`;
const CREEPING = 'summary: It creeps.\nrules:\n  - fault: hang\n    share: { from: 0, to: 0.8, over: 4m }\n';

const open = (): Promise<OpenTheatre> =>
  openTheatre({ story: STORY, secret: `hidden: true\n${STORY}` }, { creeping: CREEPING });

const inForce = ({ director, world }: OpenTheatre): string[] =>
  director.activations(world).map(({ activation }) => activation);
const shares = ({ director, world }: OpenTheatre): number[] => director.rules(world).map(({ share }) => share);

test('cues are the director’s verbs, done by the server with the seed of the play', async () => {
  const opened = await open();
  const { clock, director, world, playback, load } = opened;
  await playback.play('story', { seed: 99, by: 'me' }, ADMIN);
  await clock.advanceAsync(2.5 * MINUTE);
  expect(inForce(opened)).toEqual(['creeping', 'slower']);
  expect(director.activations(world)).toMatchObject([{ seed: 99, by: 'scenario' }, { seed: 99 }]);
  expect([load.capacity()?.servers, load.crowd() !== null, world.boxOfficeClock.scale]).toEqual([3, true, 10]);
  expect(director.actions(world).map(({ verb, who }) => `${verb} ${who}`)).toEqual([
    'activate server',
    'activate server',
    'play admin',
    'set-crowd server',
    'set-capacity server',
  ]);
});

test('ramps of a cue and of its profile run in story time, and are under way after a seek', async () => {
  const opened = await open();
  const { clock, playback } = opened;
  await playback.play('story', { speed: 60 }, ADMIN);
  await clock.advanceAsync(3000);
  expect(shares(opened).map((share) => share.toFixed(2))).toEqual(['0.40', '0.50', '0.50']);
  await playback.seek({ to: '2m30s' }, ADMIN);
  expect(shares(opened).map((share) => share.toFixed(2))).toEqual(['0.30', '0.25', '0.25']);
});

test('a cue’s heal ends rules and leaves the play, the capacity and the crowd alone', async () => {
  const opened = await open();
  const { clock, playback, load } = opened;
  await playback.play('story', {}, ADMIN);
  await clock.advanceAsync(5 * MINUTE);
  expect([inForce(opened), playback.player.status.status, load.capacity()?.servers]).toEqual([[], 'playing', 3]);
  await clock.advanceAsync(MINUTE);
  expect(inForce(opened)).toEqual(['hang']);
  await clock.advanceAsync(2 * MINUTE);
  expect(inForce(opened)).toEqual([]);
});

test('an admin’s heal ends the play with everything it changed', async () => {
  const opened = await open();
  const { clock, director, world, playback, load } = opened;
  await playback.play('story', {}, ADMIN);
  await clock.advanceAsync(3 * MINUTE);
  await director.heal(world, {}, ADMIN);
  expect([inForce(opened), playback.player.status.status]).toEqual([[], 'ended']);
  expect([load.capacity(), load.crowd(), world.boxOfficeClock.scale]).toEqual([null, null, 1]);
});

test('a heal may keep the storm, and a heal may keep the play', async () => {
  const opened = await open();
  const { clock, director, world, playback, load } = opened;
  await playback.play('story', {}, ADMIN);
  await clock.advanceAsync(3 * MINUTE);
  await director.heal(world, { keep: ['capacity', 'crowd', 'playback'] }, ADMIN);
  expect([inForce(opened), playback.player.status.status]).toEqual([[], 'playing']);
  await director.heal(world, { keep: ['capacity', 'crowd'] }, ADMIN);
  expect([playback.player.status.status, load.capacity()?.servers, load.crowd() !== null]).toEqual(['ended', 3, true]);
});

test('reset ends the play too', async () => {
  const opened = await open();
  await opened.playback.play('story', {}, ADMIN);
  await opened.director.reset(opened.world, {}, ADMIN);
  expect([opened.playback.player.status.status, opened.load.capacity()]).toEqual(['ended', null]);
});

test('what a person put in force under the same name is not ended by the play', async () => {
  const opened = await open();
  const { clock, director, world, playback } = opened;
  await playback.play('story', {}, ADMIN);
  await clock.advanceAsync(90_000);
  await director.activate(world, { profile: 'lost', as: 'creeping' }, ADMIN);
  await playback.stop({}, ADMIN);
  expect(inForce(opened)).toEqual(['creeping']);
});

test('a hidden scenario is not named in the record of who played it', async () => {
  const { director, world, playback } = await open();
  await playback.play('secret', { by: 'me' }, ADMIN);
  const played = director.actions(world).find(({ verb }) => verb === 'play');
  expect(played).toMatchObject({ who: 'admin', body: { by: 'me' }, result: { scenario: 'sealed', status: 'playing' } });
  expect(JSON.stringify(played)).not.toContain('secret');
});

test('an unknown scenario is refused, and nothing begins', async () => {
  const { director, world, playback } = await open();
  expect((await refusalOf(() => playback.play('storm', {}, ADMIN))).code).toBe('unknown_scenario');
  expect(director.actions(world)).toEqual([]);
});

const REFUSING = 'summary: T\nrules:\n  - fault: refuse-connection\n';
const RESETTING = 'summary: R\nrules:\n  - fault: hang\n  - fault: reset-connection\n';
const MIXED = `summary: S
ends: 10m
cues:
  - { at: 0s, activate: hang }
  - { at: 1m, activate: refusing }
  - { at: 2m, activate: resetting, as: second, share: 0.5 }
`;

test('cues that can be done at no time in its world are told as it begins, and not those that can', async () => {
  const { worlds } = await openWorlds({
    scenarios: { mixed: MIXED, alone: 'summary: S\nends: 2m\ncues:\n  - { at: 1m, activate: refusing }\n' },
    profiles: { refusing: REFUSING, resetting: RESETTING },
  });
  const { world } = worlds.enter('a');
  const { cannotAct } = await world.playback.play('mixed', {}, ADMIN);
  expect(cannotAct).toMatchObject([
    { index: 1, at: '+1m', text: 'refusing', why: expect.stringMatching(/^refuse-connection acts on .* no door of/) },
    {
      index: 2,
      at: '+2m',
      text: 'resetting as second, 50 %',
      why: expect.stringMatching(/^reset-connection acts on /),
    },
  ]);
  expect(world.engine.rules.map(({ id }) => id)).toEqual(['hang/0']);
  const refused = await refusalOf(() => worlds.enter('b').world.playback.play('alone', {}, ADMIN));
  expect([refused.code, refused.message]).toEqual([
    'cannot_be_armed',
    expect.stringMatching(/^nothing of alone can be done here: .*PUT \/v1\/worlds\/b /),
  ]);
  await worlds.put('b', { door: true }, ADMIN);
  expect((await worlds.get('b').playback.play('alone', {}, ADMIN)).cannotAct).toEqual([]);
});
