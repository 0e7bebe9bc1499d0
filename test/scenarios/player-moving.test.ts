// Moving in a play: pause, resume, seek, a start in the middle; what its status shows, and what a sealed one withholds.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { pacedShare } from '../../src/scenarios/paced-share.ts';
import { withheldEvent, withheldPlayback } from '../../src/scenarios/playback-state.ts';
import { refusalOf } from '../director/stage.ts';
import { openTheatre } from './recording-stage.ts';

const MINUTE = 60_000;
const STORY = `summary: S
starts: "13:55"
ends: "14:30"
cues:
  - { at: "13:55", note: All is well. }
  - { at: "14:00", capacity: { factor: 0.5 } }
  - { at: "14:02", activate: hang, ttl: 8m }
  - { at: "14:20", activate: slow, share: { from: 0, to: 1, over: 10m } }
`;

test.each([
  [undefined, ['note All is well.'], 0],
  ['14:02', ['note All is well.', 'capacity 0.5', 'activate hang'], 7 * MINUTE],
])('paused from %s, nothing is done or told until it goes on, and then what is due', async (from, due, atMs) => {
  const { clock, stage, player, events, play } = openTheatre();
  expect(await play(STORY, { paused: true, from })).toMatchObject({ status: 'paused', storyMs: atMs, cue: null });
  await clock.advanceAsync(MINUTE);
  expect([stage.calls, events]).toEqual([[], []]);
  await player.resume();
  expect(stage.calls.map((call) => call.replace(/^\d+ /, ''))).toEqual(due);
  expect(events.map(({ what }) => what)).toEqual(['started', ...due.map(() => 'cue')]);
  expect(player.status).toMatchObject({ status: 'playing', storyMs: atMs });
});

test('status says where the story is, what was played last and what comes next', async () => {
  const { clock, player, play } = openTheatre();
  expect(player.status).toMatchObject({ scenario: null, status: 'ended', storyTime: null });
  await play(STORY, { speed: 60, seed: 5 });
  await clock.advanceAsync(7500);
  expect(player.status).toEqual({
    scenario: 'story',
    status: 'playing',
    storyTime: '14:02',
    storyMs: 7.5 * MINUTE,
    endsAt: '14:30',
    endsMs: 35 * MINUTE,
    speed: 60,
    seed: 5,
    cue: { index: 2, at: '14:02', verb: 'activate', text: 'hang, for 8m' },
    next: { index: 3, at: '14:20', verb: 'activate', text: 'slow, 0 to 100 % over 10m' },
    note: 'All is well.',
    failures: 0,
    sealed: null,
  });
});

test('every cue is told with its story time', async () => {
  const { clock, events, play } = openTheatre();
  await play(STORY, { speed: 60 });
  await clock.advanceAsync(35_000);
  expect(events.map(({ what, storyTime, cue }) => `${what} ${storyTime}${cue ? ` ${cue.verb}` : ''}`)).toEqual([
    'started 13:55',
    'cue 13:55 note',
    'cue 14:00 capacity',
    'cue 14:02 activate',
    'cue 14:20 activate',
    'ended 14:30',
  ]);
});

test('while it is paused no cue comes, no ttl runs out, and the story clock stands', async () => {
  const { clock, stage, player, play } = openTheatre();
  await play(STORY);
  await clock.advanceAsync(10 * MINUTE);
  expect(await player.pause()).toMatchObject({ status: 'paused', storyTime: '14:05' });
  await clock.advanceAsync(60 * MINUTE);
  expect([player.status.storyTime, stage.inForce()]).toEqual(['14:05', ['hang']]);
  await player.resume();
  await clock.advanceAsync(5 * MINUTE - 1);
  expect(stage.inForce()).toEqual(['hang']);
  await clock.advanceAsync(1);
  expect([player.status.storyTime, stage.inForce()]).toEqual(['14:10', []]);
});

test('seek forward plays the cues between at once and in order, and says how late each is', async () => {
  const { clock, stage, player, events, play } = openTheatre();
  await play(STORY, { speed: 60 });
  await clock.advanceAsync(1000);
  expect(await player.seek('14:25')).toMatchObject({ status: 'playing', storyTime: '14:25', next: null });
  expect(stage.calls).toEqual([
    '0 note All is well.',
    '1000 capacity 0.5',
    '1000 activate hang',
    '1000 end hang',
    '1000 activate slow',
  ]);
  expect(stage.paces.map(({ lateMs }) => lateMs / MINUTE)).toEqual([25, 23, 5]);
  expect(events.filter(({ skipped }) => skipped)).toHaveLength(3);
  await clock.advanceAsync(4999);
  expect(player.status.status).toBe('playing');
  await clock.advanceAsync(1);
  expect(player.status.status).toBe('ended');
});

test('seek backward undoes, then plays again up to there', async () => {
  const { clock, stage, player, play } = openTheatre();
  await play(STORY);
  await clock.advanceAsync(26 * MINUTE);
  expect(stage.inForce()).toEqual(['slow']);
  const { length } = stage.calls;
  expect(await player.seek('14:03')).toMatchObject({ storyTime: '14:03', cue: { index: 2 }, next: { index: 3 } });
  expect(stage.calls.slice(length).map((call) => call.replace(/^\d+ /, ''))).toEqual([
    'end slow',
    'capacity off',
    'note All is well.',
    'capacity 0.5',
    'activate hang',
  ]);
  await clock.advanceAsync(7 * MINUTE);
  expect(stage.inForce()).toEqual([]);
  await clock.advanceAsync(10 * MINUTE);
  expect(stage.inForce()).toEqual(['slow']);
});

test('a paused play stays paused when it is moved, and goes on from there', async () => {
  const { clock, stage, player, play } = openTheatre();
  await play(STORY);
  await player.pause();
  expect(await player.seek('14:02')).toMatchObject({ status: 'paused', storyTime: '14:02' });
  expect(stage.inForce()).toEqual(['hang']);
  await clock.advanceAsync(60 * MINUTE);
  expect(stage.inForce()).toEqual(['hang']);
  await player.resume();
  await clock.advanceAsync(8 * MINUTE);
  expect(stage.inForce()).toEqual([]);
});

test('a seek to the end ends it, and one past it is refused', async () => {
  const { stage, player, play } = openTheatre();
  await play(STORY);
  expect((await refusalOf(() => player.seek('14:31'))).message).toBe('to: is past the end, 14:30, got "14:31"');
  expect(await player.seek('14:30')).toMatchObject({ status: 'ended', storyTime: '14:30' });
  expect([stage.inForce(), stage.now.capacity]).toEqual([[], null]);
});

test('from begins in the middle, with what is in force there', async () => {
  const { clock, stage, play } = openTheatre();
  expect(await play(STORY, { speed: 60, from: '14:05' })).toMatchObject({ storyTime: '14:05', cue: { index: 2 } });
  expect([stage.inForce(), stage.now.capacity?.factor]).toEqual([['hang'], 0.5]);
  await clock.advanceAsync(5000);
  expect(stage.inForce()).toEqual([]);
});

test('verbs that make no sense now are refused, and stop is always fine', async () => {
  const { player, play } = openTheatre();
  for (const verb of [() => player.pause(), () => player.resume(), () => player.seek('1m')])
    expect(await refusalOf(verb)).toMatchObject({ code: 'conflict', message: 'no scenario is played now' });
  expect((await player.stop()).status).toBe('ended');
  await play(STORY);
  expect((await refusalOf(() => player.resume())).message).toBe('story is playing');
  await player.pause();
  expect((await refusalOf(() => player.pause())).message).toBe('story is paused');
});

test('a ramp is made up for: it starts where it would be by now, and runs at the speed of the play', () => {
  const ramp = { from: 0, to: 1, over: '10m' };
  expect(pacedShare(ramp, { speed: 60, lateMs: 0 })).toEqual({ from: 0, to: 1, over: '10s' });
  expect(pacedShare(ramp, { speed: 60, lateMs: 4 * MINUTE })).toEqual({ from: 0.4, to: 1, over: '6s' });
  expect(pacedShare(ramp, { speed: 60, lateMs: 10 * MINUTE })).toBe(1);
  expect(pacedShare(0.3, { speed: 60, lateMs: 5 })).toBe(0.3);
});

test('a hidden play publishes its hash at the start, withholds name and cues, and shows its text when it has ended', async () => {
  const { clock, player, events, play } = openTheatre();
  const text = `hidden: true\n${STORY}`;
  const sha256 = createHash('sha256').update(text).digest('hex');
  await play(text, { speed: 60 });
  await clock.advanceAsync(7500);
  expect(player.status).toMatchObject({
    scenario: 'story',
    cue: { text: 'hang, for 8m' },
    sealed: { sha256, text: null },
  });
  const shown = JSON.stringify([withheldPlayback(player.status), events.map(withheldEvent)]);
  expect(withheldPlayback(player.status)).toMatchObject({
    scenario: 'sealed',
    status: 'playing',
    storyTime: '+7m30s',
    cue: null,
    next: null,
  });
  for (const secret of ['"story"', 'hang', 'All is well', '13:55', '14:02']) expect(shown).not.toContain(secret);
  expect(shown).toContain(sha256);
  expect(events.map(withheldEvent).filter(Boolean)).toMatchObject([{ what: 'started' }]);
  expect((await refusalOf(() => play(STORY))).message).toBe('a sealed scenario is playing; stop it first');
  await player.stop();
  expect(withheldPlayback(player.status)).toMatchObject({ scenario: 'story', sealed: { sha256, text } });
  expect(events.map(withheldEvent).at(-1)).toMatchObject({
    what: 'stopped',
    scenario: 'story',
    sealed: { sha256, text },
  });
});
