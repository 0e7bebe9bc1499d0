// While a rehearsal runs, whatever would strike beyond its blast radius is refused, by whatever way it is asked for.
import { describe, expect, test } from 'vitest';

import { type CapacitySettings, capacitySettings } from '../../src/capacity/settings.ts';
import { crowdSettings } from '../../src/crowd/settings.ts';
import { ADMIN, refusalOf } from '../director/stage.ts';
import { FILE, openPlayed, openRig, type Rig } from './rig.ts';

const CAPACITY = capacitySettings.parse({});
const CROWD = crowdSettings.parse({});
const within = (blastRadius: object) => ({
  ...FILE,
  blastRadius,
  phases: [
    { name: 'calm', for: '30s' },
    {
      name: 'fault',
      for: '1m',
      on: [{ profile: 'hang', clients: ['shop'], operations: ['completeOrder'], share: 0.5 }],
    },
  ],
});
const conflict = (words: string | RegExp) => ({
  code: 'conflict',
  message: typeof words === 'string' ? expect.stringContaining(words) : expect.stringMatching(words),
});
const capacity = ({ director, world }: Rig, settings: CapacitySettings | null) =>
  director.setCapacity(world, { capacity: settings }, ADMIN);
const rule = ({ director, world }: Rig, about: object) =>
  director.addRule(world, { fault: 'hang', ttl: '1m', ...about }, ADMIN);

describe('what strikes everybody', () => {
  test.each([
    [{ clients: ['shop'] }, 'every seller, and the blast radius allows only the clients shop'],
    [
      { operations: ['completeOrder'] },
      'every operation, and the blast radius allows only the operations completeOrder',
    ],
    [{ share: 0.5 }, 'every request, and the blast radius allows at most 0.5'],
  ])('is beyond %j', async (radius, words) => {
    const rig = await openRig();
    await rig.start(within(radius));
    const { director, world } = rig;
    expect(await refusalOf(() => capacity(rig, CAPACITY))).toMatchObject(conflict(`capacity strikes ${words}`));
    expect(await refusalOf(() => director.setCrowd(world, { crowd: CROWD }, ADMIN))).toMatchObject(
      conflict(`a crowd strikes ${words}`),
    );
    capacity(rig, null);
    director.setCrowd(world, { crowd: null }, ADMIN);
  });

  test('may be where only the time is bounded', async () => {
    const rig = await openRig();
    await rig.start(within({ longest: '5m', share: 1 }));
    capacity(rig, CAPACITY);
    expect(rig.world.load.capacity()).not.toBeNull();
  });
});

describe('shares count together', () => {
  const half = { share: 0.5, match: { operations: ['completeOrder'] } };

  test('of rules that can strike the same request', async () => {
    const rig = await openRig();
    await rig.start(within({ share: 0.5 }));
    await rule(rig, { id: 'first', ...half });
    expect(await refusalOf(() => rule(rig, half))).toMatchObject(
      conflict('strikes a share of 0.75 together with rule first (hang), and the blast radius allows at most 0.5'),
    );
    expect(await refusalOf(() => rule(rig, { share: 0.1 }))).toMatchObject(conflict('strikes a share of 0.55'));
    await rule(rig, { share: 0.5, match: { operations: ['listSessions'] } });
    await rig.director.deleteRule(rig.world, 'first', {}, ADMIN);
    await rule(rig, half);
  });

  test('and not of rules that meet a third one, and never each other', async () => {
    const rig = await openRig();
    await rig.start(within({ share: 0.5 }));
    await rule(rig, { share: 0.25, match: { operations: ['completeOrder'] } });
    await rule(rig, { share: 0.25, match: { operations: ['listSessions'] } });
    await rule(rig, { share: 0.25, match: { clients: ['shop'] } });
    expect((await refusalOf(() => rule(rig, { share: 0.25, match: { clients: ['shop'] } }))).message).toMatch(
      /strikes a share of 0\.578 together with .*rule\/\d/,
    );
  });

  test('nor of an activation and the one that it renews or replaces', async () => {
    const rig = await openRig();
    const { director, world } = rig;
    await rig.start(within({ share: 0.5 }));
    const arm = (share: number, as?: string) => director.activate(world, { profile: 'hang', as, share }, ADMIN);
    await arm(0.5);
    expect((await arm(0.5)).how).toBe('renewed');
    expect((await arm(0.4)).how).toBe('replaced');
    expect(await refusalOf(() => arm(0.4, 'again'))).toMatchObject(conflict('a share of 0.64'));
  });

  test('of the faults of one phase, before anything begins', async () => {
    const rig = await openRig();
    const on = [1, 2].map(() => ({ profile: 'hang', share: 0.4 }));
    const file = { ...FILE, blastRadius: { share: 0.5 }, phases: [FILE.phases[0], { name: 'fault', for: '1m', on }] };
    expect(await refusalOf(() => rig.start(file))).toMatchObject({
      code: 'validation_failed',
      message: expect.stringMatching(/^rehearsal\.yaml:1 phases\[1\]\.on\[1\]: .* a share of 0\.64 together with/),
    });
  });
});

describe('a rehearsal does not begin', () => {
  test('beside a rule from before that is beyond its blast radius', async () => {
    const rig = await openRig();
    await rule(rig, { id: 'old' });
    expect(await refusalOf(() => rig.start(FILE))).toMatchObject(
      conflict(/^rule old \(hang\) may strike any seller.*heal first/),
    );
    expect(rig.rehearsals.running).toEqual([]);
    await rig.director.heal(rig.world, {}, ADMIN);
    await rule(rig, { match: { clients: ['shop'], operations: ['completeOrder'] }, ttl: '2m' });
    await rig.start(FILE);
  });

  test('beside capacity or a crowd that is on', async () => {
    const rig = await openRig();
    capacity(rig, CAPACITY);
    expect(await refusalOf(() => rig.start(FILE))).toMatchObject(
      conflict(/^capacity strikes every seller.*heal first/),
    );
    capacity(rig, null);
    rig.director.setCrowd(rig.world, { crowd: CROWD }, ADMIN);
    expect(await refusalOf(() => rig.start(FILE))).toMatchObject(conflict(/^a crowd strikes every seller/));
  });

  test('and is aborted in its calm where something was armed just as it began', async () => {
    const rig = await openRig({
      randomHex: () => {
        void rule(rig, { id: 'late' });
        return '00000000';
      },
    });
    const { id } = await rig.start(FILE);
    await rig.clock.advanceAsync(1000);
    const { status, abort } = await rig.rehearsals.get(rig.world, id);
    expect(status).toBe('aborted');
    expect(abort).toMatchObject({ condition: 'blastRadius', value: expect.stringMatching(/^rule late \(hang\)/) });
    expect(rig.engine.rules).toEqual([]);
  });

  test('beside a scenario whose cues go beyond it', async () => {
    const rig = await openPlayed(STORIES);
    await rig.world.playback.play('wide', {}, ADMIN);
    expect(await refusalOf(() => rig.start(FILE))).toMatchObject(
      conflict(/whose cue 0 \(activate\) must not come: .*may strike any seller.*stop it/),
    );
  });
});

const MATCH = '{ clients: [shop], operations: [completeOrder] }';
const STORIES = {
  wide: 'summary: All.\nends: 3m\ncues:\n  - { at: 1m, activate: hang }\n',
  served: 'summary: Few.\nends: 3m\ncues:\n  - { at: 1m, note: calm }\n  - { at: 2m, capacity: { servers: 1 } }\n',
  narrow: `summary: One.\nends: 3m\ncues:\n  - { at: 1m, activate: hang, share: 0.4, match: ${MATCH} }\n`,
  twice: `summary: Two.\nends: 3m\ncues:\n  - { at: 1m, activate: hang, as: a, share: 0.4, match: ${MATCH}, ttl: 1m }\n  - { at: 90s, activate: hang, as: b, share: 0.4, match: ${MATCH} }\n`,
  after: `summary: Two.\nends: 3m\ncues:\n  - { at: 1m, activate: hang, as: a, share: 0.4, match: ${MATCH}, ttl: 1m }\n  - { at: 2m, activate: hang, as: b, share: 0.4, match: ${MATCH} }\n`,
};
const RADIUS = { clients: ['shop'], operations: ['completeOrder'], share: 0.5 };

describe('a scenario', () => {
  test.each([
    ['wide', /^its cue 0 \(activate\) must not come: .*may strike any seller/],
    ['served', /^its cue 1 \(capacity\) must not come: capacity strikes every seller/],
    ['twice', /^its cue 1 .*a share of 0\.64 together with rule a\/0/],
  ])('%s is not played where a cue of it is beyond the radius', async (name, words) => {
    const rig = await openPlayed(STORIES);
    await rig.start(within(RADIUS));
    const { playback } = rig.world;
    expect(await refusalOf(() => playback.play(name, {}, ADMIN))).toMatchObject(conflict(words));
    expect(playback.player.status.status).toBe('ended');
  });

  test('is played, paused, moved in and resumed where all of it is within, and its share counts once', async () => {
    const rig = await openPlayed(STORIES);
    await rig.start(within(RADIUS));
    const { playback } = rig.world;
    await playback.play('narrow', { from: '1m' }, ADMIN);
    await playback.pause({}, ADMIN);
    await playback.seek({ to: '2m' }, ADMIN);
    await playback.resume({}, ADMIN);
    await playback.stop({}, ADMIN);
    await playback.play('after', { from: '2m' }, ADMIN);
    expect(rig.engine.rules.map(({ id }) => id)).toEqual(['b/0']);
  });
});

describe('after an abort', () => {
  test('nothing is played, loaded or cut until it has finished', async () => {
    const rig = await openPlayed(STORIES);
    const { id } = await rig.start(within(RADIUS));
    await rig.clock.advanceAsync(31_000);
    await rig.rehearsals.abort(rig.world, 'current', { condition: 'asked', value: 'by x', limit: '' }, ADMIN);
    const { playback } = rig.world;
    const aborted = conflict('was aborted: nothing is armed or played here until it has finished');
    expect(await refusalOf(() => playback.play('narrow', {}, ADMIN))).toMatchObject(aborted);
    expect(await refusalOf(() => capacity(rig, CAPACITY))).toMatchObject(aborted);
    capacity(rig, null);
    await rig.clock.advanceAsync(60_000);
    expect((await rig.rehearsals.get(rig.world, id)).status).toBe('aborted');
    await playback.play('narrow', {}, ADMIN);
  });
});

describe('a world', () => {
  test('is not reset while a rehearsal runs in it, which would no longer be of one box office', async () => {
    const rig = await openRig();
    await rig.start(FILE);
    const reset = () => rig.director.reset(rig.world, { seed: 9 }, ADMIN);
    expect(await refusalOf(reset)).toMatchObject(
      conflict(/^rehearsal \S+ runs in this world.*abort or finish it first/),
    );
    expect(rig.world.seed).toBe(7);
    await rig.rehearsals.finish(rig.world, 'current', null, ADMIN);
    await reset();
    expect(rig.world.seed).toBe(9);
  });
});
