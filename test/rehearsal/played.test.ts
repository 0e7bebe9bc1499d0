// A rehearsal that plays a scenario: its fault is from the first activation to the last end.
import { expect, test } from 'vitest';
import { readRecord } from '../../src/rehearsal/read-record.ts';
import { PROFILES, refusalOf } from '../director/stage.ts';
import { openPlayed } from './rig.ts';

const STORY = `summary: Twice.
ends: 10m
cues:
  - { at: 1m, activate: hang, match: { clients: [shop] }, ttl: 1m }
  - { at: 3m, activate: hang, match: { clients: [shop] } }
  - { at: 4m, heal: true }
`;
const WIDE = 'summary: All.\nends: 3m\ncues:\n  - { at: 1m, activate: hang }\n';

const STORIES = { twice: STORY, wide: WIDE };

test('its phases are as its rules, and it has finished when the scenario has', async () => {
  const rig = await openPlayed(STORIES);
  const { id } = await rig.start({ title: 't', scenario: 'twice', speed: '60x' });
  await rig.clock.advanceAsync(3500);
  expect(rig.engine.rules).toHaveLength(1);
  await rig.clock.advanceAsync(10_000);
  const { phases, status, startedAt, endedAt } = await rig.rehearsals.get(rig.world, id);
  expect(phases.map(({ kind, at }) => [kind, at - startedAt])).toEqual([
    ['calm', 0],
    ['fault', 1000],
    ['recovery', 4000],
  ]);
  expect({ status, tookMs: (endedAt ?? 0) - startedAt }).toEqual({ status: 'finished', tookMs: 10_000 });
  const { scenarios, profiles } = await readRecord((await rig.rehearsals.record(rig.world, id))());
  expect(scenarios).toMatchObject([{ name: 'twice', text: STORY }]);
  expect(profiles).toMatchObject([{ name: 'hang', text: PROFILES.hang }]);
});

test('a cue beyond the blast radius is found before anything begins', async () => {
  const rig = await openPlayed(STORIES);
  const begin = () => rig.start({ title: 't', scenario: 'wide', speed: 60, blastRadius: { clients: ['shop'] } });
  expect(await refusalOf(begin)).toMatchObject({
    code: 'validation_failed',
    message: expect.stringMatching(/^rehearsal\.yaml:1 scenario: its cue 0: .*may strike any seller/),
  });
  expect((await refusalOf(() => rig.start({ title: 't', scenario: 'twic' }))).message).toContain('did you mean twice?');
  expect(rig.engine.rules).toEqual([]);
});

test('it is aborted before its first cue where a condition is true, and the play is stopped', async () => {
  const rig = await openPlayed(STORIES);
  await rig.start({ title: 't', scenario: 'twice', speed: 1, abort: { openRequests: 1 } });
  for (let n = 0; n < 2; n++) rig.request();
  await rig.clock.advanceAsync(1000);
  expect(rig.world.playback.player.status.status).toBe('ended');
  await rig.clock.advanceAsync(600_000);
  expect(rig.director.actions(rig.world).map(({ verb }) => verb)).not.toContain('activate');
});

test('a rule that outlasts the blast radius is ended, since nobody knew beforehand how long a cue would stand', async () => {
  const rig = await openPlayed(STORIES);
  await rig.start({ title: 't', scenario: 'twice', speed: 1, blastRadius: { longest: '30s' } });
  await rig.clock.advanceAsync(89_000);
  expect(rig.engine.rules).toHaveLength(1);
  await rig.clock.advanceAsync(3000);
  expect(rig.engine.rules).toEqual([]);
  expect((await rig.rehearsals.get(rig.world, 'current')).abort?.condition).toBe('blastRadius.longest');
});
