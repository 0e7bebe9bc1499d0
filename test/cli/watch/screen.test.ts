// The screen of a watch, by its text: what it says, and that it keeps to the terminal whatever its names are.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Summary } from '../../../src/admin/contract/summary.ts';
import { widthOf } from '../../../src/cli/watch/cells.ts';
import { fold, NOTHING_SEEN, quietFor, type WatchModel } from '../../../src/cli/watch/model.ts';
import { drawScreen } from '../../../src/cli/watch/screen.ts';
import { CLIENT, RULE, START_MS, STORY, seen, summaryAt } from './seen.ts';

const SIZE = { columns: 80, rows: 30 };
const client = (second: number, about = {}) => ({ ...CLIENT, arrived: 20 * second, ...about });
const text = (model: WatchModel, size = SIZE): string => drawScreen(model, size).join('\n');

test('a game day at a glance: clocks, story with its playhead, rates, faults, clients, events', () => {
  let model = NOTHING_SEEN;
  for (let second = 0; second < 20; second++)
    model = fold(model, {
      event: 'summary',
      data: summaryAt(second, { story: STORY, rules: [RULE], clients: [client(second)] }),
    });
  const cue = { what: 'cue', scenario: 'fajr-1399', storyTime: '14:02', cue: STORY.cue, message: null };
  model = fold(model, { event: 'cue', data: { ...cue, at: '2026-11-26T12:00:09.000Z' } });
  expect(drawScreen(model, { columns: 80, rows: 20 })).toEqual([
    `Showstopper, world default${' '.repeat(50)}live`,
    '2026-11-26 12:00:19 UTC, box office -, up 2h14m',
    'fajr-1399 14:05 ╸──────────────────────── 19:00 at 60x',
    'last 14:02  activate upstream-hang   next 14:12  heal all rules',
    'p50/95/99 12/40/91 ms | 37 held, oldest 12s | seats 500 free 96 sold | 45 conns',
    'last 5 min, up to 100/s',
    `offered      100/s ${' '.repeat(57)}████`,
    `answered      90/s ${' '.repeat(57)}████`,
    `failed        10/s ${' '.repeat(57)}▂▂▂▂`,
    `open            40 ${' '.repeat(57)}████`,
    'FAULTS                       KIND                 SHARE    LEFT    ACTED    HELD',
    'upstream-hang/0              hang                  30 %   3m51s    1,204      37',
    'CLIENTS                    RATE    OPEN    FAILED  RETRIES   TIME-OUT    BREAKER',
    'my-shop                    20/s      37        12        5   3,000 ms     closed',
    'EVENTS',
    '12:00:09  fajr-1399: 14:02  activate upstream-hang',
  ]);
});

test('a quiet world says of each part that there is nothing', () => {
  const quiet = seen(3, { latencyMs: null });
  expect(text(quiet)).toContain('no scenario was played yet');
  expect(text(quiet)).toContain('none in force');
  expect(text(quiet)).toContain('nobody has called yet');
  expect(text(quiet)).toContain('no answers | 37 held');
  const queueing = seen(3, { capacity: { queue: 60, busy: 20, servers: 20 } });
  expect(text(queueing)).toMatch(/^last 5 min, up to 100\/s {3}queue 60, 20 of 20 servers busy$/m);
  expect(text(NOTHING_SEEN)).toMatch(/^Showstopper .* waiting$/m);
});

test('a stale stream is said after three seconds, a lost one at once with the reason', () => {
  const model = seen(2);
  expect(text(quietFor(model, 2900))).toMatch(/live$/m);
  expect(text(quietFor(model, 3000))).toMatch(/STALE for 3s$/m);
  const lost: WatchModel = { ...model, link: { is: 'lost', why: 'connect ECONNREFUSED' } };
  expect(text(quietFor(lost, 9000))).toMatch(/LOST, and tried again: connect ECONNREFUSED$/m);
});

test('the clock of the box office goes on from what was told, at its own pace', () => {
  const told = { now: new Date(START_MS + 7_200_000).toISOString(), scale: 60, offsetMs: 7_200_000 };
  const model = fold(seen(11), { event: 'state', data: { clock: told } });
  expect(text(model)).toContain('12:00:10 UTC, box office 2026-11-26 14:10:00 UTC (2h09m ahead)');
});

test('a rehearsal has its phase, the time left, and how near it is to being aborted', () => {
  const rehearsal: Summary['rehearsal'] = {
    id: 'r-1',
    title: 'Completions hang',
    phase: 'fault',
    endsAt: new Date(START_MS + 62_000).toISOString(),
    abort: [
      { name: 'openRequests', value: 450, limit: 500, unit: 'count' },
      { name: 'errorShare', value: null, limit: 0.5, unit: 'share' },
      { name: 'wallClock', value: 2000, limit: 600_000, unit: 'ms' },
    ],
  };
  const drawn = text(seen(3, { rehearsal }));
  expect(drawn).toMatch(
    /^REHEARSAL fault, 1m00s left: Completions hang \(r-1\)\nABORTS WHEN ABOVE +NOW +LIMIT +OF LIMIT$/m,
  );
  expect(drawn).toMatch(/^openRequests +450 +500 +90 %\nerrorShare +- +50 % +-\nwallClock +2,000 ms +600 s +0.3 %$/m);
});

test('rules of an activation end with it', () => {
  const activation = { activation: 'drill', expiresAt: new Date(START_MS + 62_000).toISOString() };
  const rules = [
    { ...RULE, activation: 'drill', expiresAt: null },
    { ...RULE, id: 'mine', activation: null, expiresAt: null },
  ];
  const model = fold(seen(3, { rules }), { event: 'state', data: { activations: [activation] } });
  expect(text(model)).toMatch(/^upstream-hang\/0 .* 1m00s .*\nmine .* - /m);
});

test('a paused story says so, its note stands below, and who may see more is shown more', () => {
  const sealed = { ...STORY, scenario: 'sealed', endsMs: 0, cue: null, next: null, status: 'paused' as const };
  const model = seen(2, { story: sealed });
  expect(text(model)).toMatch(/^sealed PAUSED 14:05/m);
  const playback = { ...STORY, seed: 7, failures: 0, sealed: null, note: 'It is dead.' };
  expect(text({ ...model, playback })).toMatch(/^fajr-1399 14:05 .*\nlast .*\nIt is dead\.$/m);
});

test('a cue of many words leaves room for the next one', () => {
  const cue = { ...STORY.cue, index: 1, at: '14:02', verb: 'crowd' as const, text: 'arrivals base 0.55mu '.repeat(9) };
  const drawn = text(seen(2, { story: { ...STORY, cue } }));
  expect(drawn).toMatch(/^last 14:02 {2}crowd arrivals base .*… {3}next 14:12 {2}heal all rules$/m);
});

test('too many for the screen are counted, and the newest events stay', () => {
  const rules = Array.from({ length: 30 }, (_, index) => ({ ...RULE, id: `rule-${index}` }));
  let model = seen(3, { rules, rulesLeftOut: 4, clients: [client(3)] });
  for (let index = 0; index < 30; index++)
    model = fold(model, { event: 'action', data: { at: RULE.since, verb: `verb-${index}`, by: null, who: 'open' } });
  const drawn = drawScreen(model, SIZE);
  expect(drawn).toHaveLength(30);
  expect(drawn.join('\n')).toMatch(/^… 2\d more$/m);
  expect(drawn.join('\n')).toMatch(/^my-shop /m);
  expect(drawn.at(-1)).toMatch(/verb-29$/);
});

test('nothing is wider or longer than the terminal, and no name reaches it that it would obey', () => {
  const name = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.constant('\u001B[2J\nفجر ۱۳۹۹ 劇場の切符 👩‍👩‍👧'),
  );
  const sizes = fc.record({ columns: fc.integer({ min: 20, max: 200 }), rows: fc.integer({ min: 5, max: 60 }) });
  fc.assert(
    fc.property(name, sizes, fc.integer({ min: 0, max: 12 }), (called, size, many) => {
      const model = seen(4, {
        world: called,
        story: { ...STORY, scenario: called, note: called },
        rules: Array.from({ length: many }, () => ({ ...RULE, id: called })),
        clients: Array.from({ length: many }, () => client(3, { client: called })),
      });
      const lines = drawScreen(model, size);
      expect(lines.length).toBeLessThanOrEqual(size.rows);
      for (const line of lines) {
        expect(widthOf(line)).toBeLessThanOrEqual(size.columns);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      }
    }),
    { numRuns: 200 },
  );
});

test('tones are painted over the same text, and nothing else is', () => {
  const model = seen(3, { rules: [RULE] });
  const painted = drawScreen(model, SIZE, (shown, tone) => `<${tone}>${shown}</>`);
  expect(painted.join('\n')).toContain('<bad>upstream-hang/0');
  expect(painted.map((line) => line.replace(/<\/?\w*>/g, '').trimEnd())).toEqual(drawScreen(model, SIZE));
});
