// What is kept of the stream: figures of one start of the server, in their order, and whether all was understood.
import { beforeEach, expect, test } from 'vitest';
import { forgetWorld, garbage, latest, summaries, take } from '../../../src/dashboard/page/live/kept.ts';
import { summaryAt } from '../../support/summaries.ts';

beforeEach(forgetWorld);
const RESTARTED = { startedAt: '2026-11-26T10:00:00.000Z' };

test('a history goes before the figures that came since, and doubles none', () => {
  for (const second of [3, 4]) take('summary', summaryAt(second));
  take('history', { summaries: [1, 2, 3].map((second) => summaryAt(second)) });
  expect(summaries.value.map(({ seq }) => seq)).toEqual([2, 3, 4, 5]);
});

test('a history of another start takes the place of what was known, also with a clock that was set back', () => {
  take('summary', summaryAt(500));
  take('history', { summaries: [summaryAt(1, RESTARTED)] });
  expect(latest.value?.startedAt).toBe(RESTARTED.startedAt);
  expect(summaries.value).toHaveLength(1);
});

test('of what is not understood nothing is kept, and the next good one of its name ends the doubt', () => {
  take('summary', summaryAt(1));
  expect(take('summary', { seq: 2 })).toBe(false);
  expect([latest.value?.seq, garbage.value]).toEqual([2, 'summary']);
  take('unreadable', { event: 'sample' });
  expect(take('summary', summaryAt(2))).toBe(true);
  expect(garbage.value).toBe('sample');
  take('unreadable', { event: 'news of the weather' });
  expect(garbage.value).toBe('sample');
});
