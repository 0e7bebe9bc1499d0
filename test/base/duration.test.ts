// Durations, as people write them.
import { expect, test } from 'vitest';
import { duration, formatDuration, parseDuration } from '../../src/base/duration.ts';
import { createTopic } from '../../src/base/topic.ts';

test.each([
  ['250ms', 250],
  ['3s', 3000],
  ['1.5s', 1500],
  ['5m', 300_000],
  ['2h', 7_200_000],
  ['1d', 86_400_000],
  ['366d', 31_622_400_000],
  ['0.000001ms', 0.000001],
])('%s is %d ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
  expect(duration().parse(text)).toBe(ms);
  expect(parseDuration(formatDuration(ms))).toBe(ms);
});

test.each(['', '3', '3 s', '-1s', 's', '1w', '1e3ms', '367d', '99999999999d', `${'9'.repeat(400)}ms`, '1.1234567s'])(
  '%j is none',
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
    expect(duration().safeParse(text).error?.issues[0]?.message).toContain('such as 250ms');
  },
);

test('a listener that fails is told of, and the others hear all the same', () => {
  const failures: unknown[] = [];
  const heard: number[] = [];
  const topic = createTopic<number>((error) => failures.push(error));
  topic.subscribe(() => {
    throw new Error('deaf');
  });
  const leave = topic.subscribe((fact) => heard.push(fact));
  topic.publish(1);
  leave();
  topic.publish(2);
  expect([heard, failures.length, topic.listeners]).toEqual([[1], 2, 1]);
});
