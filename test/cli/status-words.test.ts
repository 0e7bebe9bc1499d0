// How a world stands, in words: each part says what is so, and what is not there is said too.
import { expect, test } from 'vitest';
import type { RehearsalAnswer } from '../../src/admin/contract/rehearsal.ts';
import type { State } from '../../src/admin/contract/state.ts';
import { spanWords, timeOfDay } from '../../src/cli/span-words.ts';
import { statusWords } from '../../src/cli/status-words.ts';

const STATE: State = {
  version: '0.1.0',
  world: 'default',
  seed: 7,
  catalog: 'small',
  startedAt: '2026-11-26T10:00:00.000Z',
  uptimeMs: 8_040_000,
  clock: { now: '2026-11-26T12:14:00.000Z', scale: 1, offsetMs: 0 },
  activations: [],
  rules: [],
  inFlight: 12,
  held: 11,
  connections: 1,
  doorTroubles: [],
  boxOffice: { free: 90, reserved: 4, sold: 6, blocked: 0, reservations: 2, orders: 1 },
  journal: { entries: 3, events: 0, open: 0, bytes: 10, evicted: 0, oldestAt: null },
  capacity: null,
  crowd: null,
  webhooks: { endpoints: 0, queued: 0, dropped: 0 },
  playback: {
    scenario: null,
    status: 'ended',
    storyTime: null,
    storyMs: 0,
    endsAt: null,
    endsMs: 0,
    speed: 1,
    seed: null,
    cue: null,
    next: null,
    note: null,
    failures: 0,
    sealed: null,
  },
  profiles: { count: 20, errors: [] },
};

const RULE: State['rules'][number] = {
  id: 'upstream-hang/0',
  activation: 'upstream-hang',
  fault: 'hang',
  shareNow: 0.3,
  matched: 40,
  acted: 12,
  spared: 28,
  inapplicable: 0,
  limited: 0,
  held: 11,
  since: '2026-11-26T12:10:00.000Z',
  expiresAt: null,
};

test('a quiet world fits on eight lines, and each says so', () => {
  expect(statusWords({ state: STATE, rehearsal: null }).split('\n')).toEqual([
    'world      default, up 2h14m, seed 7, catalogue small, Showstopper 0.1.0',
    'clock      2026-11-26 12:14:00 UTC; box office: the same',
    'playback   nothing was played yet',
    'faults     none in force',
    'requests   12 open, 11 of them held by faults; 1 connection',
    'seats      90 free, 4 reserved, 6 sold, 0 blocked; 2 reservations, 1 order',
    'rehearsal  none runs',
    'troubles   none',
  ]);
});

test('faults have share, targets and time left, by the time of the server however its box office is moved', () => {
  const activation = {
    activation: 'upstream-hang',
    profile: 'upstream-hang',
    summary: '',
    since: RULE.since,
    expiresAt: '2026-11-26T12:16:30.000Z',
    by: null,
    note: null,
    seed: 7,
    match: { clients: ['shop'] },
    share: null,
    rules: [RULE],
  };
  const single = { ...RULE, id: 'mine', activation: null, acted: null, shareNow: 1 };
  const moved = { now: '2026-11-26T14:14:00.000Z', scale: 1, offsetMs: 7_200_000 };
  const words = statusWords({
    state: { ...STATE, clock: moved, activations: [activation], rules: [single] },
    rehearsal: null,
  });
  expect(words).toContain('12:14:00 UTC; box office: 2026-11-26 14:14:00 UTC (2h00m ahead)');
  expect(words).toMatch(/^faults +RULE +KIND +STRIKES +LEFT +ACTED +HELD$/m);
  expect(words).toMatch(/^ +upstream-hang\/0 +hang +30 % of clients shop +2m30s +12 +11$/m);
  expect(words).toMatch(/^ +mine +hang +100 % of everything +- +- +11$/m);
});

test('a playback has its clock, its last cue, the next one and its note', () => {
  const playback = {
    ...STATE.playback,
    scenario: 'fajr-1399',
    status: 'paused' as const,
    storyTime: '14:05',
    endsAt: '19:00',
    speed: 60,
    seed: 3,
    cue: { index: 1, at: '14:02', verb: 'activate' as const, text: 'upstream-hang' },
    next: { index: 2, at: '14:12', verb: 'note' as const, text: '14:12. The site is dead.' },
    note: 'All is well.',
    failures: 1,
  };
  const words = statusWords({ state: { ...STATE, playback }, rehearsal: null });
  expect(words).toMatch(/^playback +fajr-1399 is paused at 14:05 of 19:00, at 60x, seed 3$/m);
  expect(words).toMatch(
    /^ +last: 14:02 {2}activate upstream-hang\n +next: 14:12 {2}The site is dead\.\n +note: All is /m,
  );
  expect(words).toMatch(/^troubles +1 cue could not be done$/m);
  const ended = { ...playback, status: 'ended' as const, failures: 0 };
  expect(statusWords({ state: { ...STATE, playback: ended }, rehearsal: null })).toContain(
    'nothing is played; fajr-1399',
  );
});

test('a rehearsal has its phase with the time left, and what aborted it; its troubles are among the others', () => {
  const rehearsal = {
    id: 'r-1',
    title: 'Completions hang',
    status: 'aborting',
    phase: 'fault',
    phases: [{ name: 'fault', kind: 'fault', at: RULE.since, endsAt: '2026-11-26T12:15:00.000Z' }],
    abort: { condition: 'openRequests', value: '900', limit: '500', at: RULE.since, healedAt: null },
    troubles: ['the record cannot be written'],
  } as unknown as RehearsalAnswer;
  const words = statusWords({ state: { ...STATE, doorTroubles: ['port 8081 is taken'] }, rehearsal });
  expect(words).toMatch(
    /^rehearsal +r-1: Completions hang\n +aborting: fault, 1m00s left\n +ABORTED by openRequests: 900/m,
  );
  expect(words).toMatch(/^troubles +port 8081 is taken\n +the record cannot be written$/m);
});

test.each([
  [-5, '0s'],
  [45_400, '45s'],
  [250_000, '4m10s'],
  [8_040_000, '2h14m'],
  [277_200_000, '3d05h'],
])('%i ms are %s', (ms, words) => expect(spanWords(ms)).toBe(words));

test('a time of day is that of UTC', () => expect(timeOfDay('2026-11-26T12:33:02.700Z')).toBe('12:33:02'));
