// The report as Markdown, JSON and JUnit XML: whole, valid whatever people have written, and compared with an earlier one.
import { describe, expect, test } from 'vitest';
import { judge } from '../../../src/cli/report-output.ts';
import { compare } from '../../../src/rehearsal/report/comparison.ts';
import { htmlReport } from '../../../src/rehearsal/report/html.ts';
import { jsonReport } from '../../../src/rehearsal/report/json.ts';
import { junitReport } from '../../../src/rehearsal/report/junit.ts';
import { markdownReport } from '../../../src/rehearsal/report/markdown.ts';
import type { Report } from '../../../src/rehearsal/report/report.ts';
import { CRITERIA } from '../../../src/scorecard/registry.ts';
import { FAULT_AT, reportOn, WRITTEN } from './recorded.ts';
import { elementsOf } from './xml.ts';

const HOSTILE = '</title><script>alert(1)</script> | `x` \u001b[31m & "q" \n# heading';
/** In XML 1.0. */
const UNSAYABLE = ['\uD800', '\u0000', '\uFFFE', '\u001b'];
const hostile = () =>
  reportOn({
    written: { ...WRITTEN, title: HOSTILE },
    lines: [{ type: 'note', at: FAULT_AT, author: '<i>A|da</i>', text: HOSTILE, kind: 'saw' }],
    retries: 4,
  });

const failingGate =
  (client: string) =>
  ({ criteria }: Report['scorecards'][number]): Report['scorecards'][number] => ({
    ...{ client, gate: 'fail' },
    criteria: criteria.map((row) => (row.name === 'duplicate-orders' ? { ...row, verdict: 'fail' } : row)),
  });

describe('as Markdown', () => {
  test('it has the verdict first, then conditions, what to fix, scorecard, phases, timeline and the file', async () => {
    const text = markdownReport(await reportOn({ retries: 4 }), null);
    expect(text).toMatch(
      /^# Completion hangs \\<b\\>; the "shop" & its buyers survive\n\n\*\*The hypothesis does not hold: 3 of 4 conditions hold\./,
    );
    const headings = text.split('\n').filter((line) => line.startsWith('## '));
    expect(headings).toEqual([
      ...['## Hypothesis', '## What to fix first', '## Scorecard of shop', '## Phases', '## Timeline', '## Sales'],
      ...['## Ledger', '## Gaps', '## What this cannot tell', '## To play it again'],
    ]);
    expect(text).toContain('| client-timeout (shop) | at most 5000 ms | met | 3000 ms |');
    expect(text).toMatch(/\| retry-amplification \(shop\) \| at most 1.2, in fault \| unmet \| \d/);
    expect(text).toMatch(/^1\. \*\*[a-z-]+\*\* \(shop, fail\): .* See request `q-\d+-\d`\.$/m);
    expect(text).toContain('| +0:30 | fault begins |');
  });

  test('what others wrote makes neither markup nor HTML nor a row of its own', async () => {
    const text = markdownReport(await hostile(), null);
    const prose = text.slice(0, text.indexOf('## To play it again'));
    expect(prose).not.toMatch(/(?<!\\)<script/);
    expect(prose.split('\n')[0]).toMatch(/^# \\<\/title\\>.*# heading$/);
    for (const row of prose.split('\n').filter((line) => line.includes('alert') && line.startsWith('|')))
      expect(row.match(/(?<!\\)\|/g)).toHaveLength(3);
  });
});

describe('the books at its end', () => {
  const breach = { rule: 'money_adds_up', detail: 'o_1 holds twice <b>', orders: ['o_1'], requests: ['q-7', 'q-8'] };
  const audited = (breaches: object[]) =>
    reportOn({ lines: [{ type: 'audit', at: FAULT_AT, breaches, count: breaches.length } as never] });

  test('are told to be in order, or which invariant is broken, by which request', async () => {
    expect(markdownReport(await audited([]), null)).toContain('## Invariants\n\nEvery invariant of the books holds.');
    expect(markdownReport(await audited([breach]), null)).toContain(
      '- **money_adds_up**: o\\_1 holds twice \\<b\\> See request `q-7`.',
    );
    expect(markdownReport(await reportOn({}), null)).not.toContain('## Invariants');
  });

  test('are a case of JUnit, which tells each breach, and fails no more than the command does', async () => {
    const count = async (what: string, breaches: object[]) =>
      elementsOf(junitReport(await audited(breaches))).filter(({ name }) => name === what).length;
    expect(await count('skipped', [breach])).toBe((await count('skipped', [])) + 1);
    expect(await count('failure', [breach])).toBe(await count('failure', []));
  });
});

describe('as JSON', () => {
  test('it has everything, with times in RFC 3339', async () => {
    const report = await reportOn();
    const json = JSON.parse(jsonReport(report, null));
    expect(Object.keys(json)).toEqual(Object.keys(report));
    expect(json).toMatchObject({ format: 1, startedAt: new Date(report.startedAt).toISOString(), holds: true });
    expect(json.samples[0].at).toMatch(/^\d{4}-.*Z$/);
    expect(json.faults[0].from).toBe(new Date(FAULT_AT).toISOString());
    expect(json.hypothesis[0]).toMatchObject({ metric: 'client-timeout', max: 5000, outcome: 'met', figure: 3000 });
  });
});

describe('as JUnit XML', () => {
  test('it has a case for each condition; what does not hold fails with its reason, what may have no data is skipped', async () => {
    const elements = elementsOf(junitReport(await reportOn({ retries: 4 })));
    const cases = elements.filter(({ name }) => name === 'testcase');
    expect(cases.map(({ attributes }) => attributes.name?.split(':')[0])).toEqual(
      expect.arrayContaining(['client-timeout', 'retry-amplification', 'jitter', 'recovery']),
    );
    const [suites] = elements;
    const failures = elements.filter(({ name }) => name === 'failure');
    expect(suites).toMatchObject({ name: 'testsuites', attributes: { tests: String(cases.length), failures: '1' } });
    expect(failures).toMatchObject([{ attributes: { message: expect.stringMatching(/^unmet: .* is above 1.2$/) } }]);
    expect(elements.filter(({ name }) => name === 'skipped').length).toBeGreaterThanOrEqual(1);
  });

  test('a criterion of the gate that fails is a failure with its advice, and an end too early is one too', async () => {
    const report = await reportOn({ finish: null });
    const row = {
      ...report.scorecards[0]?.criteria[0],
      name: 'duplicate-orders',
      counts: 'gate' as const,
      verdict: 'fail' as const,
      advice: 'Look before you order.',
    };
    const failing = { ...report, scorecards: [{ client: 'shop', gate: 'fail' as const, criteria: [row as never] }] };
    const messages = elementsOf(junitReport(failing))
      .filter(({ name }) => name === 'failure')
      .map(({ attributes }) => attributes.message);
    expect(messages).toContain('Look before you order.');
    expect(messages).toContain('the server ended before the rehearsal did');
    const whole = elementsOf(junitReport({ ...failing, client: 'another' }));
    expect(whole.some(({ attributes }) => attributes.name === 'duplicate-orders (shop)')).toBe(false);
  });

  test.each<[string, (report: Report) => Partial<Report>]>([
    ['all is well', () => ({})],
    ['it was aborted', () => ({ outcome: 'aborted' })],
    ['the server ended before it did', () => ({ outcome: 'interrupted' })],
    ['nothing was sent', () => ({ silent: { client: 'shop', others: [], count: 0 }, holds: false })],
    ['another client fails its gate', ({ scorecards }) => ({ scorecards: scorecards.map(failingGate('another')) })],
    [
      'its client fails its gate',
      ({ scorecards }) => ({ scorecards: scorecards.map(failingGate('shop')), gate: 'fail' }),
    ],
  ])('it has failures where the command exits 1, and nowhere else: %s', async (_, change) => {
    const wanted = await reportOn({ retries: 0 });
    const report: Report = { ...wanted, ...change(wanted) };
    const exits = (): void => judge({ status: report.outcome, result: report });
    const failed = elementsOf(junitReport(report)).some(({ name }) => name === 'failure');
    (failed ? expect(exits) : expect(exits).not).toThrow();
  });

  test('it is well-formed whatever people have written', async () => {
    const report = await hostile();
    const titles = ['\uD800 \u0000 \uFFFE', ']]> <!-- --> <?x ?> &amp;', HOSTILE];
    for (const title of titles) {
      const text = junitReport({ ...report, title });
      const [root] = elementsOf(text);
      expect(root?.attributes.name?.replaceAll('\uFFFD', '').trim()).toBe(
        [...title]
          .filter((one) => !UNSAYABLE.includes(one))
          .join('')
          .trim(),
      );
    }
  });
});

describe('against an earlier one', () => {
  test('each figure is better or worse by its verdict, then by the figure', async () => {
    const [calm, wild] = [await reportOn({ id: 'r-20300101-000000-00000001' }), await reportOn({ retries: 4 })];
    const change = (metric: string, one = compare(wild, calm)) => one.rows.find((row) => row.metric === metric)?.change;
    expect(change('retry-amplification')).toBe('worse');
    expect(change('retry-amplification', compare(calm, wild))).toBe('better');
    expect(change('client-timeout')).toBe('same');
    expect(compare(wild, calm)).toMatchObject({ id: calm.id, isSamePlan: true, passed: calm.passed });
    const slower = await reportOn({ timeOutMs: 4000 });
    const figures = compare(slower, calm).rows.find(({ metric }) => metric === 'client-timeout');
    expect(figures).toMatchObject({ before: { figure: 3000 }, now: { figure: 4000 } });
  });

  test('it stands in Markdown and JSON', async () => {
    const [before, now] = [await reportOn({ id: 'r-20300101-000000-00000001', timeOutMs: 2000 }), await reportOn()];
    const against = compare(now, before);
    const text = markdownReport(now, against);
    expect(text).toContain('## Against an earlier rehearsal\n\nRehearsal r-20300101-000000-00000001 of ');
    expect(text).toMatch(/\| shop \| client-timeout \| 2000 ms \(\w+\) \| 3000 ms \(\w+\) \| worse \|/);
    expect(JSON.parse(jsonReport(now, against)).against.rows.length).toBe(against.rows.length);
  });

  test('where they were judged by other thresholds, it says which', async () => {
    const before = await reportOn({ thresholds: { recovery: { pass: 30 }, jitter: { pass: 0.2 } } });
    const now = await reportOn({ thresholds: { recovery: { pass: 45 } } });
    const against = compare(now, before);
    expect(against.thresholds).toEqual([
      { criterion: 'jitter', name: 'pass', before: 0.2, now: 0.1 },
      { criterion: 'recovery', name: 'pass', before: 30, now: 45 },
    ]);
    const says =
      'It was judged by other thresholds, so that verdicts may differ by that alone: jitter pass 0.2 before, 0.1 now; recovery pass 30 before, 45 now.';
    expect(markdownReport(now, against)).toContain(says);
    expect(htmlReport(now, against)).toContain(says);
    expect(markdownReport(now, compare(now, now))).not.toContain('thresholds,');
  });

  test('where one of them has no record of its thresholds, it says that', async () => {
    const [old, now] = [await reportOn(), await reportOn({ thresholds: {} })];
    expect(compare(now, old).thresholds).toBeNull();
    expect(markdownReport(now, compare(now, old))).toContain('It is not recorded of both by which thresholds');
  });

  test('every criterion says which way is better, but for silences, of which neither is', () => {
    const undecided = CRITERIA.filter(({ better }) => better === 'neither').map(({ name }) => name);
    expect(undecided).toEqual(['half-open-probes']);
  });
});
