// What a record says of its day: by which thresholds it is judged, whenever that is, and the texts that it takes to play it again.
import { describe, expect, test } from 'vitest';
import { htmlReport } from '../../../src/rehearsal/report/html.ts';
import { markdownReport } from '../../../src/rehearsal/report/markdown.ts';
import type { Report } from '../../../src/rehearsal/report/report.ts';
import { thresholdsOf } from '../../../src/scorecard/thresholds.ts';
import { BEGUN, FAULT_AT, reportOn } from './recorded.ts';

const STRICT = thresholdsOf({ 'client-timeout': { pass: 1, warn: 2 } });
const row = ({ scorecards }: Report, metric: string) =>
  scorecards.find(({ client }) => client === 'shop')?.criteria.find(({ name }) => name === metric);

describe('a record that was never judged', () => {
  test('is judged by the thresholds of its day, and not by those of whoever reads it', async () => {
    const [own, published] = [await reportOn({ thresholds: STRICT }), await reportOn()];
    const [strict, mild] = [own, published].map((report) => row(report, 'client-timeout'));
    expect(mild?.verdict).toBe('pass');
    expect(strict?.verdict).toBe('fail');
    expect(strict?.threshold).not.toBe(mild?.threshold);
  });

  test('of another version is judged as far as its thresholds can be read', async () => {
    const report = await reportOn({ thresholds: { 'client-timeout': { pass: 'soon' }, tomorrow: { pass: 1 } } });
    expect(row(report, 'client-timeout')).toEqual(row(await reportOn(), 'client-timeout'));
  });
});

describe('the configuration to replay', () => {
  const text = 'summary: Nothing is answered.\nrules:\n  - fault: hang\n';
  const lines = [
    { type: 'profile' as const, at: BEGUN, name: 'hang', text },
    { type: 'profile' as const, at: FAULT_AT, name: 'hang', text: `# changed <b>\n${text}` },
    { type: 'scenario' as const, at: BEGUN, name: 'friday', text: 'ends: 10m\n' },
  ];

  test('has profiles as they were armed, the scenario, and thresholds that are not the published ones', async () => {
    const report = await reportOn({ lines, thresholds: STRICT });
    expect(report.replay).toMatchObject({ profiles: [{ text }, {}], scenario: { name: 'friday' }, thresholds: STRICT });
    const printed = markdownReport(report, null);
    expect(printed).toContain('catalogue small, thresholds as below.');
    expect(printed).toContain('published ones:\n\n```yaml\nclient-timeout: { pass: 1, warn: 2 }\n```');
    expect(printed).toContain(`The profile hang, as it was armed:\n\n\`\`\`yaml\n# changed <b>\n${text}\`\`\``);
    expect(printed).toContain('The scenario friday:\n\n```yaml\nends: 10m\n```');
    const page = htmlReport(report, null);
    expect(page).toContain('# changed &lt;b&gt;\nsummary: Nothing is answered.');
    expect(page).toMatch(/<dt>Thresholds<\/dt><dd>as below<\/dd>/);
  });

  test('says so where thresholds were the published ones, and where nobody knows', async () => {
    expect(markdownReport(await reportOn({ thresholds: thresholdsOf() }), null)).toContain('thresholds as published.');
    expect(markdownReport(await reportOn(), null)).toContain('thresholds not recorded.');
  });
});

describe('lines that are not in a record', () => {
  const unsure = async (dropped: object) =>
    row(await reportOn({ lines: [{ type: 'dropped', at: FAULT_AT, count: 9, ...dropped } as never] }), 'client-timeout')
      ?.unsure;

  test('make figures unsure, for the reason for which they are not there', async () => {
    expect(await unsure({ noRoom: 'file' })).toMatch(/^9 lines.* its disk was full/);
    expect(await unsure({ noRoom: 'memory' })).toMatch(/^9 lines.* SHOWSTOPPER_DATA_DIR/);
    expect(await unsure({})).toMatch(/^9 lines.* no room for them$/);
    expect(await unsure({ noRoom: 'journal' })).toMatch(/^9 entries had left the journal.* SHOWSTOPPER_JOURNAL_MAX/);
  });
});
