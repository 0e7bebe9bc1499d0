// A client that sent nothing never passes, whatever the hypothesis allows; the report says so first, and who did send.
import { expect, test } from 'vitest';
import { judgeRecord } from '../../src/rehearsal/judging.ts';
import { readRecord } from '../../src/rehearsal/read-record.ts';
import { junitReport } from '../../src/rehearsal/report/junit.ts';
import { markdownReport } from '../../src/rehearsal/report/markdown.ts';
import { MAX_SENDERS, Senders, silentWords } from '../../src/rehearsal/senders.ts';
import { thresholdsOf } from '../../src/scorecard/thresholds.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { bytesOf, chunksOf, recordedLines, reportOn, WRITTEN } from './report/recorded.ts';

const ALLOWED = { metric: 'duplicate-orders', max: 0, noData: 'allow' };
const misnamed = (hypothesis: object[]) => ({ ...WRITTEN, client: 'sohp', hypothesis });

test.each([
  ['without a hypothesis', []],
  ['with conditions that may have no data', [ALLOWED]],
])('%s a client that is called otherwise does not pass', async (_, hypothesis) => {
  const report = await reportOn({ written: misnamed(hypothesis) });
  expect(report).toMatchObject({ holds: false, passed: false, silent: { client: 'sohp', others: ['shop'], count: 1 } });
  const [, , first] = markdownReport(report, null).split('\n');
  expect(first).toMatch(
    /^\*\*No request of sohp was seen; there were requests of shop\. So nothing is shown, and it does not pass\./,
  );
  expect(junitReport(report)).toMatch(/name="requests of its client were seen"[^>]*>\s*<failure/);
});

test('one that sent requests passes, also without a hypothesis', async () => {
  const report = await reportOn({ written: { ...WRITTEN, hypothesis: [] } });
  expect(report).toMatchObject({ holds: true, silent: null });
});

test('of every client there must have been one at least', async () => {
  const { client: _, ...everybody } = { ...WRITTEN, hypothesis: [] };
  expect(await reportOn({ written: everybody })).toMatchObject({ holds: true, silent: null });
  const chunks = chunksOf(
    bytesOf(recordedLines({ written: everybody }).filter((line) => !line.includes('"exchange"'))),
  );
  const means = { clock: new ManualClock(), thresholds: thresholdsOf() };
  const result = await judgeRecord(chunks, await readRecord(chunks()), means);
  expect(result).toMatchObject({ holds: false, silent: { client: null, count: 0 } });
  expect(result.silent && silentWords(result.silent)).toBe('No request of any client was seen.');
});

test('the others are told in bounded words', () => {
  const senders = new Senders('shop');
  for (let n = 0; n < 25; n++) senders.take(`client-${n}`);
  const { silent } = senders;
  expect(silent).toMatchObject({ count: 25, others: { length: MAX_SENDERS } });
  expect(silent && silentWords(silent)).toMatch(/^No request of shop was seen; there were .* and 5 others\.$/);
  senders.take('shop');
  expect(senders.silent).toBeNull();
});

test('that a condition may have no data stands in its row', async () => {
  const text = markdownReport(await reportOn(), null);
  expect(text).toContain('| jitter (shop) | at least 0.1, or no data |');
});
