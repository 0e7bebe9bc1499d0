// Scenarios: what is read, how its times are understood, and what is refused with its place.
import { describe, expect, test } from 'vitest';
import { showMistake } from '../../src/base/document.ts';
import { readScenario } from '../../src/shelf/scenario.ts';
import { scenarioJsonSchema } from '../../src/shelf/scenario-schema.ts';
import { readStoryTime, showStoryClock, showStoryTime } from '../../src/shelf/story-time.ts';
import { NAMES, piece } from '../scenarios/recording-stage.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const AT_1355 = 13 * HOUR + 55 * MINUTE;

const linesOf = (text: string): string[] => {
  const read = readScenario(text, 'x.yaml', NAMES);
  return 'mistakes' in read ? read.mistakes.map(showMistake) : [];
};
const cues = (...lines: string[]): string => `summary: S\ncues:\n${lines.map((line) => `  - ${line}`).join('\n')}\n`;
const fromClock = (...lines: string[]): string => `starts: "13:55"\n${cues(...lines)}`;

describe('a scenario', () => {
  test('is cues at times, each with the one thing it does', () => {
    const { scenario } = piece(
      fromClock(
        '{ at: "13:55", note: All is well. }',
        '{ at: "14:02", activate: hang, as: main-hang, share: 0.5, ttl: 5m, match: { operations: [listSessions] } }',
        '{ at: 10m, deactivate: hang }',
        '{ at: "14:10", heal: { release: answer } }',
        '{ at: "14:10", crowd: null }',
      ),
    );
    expect(scenario).toMatchObject({
      summary: 'S',
      start: AT_1355,
      endsMs: 15 * MINUTE,
      hidden: false,
      timeScale: null,
    });
    expect(scenario.cues).toMatchObject([
      { index: 0, atMs: 0, verb: 'note', text: 'All is well.' },
      { index: 1, atMs: 7 * MINUTE, verb: 'activate', profile: 'hang', as: 'main-hang', share: 0.5, ttlMs: 5 * MINUTE },
      { index: 2, atMs: 10 * MINUTE, verb: 'deactivate', profile: 'hang', as: null },
      { index: 3, atMs: 15 * MINUTE, verb: 'heal', release: 'answer' },
      { index: 4, atMs: 15 * MINUTE, verb: 'crowd', settings: null },
    ]);
  });

  test('takes a clock time without quotes, and one past midnight as of the next day', () => {
    const text = 'summary: S\nstarts: 23:50\ncues:\n  - { at: 23:58, activate: hang }\n  - { at: 0:05, heal: true }\n';
    expect(piece(text).scenario.cues.map(({ atMs }) => atMs)).toEqual([8 * MINUTE, 15 * MINUTE]);
  });

  test('ends with its last cue, or with the last ttl if that is later, or when it says', () => {
    const ends = (text: string): number => piece(text).scenario.endsMs;
    expect(ends(cues('{ at: 1m, activate: hang }', '{ at: 5m, heal: true }'))).toBe(5 * MINUTE);
    expect(ends(cues('{ at: 1m, activate: hang, ttl: 10m }'))).toBe(11 * MINUTE);
    expect(ends(`ends: 1h30m\n${cues('{ at: 1m, activate: hang }')}`)).toBe(90 * MINUTE);
  });

  test('lays each capacity and crowd over the cue before, so that a cue names only what changes', () => {
    const { scenario } = piece(
      `ends: 1h\n${cues(
        '{ at: 0s, capacity: { servers: 7, queue: 60 } }',
        '{ at: 1m, capacity: { factor: 0 } }',
        '{ at: 2m, crowd: { arrivals: { base: 70 } } }',
        '{ at: 3m, crowd: { classes: [{ policy: budgeted }] } }',
        '{ at: 4m, capacity: null }',
        '{ at: 5m, capacity: { factor: 0.5 } }',
      )}`,
    );
    const settings = scenario.cues.map((cue) => ('settings' in cue ? cue.settings : undefined));
    expect(settings).toMatchObject(
      [
        { servers: 7, queue: 60, factor: 1 },
        { servers: 7, queue: 60, factor: 0 },
        { arrivals: { base: { perS: 70 } } },
        { arrivals: { base: { perS: 70 } }, classes: [{ policy: 'budgeted' }] },
        null,
        { servers: 20, queue: 'unbounded', factor: 0.5 },
      ].map((each) => each ?? expect.toSatisfy((value) => value === null)),
    );
  });

  test.each([
    ['cues: [{ at: 0s, note: N }]', 'x.yaml:1 summary: '],
    ['summary: S\ncues: []', 'x.yaml:2 cues: '],
    [
      cues('{ at: 0s }'),
      'x.yaml:3 cues[0]: needs exactly one of activate, deactivate, heal, capacity, crowd, note, got none',
    ],
    [
      cues('{ at: 0s, heal: true, note: N }'),
      'x.yaml:3 cues[0]: needs exactly one of activate, deactivate, heal, capacity, crowd, note, got heal and note',
    ],
    [cues('{ at: 0s, note: N, ttl: 5m }'), 'x.yaml:3 cues[0].ttl: belongs to activate only'],
    [cues('{ at: 0s, heal: true, as: a }'), 'x.yaml:3 cues[0].as: belongs to activate or deactivate only'],
    [cues('{ at: 0s, note: N, loud: 1 }'), 'x.yaml:3 cues[0].loud: unknown field; allowed: at, activate'],
    [
      cues('{ at: 14:02, note: N }'),
      'x.yaml:3 cues[0].at: is a clock time, which needs `starts` (as "13:55"), got "14:02"',
    ],
    [cues('{ at: soon, note: N }'), 'x.yaml:3 cues[0].at: must be a clock time such as 14:02'],
    [
      cues('{ at: 0s, note: N }', '{ at: 2m, note: N }', '{ at: 1m, note: N }'),
      'x.yaml:5 cues[2].at: 1m is before the cue above it, +2m',
    ],
    [fromClock('{ at: "13:50", note: N }'), 'x.yaml:4 cues[0].at: is before the start, 13:55, got "13:50"'],
    [`starts: noon\n${cues('{ at: 0s, note: N }')}`, 'x.yaml:1 starts: must be a clock time such as 14:02'],
    [`ends: 1m\n${cues('{ at: 2m, note: N }')}`, 'x.yaml:1 ends: 1m is before the last cue, +2m'],
    [cues('{ at: 0s, note: N }', '{ at: 8d, note: N }'), 'x.yaml:4 cues[1].at: must be within 7 days of the start'],
    [
      cues('{ at: 0s, activate: hagn, ttl: 1m }'),
      'x.yaml:3 cues[0].activate: unknown profile "hagn"; did you mean hang?',
    ],
    [
      cues('{ at: 0s, deactivate: nope }'),
      'x.yaml:3 cues[0].deactivate: unknown profile "nope"; `showstopper profiles` lists all ',
    ],
    [
      cues('{ at: 0s, activate: hang, ttl: 1m, match: { operations: [buy] } }'),
      'x.yaml:3 cues[0].match.operations[0]: unknown name "buy"; known: listSessions',
    ],
    [cues('{ at: 0s, activate: hang, ttl: 1m, match: {} }'), 'x.yaml:3 cues[0].match: is empty'],
    [cues('{ at: 0s, activate: hang, ttl: 1m, share: 2 }'), 'x.yaml:3 cues[0].share: '],
    [cues('{ at: 0s, activate: hang, ttl: 1m, as: rule }'), 'x.yaml:3 cues[0].as: is taken by single rules'],
    [cues('{ at: 0s, capacity: { servers: 0 } }', '{ at: 1m, note: N }'), 'x.yaml:3 cues[0].capacity.servers: '],
    [
      cues('{ at: 0s, crowd: { clases: [] } }', '{ at: 1m, note: N }'),
      'x.yaml:3 cues[0].crowd.clases: unknown field; allowed: arrivals, classes',
    ],
    [
      cues('{ at: 1m, activate: hang }'),
      'x.yaml:3 cues[0]: would be undone at once: give it a ttl, a later cue, or the scenario `ends`',
    ],
  ])('that reads %j is refused with its file, line and place', (text, start) => {
    expect(linesOf(text).map((line) => line.slice(0, start.length))).toContain(start);
  });

  test('shows every mistake at once', () => {
    expect(linesOf(cues('{ at: 0s, activate: a, ttl: 1m }', '{ at: 1m, activate: b, ttl: 1m }'))).toHaveLength(2);
  });

  test('with more than a thousand cues, or too long, is refused', () => {
    expect(linesOf(cues(...Array.from({ length: 1001 }, () => '{ at: 0s, note: N }')))[0]).toMatch(
      /^x\.yaml:\d+ cues: /,
    );
    expect(linesOf(`${cues('{ at: 0s, note: N }')}#${'x'.repeat(262_144)}`)).toEqual([
      'x.yaml:1: is longer than 262144 bytes',
    ]);
  });
});

describe('a story time', () => {
  test.each([
    [0, '13:55'],
    [7 * MINUTE, '14:02'],
    [7 * MINUTE + 30_000, '14:02:30'],
    [10 * HOUR + 10 * MINUTE, '00:05'],
  ])('of %i ms is %s in a story that starts at 13:55, and is read back', (ms, shown) => {
    expect(showStoryTime(ms, AT_1355)).toBe(shown);
    expect(readStoryTime(shown, AT_1355)).toEqual({ ms });
  });

  test.each([
    [0, '+0s'],
    [2 * MINUTE, '+2m'],
    [2 * HOUR + 30 * MINUTE, '+2h30m'],
    [80_000, '+1m20s'],
  ])('of %i ms is %s in a story without a beginning on the clock, and is read back', (ms, shown) => {
    expect(showStoryTime(ms, null)).toBe(shown);
    expect(readStoryTime(shown, null)).toEqual({ ms });
  });

  test('runs by whole minutes on the clock, and by whole seconds else', () => {
    expect(showStoryClock(7 * MINUTE + 59_999, AT_1355)).toBe('14:02');
    expect(showStoryClock(2 * MINUTE + 1999, null)).toBe('+2m1s');
  });
});

test('the JSON Schema of scenarios knows every verb, and the fields of capacity and crowd', () => {
  expect(scenarioJsonSchema()).toMatchObject({
    required: ['summary', 'cues'],
    properties: {
      cues: {
        items: {
          required: ['at'],
          oneOf: ['activate', 'deactivate', 'heal', 'capacity', 'crowd', 'note'].map((verb) => ({ required: [verb] })),
          properties: {
            capacity: { anyOf: [{ properties: { factor: { type: 'number' } } }, { type: 'null' }] },
            crowd: { anyOf: [{ properties: { classes: { type: 'array' } } }, { type: 'null' }] },
          },
        },
      },
    },
  });
});
