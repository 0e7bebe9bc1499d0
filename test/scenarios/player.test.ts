// The player: cues in story time, what speed scales, what failure costs, and what is undone when it is over.
import { expect, test } from 'vitest';
import { refusalOf } from '../director/stage.ts';
import { openTheatre } from './recording-stage.ts';

const MINUTE = 60_000;
const cues = (...lines: string[]): string => `summary: S\ncues:\n${lines.map((line) => `  - ${line}`).join('\n')}\n`;
const FIVE_MINUTES = cues(
  '{ at: 0s, note: It begins. }',
  '{ at: 2m, activate: hang }',
  '{ at: 3m, deactivate: hang }',
  '{ at: 5m, note: It is over. }',
);

test('cues come at their story times', async () => {
  const { clock, stage, play } = openTheatre();
  await play(FIVE_MINUTES);
  await clock.advanceAsync(5 * MINUTE);
  expect(stage.calls).toEqual([
    '0 note It begins.',
    '120000 activate hang',
    '180000 deactivate hang',
    '300000 note It is over.',
  ]);
});

test('play resolves when the cues of its beginning are in force', async () => {
  const { stage, play } = openTheatre();
  await play(cues('{ at: 0s, activate: hang }', '{ at: 0s, activate: slow }', '{ at: 1m, heal: true }'));
  expect(stage.inForce()).toEqual(['hang', 'slow']);
});

test('speed scales the times of cues and of their ttl, and is handed on for ramps and curves', async () => {
  const { clock, stage, play } = openTheatre();
  const text = `ends: 10m\n${cues(
    '{ at: 1m, activate: hang, ttl: 2m }',
    '{ at: 4m, activate: slow, share: { from: 0, to: 1, over: 1m } }',
    '{ at: 5m, crowd: {} }',
  )}`;
  await play(text, { speed: 60, seed: 9 });
  await clock.advanceAsync(10_000);
  expect(stage.calls).toEqual([
    '1000 activate hang',
    '3000 end hang',
    '4000 activate slow',
    '5000 crowd timeout3,naive',
    '10000 end slow',
    '10000 crowd off',
  ]);
  expect(stage.paces.slice(0, 3)).toEqual([1, 2, 3].map(() => ({ speed: 60, seed: 9, lateMs: 0 })));
});

test('speed does not touch the time of the box office, which the scenario itself may scale', async () => {
  const { clock, stage, player, play } = openTheatre();
  await play(`timeScale: 10\n${FIVE_MINUTES}`, { speed: 60 });
  expect(stage.now.timeScale).toBe(10);
  await clock.advanceAsync(1000);
  await player.stop();
  expect(stage.now.timeScale).toBe(1);
  await play(FIVE_MINUTES, { speed: 60 });
  expect(stage.calls.filter((call) => call.includes('timeScale'))).toHaveLength(2);
});

test('cues of one time run in the order of the file, each after the one before is done', async () => {
  const { clock, stage, play } = openTheatre();
  const order = [
    '{ at: 1m, activate: slow }',
    '{ at: 1m, heal: true }',
    '{ at: 1m, activate: hang }',
    '{ at: 1m, note: N }',
  ];
  await play(cues(...order, '{ at: 2m, note: end }'));
  await clock.advanceAsync(MINUTE);
  expect(stage.calls).toEqual(['60000 activate slow', '60000 heal unsaid', '60000 activate hang', '60000 note N']);
});

test('a ttl ends only what its own cue began', async () => {
  const { clock, stage, play } = openTheatre();
  await play(
    cues('{ at: 0s, activate: hang, ttl: 2m }', '{ at: 1m, activate: hang, share: 0.5 }', '{ at: 4m, note: end }'),
  );
  await clock.advanceAsync(3 * MINUTE);
  expect(stage.inForce()).toEqual(['hang']);
  await clock.advanceAsync(MINUTE);
  expect(stage.inForce()).toEqual([]);
});

test('heal ends rules only, and what it ended is not ended again', async () => {
  const { clock, stage, play } = openTheatre();
  await play(
    cues(
      '{ at: 0s, capacity: {} }',
      '{ at: 0s, activate: hang, ttl: 3m }',
      '{ at: 1m, heal: true }',
      '{ at: 4m, note: end }',
    ),
  );
  await clock.advanceAsync(3 * MINUTE);
  expect(stage.now.capacity).not.toBeNull();
  expect(stage.calls).toEqual(['0 capacity 1', '0 activate hang', '60000 heal unsaid']);
});

test('a cue that fails is told with its reason, and the play goes on', async () => {
  const { clock, stage, events, player, play } = openTheatre();
  stage.broken.add('activate');
  await play(FIVE_MINUTES);
  await clock.advanceAsync(3 * MINUTE);
  expect(events.filter(({ what }) => what === 'failed')).toMatchObject([
    { cue: { index: 1, at: '+2m', verb: 'activate', text: 'hang' }, storyTime: '+2m', message: 'activate is broken' },
  ]);
  expect(player.status).toMatchObject({ status: 'playing', failures: 1, cue: { index: 2 } });
  await clock.advanceAsync(2 * MINUTE);
  expect(player.status).toMatchObject({ status: 'ended', failures: 1 });
});

const CHANGES = `ends: 10m\n${cues(
  '{ at: 0s, capacity: { servers: 3 } }',
  '{ at: 0s, crowd: {} }',
  '{ at: 1m, activate: hang }',
  '{ at: 2m, activate: slow, as: slower }',
)}`;

test('stop undoes what the cues changed, the latest first', async () => {
  const { clock, stage, player, events, play } = openTheatre();
  await play(CHANGES);
  await clock.advanceAsync(3 * MINUTE);
  expect(stage.inForce()).toEqual(['hang', 'slower']);
  expect(await player.stop()).toMatchObject({ status: 'ended', storyTime: '+3m' });
  expect(stage.calls.slice(-4)).toEqual([
    '180000 end slower',
    '180000 end hang',
    '180000 crowd off',
    '180000 capacity off',
  ]);
  expect(events.at(-1)).toMatchObject({ what: 'stopped', storyTime: '+3m' });
  await clock.advanceAsync(10 * MINUTE);
  expect(stage.calls).toHaveLength(8);
});

test('stop may keep the storm: capacity and crowd as the cues set them', async () => {
  const { clock, stage, player, play } = openTheatre();
  await play(CHANGES);
  await clock.advanceAsync(3 * MINUTE);
  await player.stop(['crowd']);
  expect([stage.inForce(), stage.now.capacity, stage.now.crowd === null]).toEqual([[], null, false]);
});

test('its end undoes as stop does, and leaves no timer behind', async () => {
  const { clock, stage, events, play } = openTheatre();
  await play(CHANGES);
  await clock.advanceAsync(10 * MINUTE);
  expect([stage.inForce(), stage.now]).toEqual([[], { capacity: null, crowd: null, timeScale: 1 }]);
  expect(events.at(-1)).toMatchObject({ what: 'ended', storyTime: '+10m' });
  expect(clock.pending).toBe(0);
});

test('capacity that was there before comes back, and what no cue touched is left alone', async () => {
  const { clock, stage, player, play } = openTheatre();
  const before = { servers: 5 } as never;
  stage.now = { capacity: before, crowd: before, timeScale: 1 };
  stage.activations.set('mine', {
    profile: 'hang',
    as: 'mine',
    share: undefined,
    match: undefined,
    connections: undefined,
  });
  await play(`ends: 5m\n${cues('{ at: 0s, capacity: null }')}`);
  await clock.advanceAsync(MINUTE);
  await player.stop();
  expect([stage.now.capacity, stage.inForce()]).toEqual([before, ['mine']]);
  expect(stage.calls.some((call) => call.includes('crowd'))).toBe(false);
});

test('what cannot be undone is told, and the rest is undone all the same', async () => {
  const { clock, stage, player, events, play } = openTheatre();
  await play(CHANGES);
  await clock.advanceAsync(3 * MINUTE);
  stage.broken.add('end');
  await player.stop();
  expect(events.filter(({ what }) => what === 'failed')).toMatchObject([
    { message: 'end is broken' },
    { message: 'end is broken' },
  ]);
  expect([stage.now.capacity, player.status.status]).toEqual([null, 'ended']);
});

test('the same play twice does the same at the same times', async () => {
  const playback = openTheatre();
  const runs: string[][] = [];
  for (const run of [0, 1]) {
    const began = playback.clock.ticks();
    const { length } = playback.stage.calls;
    await playback.play(CHANGES, { speed: 7, seed: 3 });
    await playback.clock.advanceAsync(10 * MINUTE);
    const own = playback.stage.calls
      .slice(length)
      .map((call) => call.replace(/^\d+/, (ms) => String(Number(ms) - began)));
    runs[run] = own;
  }
  expect(runs[1]).toEqual(runs[0]);
});

test('one plays at a time', async () => {
  const { clock, player, play } = openTheatre();
  await play(FIVE_MINUTES);
  const { code, message } = await refusalOf(() => play(CHANGES));
  expect([code, message]).toEqual(['conflict', 'story is playing; stop it first']);
  await clock.advanceAsync(5 * MINUTE);
  expect((await play(CHANGES)).status).toBe('playing');
  await player.stop();
});

test.each([
  [{ speed: 0 }, 'speed: must be 0.01 to 10000, got 0'],
  [{ speed: Number.NaN }, 'speed: must be 0.01 to 10000, got NaN'],
  [{ from: 'later' }, 'from: must be a clock time such as 14:02'],
  [{ from: '6m' }, 'from: is past the end, +5m, got "6m"'],
])('it does not begin with %j', async (options, message) => {
  const { stage, play } = openTheatre();
  const refusal = await refusalOf(() => play(FIVE_MINUTES, options));
  expect([refusal.code, refusal.message.startsWith(message)]).toEqual(['validation_failed', true]);
  expect(stage.calls).toEqual([]);
});

test('close lets go without a word, and no cue comes any more', async () => {
  const { clock, stage, player, play } = openTheatre();
  await play(FIVE_MINUTES);
  player.close();
  await clock.advanceAsync(5 * MINUTE);
  expect(stage.calls).toEqual(['0 note It begins.']);
});
