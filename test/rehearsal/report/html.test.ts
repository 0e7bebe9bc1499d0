// The report as HTML: whole, by itself, safe whatever people have written, and with what was sampled in its charts.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { compare } from '../../../src/rehearsal/report/comparison.ts';
import { MAX_BARS } from '../../../src/rehearsal/report/html/bands.ts';
import { MAX_POINTS } from '../../../src/rehearsal/report/html/points.ts';
import { HTML_HEADERS, POLICY } from '../../../src/rehearsal/report/html/policy.ts';
import { htmlReport } from '../../../src/rehearsal/report/html.ts';
import type { Report } from '../../../src/rehearsal/report/report.ts';
import { FAULT_AT, HEALED_AT, reportOn, WRITTEN } from './recorded.ts';

const HOSTILE =
  '</title></script></style><script>alert(1)</script><img src=https://evil.test/x onerror="a()"> \' <% it %>';

/** Tags with what their attributes hold, without those of the style and the script. */
const tagsOf = (html: string): string[] => html.replace(/<style>[\s\S]*?<\/style>/, '').match(/<[^>]*>/g) ?? [];
const textOf = (html: string): string => html.replaceAll(/<(style|script)>[\s\S]*?<\/\1>|<[^>]*>/g, '');
const headingsOf = (html: string): string[] =>
  [...html.matchAll(/<h2[^>]*>(.*?)<\/h2>/g)].map(([, heading = '']) => heading);

/** Of one line of a chart: its points, and its marks. */
function drawn(html: string, chart: string, series: string) {
  const [, svg = ''] = new RegExp(`data-chart="${chart}"([\\s\\S]*?)</svg>`).exec(html) ?? [];
  const [, group = ''] = new RegExp(`data-series="${series}">([\\s\\S]*?)</g>`).exec(svg) ?? [];
  const [, path = ''] = /class="curve" d="([^"]*)"/.exec(group) ?? [];
  const points = [...path.matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
  return { points, begins: path.split('M').length - 1, marks: group.split('class="mark"').length - 1 };
}

describe('the page', () => {
  test('has the verdict first, then what to fix, and whatever else there is', async () => {
    const [now, before] = [await reportOn({ retries: 4 }), await reportOn({ id: 'r-20300101-000000-00000001' })];
    const html = htmlReport(now, compare(now, before));
    expect(textOf(html)).toMatch(
      /^\s*\S.*\s+Completion hangs.*\s+✗\s+Not passed\s+The hypothesis does not hold: 3 of 4/,
    );
    expect(headingsOf(html)).toEqual([
      ...['Hypothesis', 'What to fix first', 'Charts', 'Timeline', 'Scorecard', 'Against an earlier rehearsal'],
      ...['Sales', 'Ledger', 'Gaps', 'What this cannot tell', 'To play it again'],
    ]);
    expect(textOf(html)).toContain('mostly repeats what has failed');
    expect(textOf(html)).toContain(now.firstToFix[0]?.advice);
    expect(html).toMatch(/<dt>Seed<\/dt><dd>7<\/dd>/);
  });

  test('says of the requests that are evidence what they were', async () => {
    const report = await reportOn({ retries: 4 });
    const [first = ''] = report.firstToFix[0]?.evidence ?? [];
    expect(htmlReport(report, null)).toMatch(
      new RegExp(`<code>${first}</code> completeOrder of shop, client left after 3000 ms, <time datetime="2`),
    );
  });

  test('is told apart when it passed', async () => {
    const passed: Report = { ...(await reportOn()), passed: true, holds: true };
    expect(htmlReport(passed, null)).toContain('<div class="verdict pass">');
    expect(htmlReport({ ...passed, outcome: 'aborted' }, null)).toContain('<div class="verdict fail">');
  });

  test('says whether the books add up, and which invariant does not hold', async () => {
    const report = await reportOn();
    const breach = { rule: 'seat-sold-once', detail: 'seat 4 <b> is sold twice', requests: ['q-7-0'] };
    const audited = (audit: object) => htmlReport({ ...report, audit: audit as Report['audit'] }, null);
    expect(audited({ count: 0, breaches: [] })).toContain('Every invariant of the books holds.');
    const broken = audited({ count: 3, breaches: [breach] });
    expect(textOf(broken)).toMatch(/seat-sold-once: seat 4 &lt;b&gt; is sold twice\s+See request q-7-0/);
    expect(broken).toContain('And 2 more.');
  });

  test('has gaps and notes where there are any', async () => {
    const note = { type: 'note', at: FAULT_AT, author: 'Ada', text: 'Buyers wait.', kind: 'saw' } as const;
    const html = htmlReport({ ...(await reportOn({ lines: [note] })), gaps: ['a line is cut off'] }, null);
    expect(headingsOf(html)).toEqual(expect.arrayContaining(['Notes', 'Gaps']));
    expect(html).toContain('<strong>Ada</strong> saw: Buyers wait.');
    expect(html).toContain('a line is cut off');
  });
});

describe('whoever wrote what stands in it', () => {
  test('makes no markup', async () => {
    const [calm, hostile] = await Promise.all(
      ['x', HOSTILE].map(async (words) => {
        const lines = [{ type: 'note', at: FAULT_AT, author: words, text: words, kind: 'saw' } as const];
        const report = await reportOn({ written: { ...WRITTEN, title: words }, lines });
        const faults = report.faults.map((fault) => ({ ...fault, activation: words, clients: [words] }));
        const phases = report.phases.map((phase) => ({ ...phase, name: 'x'.repeat(80) }));
        const scorecards = report.scorecards.map((one) => ({ ...one, client: words }));
        return htmlReport({ ...report, faults, phases, scorecards, gaps: [words], by: words, world: words }, null);
      }),
    );
    const skeleton = (html = '') => tagsOf(html).map((tag) => tag.replaceAll(/"[^"]*"/g, '""'));
    expect(skeleton(hostile)).toEqual(skeleton(calm));
    expect(hostile?.split('&lt;/title&gt;&lt;/script&gt;').length).toBeGreaterThan(10);
  });

  test('it fetches nothing, and runs nothing but its own script', async () => {
    const html = htmlReport(await reportOn({ retries: 4 }), null);
    const targets = [...html.matchAll(/\b(?:src|href|srcset|action|data|poster)\s*=\s*"([^"]*)"/g)].map(([, to]) => to);
    expect(targets.length).toBeGreaterThan(5);
    expect(targets.filter((to) => !to?.startsWith('#'))).toEqual([]);
    for (const [, id] of html.matchAll(/href="#([^"]*)"/g)) expect(html).toContain(`<section id="${id}"`);
    expect(html).not.toMatch(/url\(|@import|https?:\/\/|<(?:link|iframe|object|embed|base|img)\b|\son[a-z]+=|\sstyle=/);
    const hashes = ['style', 'script'].map((tag) => {
      const inline = [...html.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, 'g'))];
      expect(inline).toHaveLength(1);
      return `${tag}-src 'sha256-${createHash('sha256')
        .update(inline[0]?.[1] ?? '')
        .digest('base64')}'`;
    });
    expect(POLICY).toBe(["default-src 'none'", ...hashes, "base-uri 'none'", "form-action 'none'"].join('; '));
    expect(html).toContain(`<meta http-equiv="Content-Security-Policy" content="${POLICY}">`);
    expect(HTML_HEADERS['Content-Security-Policy']).toContain(POLICY);
  });

  test('each time says which it is to a machine, and in UTC to who has no script', async () => {
    const html = htmlReport(await reportOn(), null);
    const times = [...html.matchAll(/<time datetime="([^"]*)">([^<]*)<\/time>/g)];
    expect(times.length).toBeGreaterThan(5);
    for (const [, datetime = '', shown = ''] of times)
      expect(shown).toBe(`${datetime.slice(0, 19).replace('T', ' ')} UTC`);
  });
});

describe('the charts', () => {
  test('have a point for each sample, in its place, and none where nothing was answered', async () => {
    const report = await reportOn();
    const html = htmlReport(report, null);
    const { points, marks } = drawn(html, 'rates', 'offered');
    expect(points).toHaveLength(report.samples.length);
    expect(marks).toBeGreaterThan(5);
    const goodput = drawn(html, 'rates', 'goodput').points;
    const isNone = report.samples.map(({ goodput: figure }) => figure === 0);
    const floor = Math.max(...goodput.map(({ y }) => y));
    expect(goodput.map(({ y }) => y === floor)).toEqual(isNone);
    const p99 = drawn(html, 'latency', 'p99');
    expect(p99.points).toHaveLength(report.samples.filter(({ p99Ms }) => p99Ms !== null).length);
    expect(p99.begins).toBe(2);
    for (const [chart, series] of [
      ['held', 'held'],
      ['held', 'open'],
      ['latency', 'p50'],
      ['latency', 'p95'],
      ['rates', 'answered'],
    ] as const)
      expect(drawn(html, chart, series).points.length).toBeGreaterThan(100);
  });

  test('shade the time in which a fault was in force, and name it', async () => {
    const report = await reportOn();
    const html = htmlReport(report, null);
    const [, x, width] = /class="shade" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/.exec(html) ?? [];
    const offered = drawn(html, 'rates', 'offered').points;
    const placeOf = (at: number) => offered[report.samples.findIndex((one) => one.at === at)]?.x ?? Number.NaN;
    expect(Number(x)).toBeCloseTo(placeOf(FAULT_AT), 1);
    expect(Number(x) + Number(width)).toBeCloseTo(placeOf(HEALED_AT), 1);
    expect(html).toMatch(/<title>1: hang \(rehearsal-1-0\)<\/title>/);
    expect(html).toMatch(/<li><strong>hang \(rehearsal-1-0\)<\/strong> for shop, \+0:30 to \+1:30<\/li>/);
  });

  test('keep to what can be told apart, of a day and of many faults', async () => {
    const report = await reportOn();
    const [sample] = report.samples;
    const samples = Array.from({ length: 86_400 }, (_, index) => ({
      ...(sample as (typeof report.samples)[number]),
      ...{ at: report.startedAt + (index + 1) * 1000, held: index === 50_000 ? 900 : 0 },
    }));
    const faults = Array.from({ length: 500 }, () => report.faults).flat();
    const html = htmlReport({ ...report, samples, faults, endedAt: report.startedAt + 86_400_000 }, null);
    const held = drawn(html, 'held', 'held').points;
    expect(held).toHaveLength(MAX_POINTS);
    expect(held.filter(({ y }) => y < (held[0]?.y ?? 0))).toHaveLength(1);
    expect(html).toContain('Each point stands for 216 samples');
    expect(html).toContain(`And ${500 - MAX_BARS} more`);
    expect(html.length).toBeLessThan(400_000);
  });

  test('are missed in words where there are no samples, and stand where there is one, of no length', async () => {
    const report = await reportOn();
    const none = htmlReport({ ...report, samples: [] }, null);
    expect(none).toContain('There are no samples, and so no charts.');
    expect(none).not.toContain('<svg');
    const zero = { offered: 0, answered: 0, goodput: 0, held: 0, open: 0, p50Ms: 0, p95Ms: null, p99Ms: null };
    const sample = { ...report.samples[0], ...zero, at: report.startedAt } as (typeof report.samples)[number];
    const one = htmlReport({ ...report, samples: [sample], endedAt: report.startedAt }, null);
    expect(drawn(one, 'rates', 'offered')).toMatchObject({ points: [expect.anything()], marks: 1 });
    expect(drawn(one, 'latency', 'p50').points).toHaveLength(1);
    for (const html of [none, one]) expect(html).not.toMatch(/NaN|Infinity|undefined|\[object/);
  });
});
