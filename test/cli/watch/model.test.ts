// What a watch keeps of its stream, and the rates that it draws from counts.
import { expect, test } from 'vitest';
import { clockPart, MAX_HAPPENINGS, textPart } from '../../../src/cli/watch/happenings.ts';
import { fold, KEPT_S, NOTHING_SEEN } from '../../../src/cli/watch/model.ts';
import { openColumns, rateColumns, rateNow } from '../../../src/cli/watch/rates.ts';
import { shared } from '../../../src/cli/watch/section.ts';
import { sparkline } from '../../../src/cli/watch/sparkline.ts';
import { CLIENT, RULE, seen, summaryAt } from './seen.ts';

const arrived = ({ totals }: { totals: { arrived: number } }): number => totals.arrived;

test('the last five minutes are kept, whether they were told at the start or came one by one', () => {
  const summaries = Array.from({ length: 250 }, (_, second) => summaryAt(second));
  let model = fold(NOTHING_SEEN, { event: 'history', data: { summaries } });
  expect(model.summaries).toHaveLength(250);
  for (let second = 250; second < 400; second++) model = fold(model, { event: 'summary', data: summaryAt(second) });
  expect(model.summaries).toHaveLength(KEPT_S);
  expect(model.summaries.at(-1)?.seq).toBe(400);
});

test('a server that began anew is not compared with what was before', () => {
  const model = fold(seen(10), { event: 'summary', data: summaryAt(2) });
  expect(model.summaries).toHaveLength(1);
  const other = { startedAt: '2026-11-26T11:59:59.000Z' };
  expect(fold(seen(10), { event: 'summary', data: summaryAt(20, other) }).summaries).toHaveLength(1);
});

const { story: STORY, seats: _seats, ...withoutSeats } = summaryAt(1);
const GARBAGE = [
  ...[null, undefined, 'x', {}, { seq: 1 }, withoutSeats],
  ...['at', 'startedAt', 'story', 'totals', 'connections', 'seats', 'rules', 'clients', 'open', 'world'].flatMap(
    (part) => [
      { ...summaryAt(1), [part]: null },
      { ...summaryAt(1), [part]: { name: 'garbage' } },
    ],
  ),
  ...[
    { ...STORY, storyMs: -1, endsMs: 1 },
    { ...STORY, next: {} },
  ].map((story) => ({ ...summaryAt(1), story })),
  ...[{ rules: [null] }, { clients: [{}] }, { latencyMs: {} }, { capacity: 1 }, { rehearsal: { id: 'x' } }].map(
    (about) => ({ ...summaryAt(1), ...about }),
  ),
];

test.each(GARBAGE.map((data) => ({ data })))('what is no summary is left out, and said: $data', ({ data }) => {
  const model = seen(3);
  const after = fold(model, { event: 'summary', data });
  expect(after.summaries).toBe(model.summaries);
  expect(after.happenings.map(textPart)).toEqual(['a summary that cannot be read was left out']);
  for (const event of ['state', 'clock', 'cue', 'action', 'sample', 'exchange'])
    expect(fold(model, { event, data }).summaries).toBe(model.summaries);
});

test('of seconds told together those that cannot be read are left out, and counted', () => {
  const summaries = [summaryAt(0), null, { ...summaryAt(1), seats: 3 }, summaryAt(2)];
  const model = fold(NOTHING_SEEN, { event: 'history', data: { summaries } });
  expect(model.summaries.map(({ seq }) => seq)).toEqual([1, 3]);
  expect(model.happenings.map(textPart)).toEqual(['a summary that cannot be read was left out (one of 2 summaries)']);
  expect(fold(NOTHING_SEEN, { event: 'history', data: { summaries: 7 } }).happenings).toHaveLength(1);
});

test('what a newer server adds to a summary is no mistake', () => {
  const newer = { ...summaryAt(3), weather: 'fair', seats: { ...summaryAt(3).seats, onHold: 4 } };
  const full = { ...newer, rules: [{ ...RULE, mood: 1 }], clients: [{ ...CLIENT, breaker: 'ajar' }] };
  expect(fold(seen(3), { event: 'summary', data: full }).summaries).toHaveLength(4);
});

test('of what happened the newest hundred are kept; samples that went well, and the doing of a scenario, are no news', () => {
  const action = { at: '2026-11-26T12:00:00.000Z', verb: 'heal', who: 'open', by: null, body: {} };
  let model = NOTHING_SEEN;
  for (let index = 0; index < MAX_HAPPENINGS + 5; index++)
    model = fold(model, { event: 'action', data: { ...action, verb: `heal-${index}` } });
  expect(model.happenings).toHaveLength(MAX_HAPPENINGS);
  expect(model.happenings.at(-1)?.text).toBe('heal-104');
  expect(fold(model, { event: 'action', data: { ...action, who: 'server', by: 'scenario' } })).toBe(model);
  const sample = { at: action.at, client: 'shop', operation: 'listSessions', ended: 'answered', ms: 11.6, faults: [] };
  expect(fold(model, { event: 'sample', data: { ...sample, status: 200, requestId: 'q1' } })).toBe(model);
  const failed = fold(model, {
    event: 'sample',
    data: { ...sample, status: 503, faults: ['error-status'], requestId: 'q2' },
  });
  expect(failed.happenings.at(-1)?.text).toBe('shop listSessions 503 by error-status after 12 ms, q2');
  const aimed = { ...action, verb: 'activate', by: 'ada', body: { ttl: '5m', profile: 'upstream-hang', match: {} } };
  expect(fold(model, { event: 'action', data: aimed }).happenings.at(-1)?.text).toBe(
    'activate upstream-hang ttl 5m by ada',
  );
});

test('failures of one sort are one line, the newest, so that they do not push out all else', () => {
  const sample = (ms: number, requestId: string, status = 503) => ({
    event: 'sample',
    data: {
      at: '2026-11-26T12:00:00.000Z',
      client: 'shop',
      operation: 'listSessions',
      ended: 'answered',
      ...{ ms, status, requestId },
    },
  });
  const action = { at: '2026-11-26T12:00:00.000Z', verb: 'heal', who: 'open', by: null, body: {} };
  const told = [sample(1, 'q1'), { event: 'action', data: action }, sample(2, 'q2', 500), sample(1500, 'q3')];
  const { happenings } = told.reduce(fold, NOTHING_SEEN);
  expect(happenings.map((one) => clockPart(one) + textPart(one))).toEqual([
    '12:00:00  heal',
    '12:00:00  shop listSessions 500 after 2 ms, q2',
    '12:00:01  shop listSessions 503 after 1500 ms, q3 (one of 2 samples)',
  ]);
});

test('a rate is what was added by the second, over the last five of them', () => {
  expect(rateNow(seen(20).summaries, arrived)).toBe(100);
  expect(rateNow(seen(1).summaries, arrived)).toBe(null);
  expect(rateNow([], arrived)).toBe(null);
});

test('a client that has just come, or has fallen back among the others, has no rate yet', () => {
  const of = (name: string) => (summary: ReturnType<typeof summaryAt>) =>
    summary.clients.find(({ client }) => client === name)?.arrived;
  const summaries = [{ arrived: 10 }, { arrived: 40 }].map((about, second) =>
    summaryAt(second, { clients: [{ ...CLIENT, ...about }] }),
  );
  expect(rateNow(summaries, of('my-shop'))).toBe(30);
  expect(rateNow(summaries.slice(1), of('my-shop'))).toBe(null);
  expect(
    rateNow(
      [...summaries].reverse().map((one, second) => ({ ...one, at: summaryAt(second).at })),
      of('my-shop'),
    ),
  ).toBe(null);
});

test('seconds that were missed are a gap, and what came in them is spread over them; a reset is a gap too', () => {
  const missed = [summaryAt(0), summaryAt(1), summaryAt(5), summaryAt(6)];
  expect(rateColumns(missed, 'arrived', { count: 7, spanS: 7 })).toEqual([null, 100, null, null, null, 100, 100]);
  const reset = [
    summaryAt(3),
    summaryAt(4, { totals: summaryAt(0).totals }),
    summaryAt(5, { totals: summaryAt(1).totals }),
  ];
  expect(rateColumns(reset, 'arrived', { count: 3, spanS: 3 })).toEqual([null, null, 100]);
  expect(openColumns(missed, { count: 7, spanS: 7 })).toEqual([40, 40, null, null, null, 40, 40]);
});

test('a bar for every column: blank where nothing is known, the lowest for nothing, never that for something', () => {
  expect(sparkline([null, 0, 1, 50, 100], 100)).toBe(' ▁▂▅█');
  expect(sparkline([0, 0], 0)).toBe('▁▁');
});

test('lines are shared out in turn, so that a short part is shown whole', () => {
  expect(shared([1, 30, 5], 12)).toEqual([1, 6, 5]);
  expect(shared([1, 2], 10)).toEqual([1, 2]);
  expect(shared([4, 4], -3)).toEqual([0, 0]);
});
