// What a report says of a record: verdicts, what to fix first, the merged timeline, and what is missing.
import { describe, expect, test } from 'vitest';
import { whatToFix } from '../../../src/rehearsal/report/first-to-fix.ts';
import { reportFrom } from '../../../src/rehearsal/report/from-record.ts';
import type { Moment } from '../../../src/rehearsal/report/timeline.ts';
import type { CriterionRow } from '../../../src/scorecard/score.ts';
import { thresholdsOf } from '../../../src/scorecard/thresholds.ts';
import { refusalOf } from '../../director/stage.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import {
  BEGUN,
  bytesOf,
  chunksOf,
  ENDED,
  FAULT_AT,
  HEALED_AT,
  planOf,
  recordedLines,
  reportOn,
  WRITTEN,
} from './recorded.ts';

const ofKind = (timeline: readonly Moment[], kind: Moment['kind']) => timeline.filter((moment) => moment.kind === kind);

describe('a report', () => {
  test('judges each condition, and says whether the hypothesis holds', async () => {
    const report = await reportOn();
    expect(report.hypothesis.map(({ metric, outcome }) => [metric, outcome])).toEqual([
      ['client-timeout', 'met'],
      ['retry-amplification', 'met'],
      ['jitter', 'unproven'],
      ['recovery', 'met'],
    ]);
    expect(report).toMatchObject({ outcome: 'finished', holds: true, passed: report.gate !== 'fail' });
    expect(report.gaps).toEqual(['a demand of 5/s is declared, and under 20/s nothing is said about breakers']);
    const wild = await reportOn({ retries: 4 });
    expect(wild.hypothesis[1]).toMatchObject({ outcome: 'unmet', holds: false });
    expect(wild).toMatchObject({ holds: false, passed: false });
  });

  test('knows its evidence: when it was, of which operation, and how it ended', async () => {
    const { hypothesis, requests } = await reportOn();
    const [id] = hypothesis[0]?.evidence ?? [];
    expect(requests[id ?? '']).toMatchObject({ client: 'shop', operation: 'completeOrder', ended: 'client-left' });
  });

  test('merges faults, the first trouble, what clients did, and notes into one timeline', async () => {
    const note = {
      type: 'note' as const,
      at: FAULT_AT + 7000,
      author: 'Ada',
      text: 'the queue grows',
      kind: 'saw' as const,
    };
    const { timeline } = await reportOn({ retries: 2, lines: [note] });
    expect(timeline.map(({ at }) => at)).toEqual(timeline.map(({ at }) => at).sort((a, b) => a - b));
    expect(ofKind(timeline, 'fault-on')).toMatchObject([{ at: FAULT_AT, says: expect.stringContaining('hang') }]);
    expect(ofKind(timeline, 'fault-off')).toMatchObject([{ at: HEALED_AT }]);
    expect(ofKind(timeline, 'time-out')).toMatchObject([{ at: FAULT_AT + 3000, who: 'shop' }]);
    const [burst] = ofKind(timeline, 'retries');
    expect(burst?.at).toBeGreaterThanOrEqual(FAULT_AT + 3000);
    expect(burst?.at).toBeLessThan(FAULT_AT + 6000);
    expect(ofKind(timeline, 'recovered')[0]?.at).toBeGreaterThanOrEqual(HEALED_AT);
    expect(ofKind(timeline, 'note')).toMatchObject([{ who: 'Ada', says: 'saw: the queue grows' }]);
    expect(timeline.at(-1)).toMatchObject({ kind: 'end', at: ENDED });
    expect(ofKind((await reportOn()).timeline, 'retries')).toEqual([]);
  });

  test('of an aborted rehearsal says what aborted it, and tests no condition that was not met', async () => {
    const abort = {
      type: 'abort' as const,
      condition: 'openRequests',
      value: '6000',
      limit: '5000',
      at: FAULT_AT + 9000,
      healedAt: FAULT_AT + 9100,
    };
    const report = await reportOn({ finish: 'aborted', lines: [abort], retries: 4 });
    expect(report).toMatchObject({ outcome: 'aborted', passed: false, abort: { condition: 'openRequests' } });
    expect(report.hypothesis[1]?.outcome).toBe('not-tested');
    expect(ofKind(report.timeline, 'abort')[0]?.says).toBe('aborted by openRequests: 6000 (limit: 5000)');
    expect(ofKind(report.timeline, 'healed')).toHaveLength(1);
  });

  test('tells what is sold, what was paid without a ticket, and what was sold twice', async () => {
    const at = HEALED_AT + 1000;
    const event = (about: object) =>
      ({
        type: 'event',
        at,
        boxOfficeAt: at,
        session: 's-1',
        client: 'shop',
        reservation: 'v-x',
        seats: 1,
        ...about,
      }) as never;
    const lines = [
      event({ happened: 'captured', order: 'o-paid', externalRef: 'x-paid', amount: 900 }),
      event({ happened: 'captured', order: 'o-back', externalRef: 'x-back', amount: 900 }),
      event({ happened: 'refunded', order: 'o-back', externalRef: 'x-back', amount: 900 }),
      event({ happened: 'completed', order: 'o-again', externalRef: 'x-0', amount: 900 }),
    ];
    const [plain] = (await reportOn()).sales;
    const [sales] = (await reportOn({ lines })).sales;
    expect(sales).toMatchObject({
      client: 'shop',
      completed: (plain?.completed ?? 0) + 1,
      paidWithoutTicket: ['o-paid'],
      soldTwice: ['x-0'],
    });
    expect(plain).toMatchObject({ paidWithoutTicket: [], soldTwice: [], seatsSold: 2 * (plain?.completed ?? 0) });
  });

  test('of a record that was cut off says so, and fails', async () => {
    const bytes = bytesOf(recordedLines());
    const cut = bytes.subarray(0, bytes.length - 40);
    const report = await reportFrom(chunksOf(cut), { clock: new ManualClock(), thresholds: thresholdsOf() });
    expect(report).toMatchObject({ outcome: 'interrupted', passed: false });
    expect(report.gaps.join('\n')).toMatch(/cut off in line \d+[\s\S]*it has no end/);
  });

  test('of something else is refused with what is wrong', async () => {
    const chunks = chunksOf(Buffer.from('{"type":"phase","at":1}\nno json\n'));
    const refusal = await refusalOf(() => reportFrom(chunks, { clock: new ManualClock(), thresholds: thresholdsOf() }));
    expect(refusal.message).toMatch(
      /^is no record of a rehearsal: its beginning is missing; one of its lines .*: line 2 is not JSON/,
    );
  });

  test('of the same record is the same', async () => {
    expect(await reportOn({ retries: 2 })).toEqual(await reportOn({ retries: 2 }));
  });

  test('has the file to play it again, which gives the same plan', async () => {
    const written = {
      ...WRITTEN,
      hypothesis: [
        ...WRITTEN.hypothesis,
        { metric: 'client-timeout', min: 33, max: '1m', verdict: 'warn', client: 'other' },
      ],
      abort: {
        wallClock: '10m',
        openRequests: 50,
        errorShare: { above: 0.9, for: '60s' },
        frontDoor: { url: 'http://127.0.0.1:3000/', failing: '30s' },
        memory: '2GiB',
        eventLoopLag: '1500ms',
      },
    };
    const { replay } = await reportOn({ written });
    const { parse } = await import('yaml');
    expect(planOf(parse(replay.file) as object)).toEqual(planOf(written));
    expect(replay).toMatchObject({ seed: 7, catalog: 'small', version: '1.2.3' });
    const played = { title: 'x', scenario: 'story', speed: '60x', hypothesis: [] };
    expect(planOf(parse((await reportOn({ written: played })).replay.file) as object)).toEqual(planOf(played));
  });

  test('begins where it began', async () => {
    expect(await reportOn()).toMatchObject({ startedAt: BEGUN, endedAt: ENDED });
  });
});

describe('what to fix first', () => {
  const row = (
    name: string,
    verdict: CriterionRow['verdict'],
    counts: CriterionRow['counts'] = 'judged',
  ): CriterionRow => ({
    ...{
      name,
      verdict,
      counts,
      n: 20,
      figure: 1,
      unit: 'count',
      threshold: '',
      source: '',
      advice: `change ${name}`,
      evidence: [],
    },
  });
  const fix = (criteria: CriterionRow[]) =>
    whatToFix([{ client: 'shop', gate: 'fail', criteria }], [], ['shop']).map(({ metric }) => metric);

  test('is what is unsafe, then what fails by its weight, then what is nearly well', () => {
    expect(
      fix([
        row('recovery', 'warn'),
        row('jitter', 'fail'),
        row('client-timeout', 'fail'),
        row('idempotency-keys', 'warn', 'gate'),
        row('duplicate-orders', 'fail', 'gate'),
        row('concurrency', 'warn'),
      ]),
    ).toEqual(['duplicate-orders', 'client-timeout', 'jitter', 'idempotency-keys', 'concurrency', 'recovery']);
  });

  test('is nothing that passes, has no data, or is only told; and nothing of those it is not about', () => {
    expect(fix([row('recovery', 'pass'), row('jitter', 'no-data'), row('herd-overshoot', 'fail', 'told')])).toEqual([]);
    const other = [{ client: 'other', gate: 'fail' as const, criteria: [row('jitter', 'fail')] }];
    expect(whatToFix(other, [], ['shop'])).toEqual([]);
  });
});
