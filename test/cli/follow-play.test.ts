// Following a play: lines that stay, the live line, and when it is over.
import { expect, test } from 'vitest';
import type { Playback } from '../../src/admin/contract/playback.ts';
import { ASK_EVERY_MS, type Follower, followPlay } from '../../src/cli/follow-play.ts';
import { requestsIn, summaryWords } from '../../src/cli/play-summary.ts';
import { lastedWords, progressLine } from '../../src/cli/playback-words.ts';
import type { ToldEvent } from '../../src/cli/told-event.ts';

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

const cueEvent = (what: string, cue: Playback['cue'], scenario = 'fajr-1399'): ToldEvent => ({
  event: 'cue',
  data: { what, scenario, storyTime: '14:02', cue, message: what === 'failed' ? 'no such door' : null },
});

interface Terminal extends Follower {
  readonly said: string[];
  readonly lines: string[];
}

function terminal(answers: Playback[], told: readonly ToldEvent[]): Terminal {
  const said: string[] = [];
  const lines: string[] = [];
  return {
    said,
    lines,
    events: (async function* () {
      yield* told;
    })(),
    playback: async () => answers.shift() ?? ENDED,
    state: async () => ({ inFlight: 12, held: 11 }),
    observed: async () => ({ offered: 300.4, goodput: 0, queue: 60 }),
    wait: (ms) => (ms > ASK_EVERY_MS ? new Promise(() => {}) : Promise.resolve()), // the last events are always waited for
    say: (line) => said.push(line),
    live: (line) => lines.push(line),
  };
}

const FACTOR: NonNullable<Playback['cue']> = { index: 2, at: '14:02', verb: 'capacity', text: 'factor 0' };
const NOTE: NonNullable<Playback['cue']> = { index: 0, at: '14:02', verb: 'note', text: '14:02. It is dead.' };

test('every cue of one moment is a line, and the live line goes on below them', async () => {
  const told = [
    { event: 'state', data: {} },
    ...[NOTE, HANG.cue, FACTOR].map((cue) => cueEvent('cue', cue)),
    cueEvent('ended', null),
  ];
  const seen = terminal([HANG, HANG, ENDED], told);
  expect(await followPlay(seen, BEGUN)).toEqual({ playback: ENDED, cues: 2 });
  expect(seen.said).toEqual(['14:02. It is dead.', '14:02  activate upstream-hang', '14:02  capacity factor 0']);
  expect(seen.lines.filter(Boolean)).toEqual([
    '13:55 begins | next 14:02 | offered 300/s, goodput 0/s, queue 60 | 12 in flight, 11 held',
    '14:02 activate upstream-hang | offered 300/s, goodput 0/s, queue 60 | 12 in flight, 11 held',
    '14:02 activate upstream-hang | offered 300/s, goodput 0/s, queue 60 | 12 in flight, 11 held',
  ]);
});

test('cues of another play are not told, and what failed or was missed is', async () => {
  const told = [
    cueEvent('cue', FACTOR, 'stage-tickets'),
    { event: 'gap', data: {} },
    cueEvent('failed', HANG.cue),
    cueEvent('paused', null),
    cueEvent('stopped', null),
  ];
  const seen = terminal([ENDED], told);
  await followPlay(seen, BEGUN);
  expect(seen.said).toEqual([
    '(some of what happened meanwhile is not known)',
    '14:02  FAILED activate upstream-hang: no such door',
    '14:02  paused',
  ]);
});

test('a hidden play, which tells no cues as events, is looked at instead', async () => {
  const sealed = { sha256: 'abc', text: null };
  const seen = terminal(
    [
      { ...HANG, sealed },
      { ...ENDED, sealed: { ...sealed, text: 'summary: it' } },
    ],
    [],
  );
  expect(await followPlay(seen, { ...BEGUN, sealed })).toMatchObject({ cues: 1 });
  expect(seen.said).toEqual(['13:55. All is well.', '14:02  activate upstream-hang', '19:00. All clear.']);
});

test('another play in its place ends it', async () => {
  const other = { ...BEGUN, scenario: 'stage-tickets' };
  expect((await followPlay(terminal([other], []), BEGUN)).playback).toBe(other);
});

test('the ending says how it went, and what came to the upstream meanwhile', () => {
  const metrics = (answered: number, lost: number): string =>
    [
      '# TYPE showstopper_requests_total counter',
      `showstopper_requests_total{operation="listSessions",fault="none",status="200",class="seller"} ${answered}`,
      `showstopper_requests_total{operation="listSessions",fault="hang",status="none",class="seller"} ${lost}`,
    ].join('\n');
  const before = { requests: requestsIn(metrics(100, 7)), seatsSold: 3 };
  const after = { requests: requestsIn(metrics(140, 9)), seatsSold: 4 };
  const played = { name: 'fajr-1399', lastedMs: 300_000, cues: 14, before, after };
  const whole = { ...ENDED, storyMs: ENDED.endsMs };
  expect(summaryWords({ ...played, playback: whole })).toBe(
    'fajr-1399 was played to its end, 19:00, after 5m: 14 cues, none failed. 42 requests ended: 40 2xx, 2 without an answer; 1 seat sold.',
  );
  expect(summaryWords({ ...played, playback: { ...HANG, failures: 1 }, after: before })).toBe(
    'fajr-1399 was stopped at 14:02, before its end, after 5m: 14 cues, 1 failed. No request ended meanwhile; 0 seats sold.',
  );
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
