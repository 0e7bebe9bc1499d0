// Following a play: lines that stay, the live line, and when it is over.
import { expect, test } from 'vitest';
import type { Playback } from '../../src/admin/playback-contract.ts';
import { type Follower, followPlay } from '../../src/cli/follow-play.ts';
import { lastedWords, progressLine } from '../../src/cli/playback-words.ts';

const BEGUN: Playback = {
  scenario: 'fajr-1399',
  status: 'playing',
  storyTime: '13:55',
  storyMs: 0,
  endsAt: '19:00',
  endsMs: 18_300_000,
  speed: 60,
  seed: 7,
  cue: null,
  next: { index: 1, at: '14:02', verb: 'activate', text: 'upstream-hang' },
  note: '13:55. All is well.',
  failures: 0,
  sealed: null,
};
const HANG: Playback = {
  ...BEGUN,
  storyTime: '14:02',
  cue: { index: 1, at: '14:02', verb: 'activate', text: 'upstream-hang' },
  next: null,
};
const ENDED: Playback = { ...HANG, status: 'ended', storyTime: '19:00', note: '19:00. All clear.' };

function follower(answers: Playback[]): Follower & { readonly said: string[]; readonly lines: string[] } {
  const said: string[] = [];
  const lines: string[] = [];
  return {
    said,
    lines,
    playback: async () => answers.shift() ?? ENDED,
    state: async () => ({ inFlight: 12, held: 11 }),
    observed: async () => ({ offered: 300.4, goodput: 0, queue: 60 }),
    wait: async () => {},
    say: (line) => said.push(line),
    live: (line) => lines.push(line),
  };
}

test('each note and each cue is one line, and the live line goes on below them', async () => {
  const terminal = follower([HANG, HANG, ENDED]);
  expect(await followPlay(terminal, BEGUN)).toBe(ENDED);
  expect(terminal.said).toEqual(['13:55. All is well.', '14:02  activate upstream-hang', '19:00. All clear.']);
  expect(terminal.lines.filter(Boolean)).toEqual([
    '13:55 begins | next 14:02 | offered 300/s, goodput 0/s, queue 60 | 12 in flight, 11 held',
    '14:02 activate upstream-hang | offered 300/s, goodput 0/s, queue 60 | 12 in flight, 11 held',
    '14:02 activate upstream-hang | offered 300/s, goodput 0/s, queue 60 | 12 in flight, 11 held',
  ]);
});

test('another play in its place ends it', async () => {
  const other = { ...BEGUN, scenario: 'stage-tickets' };
  expect(await followPlay(follower([other]), BEGUN)).toBe(other);
});

test('the live line says when it is paused and what failed, and keeps to the width of the terminal', () => {
  const note = { index: 0, at: '14:02', verb: 'note' as const, text: `14:02. ${'The site does not open. '.repeat(9)}` };
  const line = progressLine(
    { ...HANG, status: 'paused', cue: note, failures: 2 },
    { inFlight: 0, held: 0 },
    undefined,
    80,
  );
  expect(line).toMatch(/^14:02 \(paused\) The site does not open.*… \| 0 in flight, 0 held \| 2 failed$/);
  expect(line.length).toBeLessThanOrEqual(80);
});

test.each([
  [40_000, '40s'],
  [300_000, '5m'],
  [9_000_000, '2h30m'],
  [7_200_000, '2h'],
])('%i ms are %s', (ms, words) => expect(lastedWords(ms)).toBe(words));
