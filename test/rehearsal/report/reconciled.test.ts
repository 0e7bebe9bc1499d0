// The ledger in each form of a report: who was reconciled, where their books differ, and that nobody did.
import { describe, expect, test } from 'vitest';
import type { DifferenceKind } from '../../../src/director/auditing.ts';
import type { RecordedDifference, RecordedReconciliation } from '../../../src/rehearsal/reconciliation.ts';
import { htmlReport } from '../../../src/rehearsal/report/html.ts';
import { jsonReport } from '../../../src/rehearsal/report/json.ts';
import { junitReport } from '../../../src/rehearsal/report/junit.ts';
import { markdownReport } from '../../../src/rehearsal/report/markdown.ts';
import { MAX_SHOWN } from '../../../src/rehearsal/report/reconciled.ts';
import { BEGUN, ENDED, FAULT_AT, reportOn } from './recorded.ts';
import { elementsOf } from './xml.ts';

const NONE: Readonly<Record<DifferenceKind, number>> = {
  ...{ 'paid-without-ticket': 0, 'ticket-without-payment': 0, 'unknown-to-seller': 0, 'unknown-to-upstream': 0 },
  ...{ 'amount-differs': 0, 'seats-differ': 0 },
};
const DIFFERENCE: RecordedDifference = {
  ...{ kind: 'amount-differs', externalRef: 'ps<eu>do', orders: ['o_7', 'o_8'], unsure: false },
  believed: { rows: 1, completed: 1, seats: 2, amount: 5000 },
  actual: { orders: 2, completed: 2, sold: 4, amount: 10_000, stranded: 0 },
};
const UNKNOWN: RecordedDifference = {
  ...DIFFERENCE,
  ...{ kind: 'unknown-to-upstream', externalRef: 'gone', actual: null, orders: [], unsure: true },
};

const reconciled = (about: Partial<RecordedReconciliation> = {}) => ({
  ...{ type: 'reconciled' as const, at: ENDED + 65_000, client: 'shop', rows: 40, references: 39, forgotten: 0 },
  ...{ currency: 'IRR', counts: NONE, differences: [] },
  ...about,
});
const differing = (differences: readonly RecordedDifference[], about: Partial<RecordedReconciliation> = {}) =>
  reconciled({
    ...{ differences, counts: { ...NONE, 'amount-differs': 1, 'unknown-to-upstream': differences.length - 1 } },
    ...about,
  });

describe('the ledger in a report', () => {
  test('is not reconciled where nobody did, and every form says so', async () => {
    const report = await reportOn();
    expect(markdownReport(report, null)).toContain('## Ledger\n\nNobody reconciled a seller’s books with the ledger.');
    expect(htmlReport(report, null)).toContain('Nobody reconciled a seller’s books with the ledger.');
    expect(JSON.parse(jsonReport(report, null))).toMatchObject({ reconciliations: [] });
    expect(junitReport(report)).toMatch(/name="sellers are reconciled"[^>]*>\s*<skipped message="Nobody reconciled/);
  });

  test('agrees, and every form says so', async () => {
    const report = await reportOn({ lines: [reconciled()] });
    expect(markdownReport(report, null)).toContain('## Ledger\n\n- **shop**, +4:05: 40 rows, they agree\n');
    expect(htmlReport(report, null)).toMatch(/<h3>shop<\/h3>\s*<p class="pass">✓ \+4:05: 40 rows, they agree<\/p>/);
    expect(JSON.parse(jsonReport(report, null)).reconciliations).toMatchObject([
      { at: new Date(ENDED + 65_000).toISOString(), client: 'shop', agree: true, count: 0 },
    ]);
    const cases = elementsOf(junitReport(report)).filter(({ attributes }) => attributes.classname?.endsWith('.ledger'));
    expect(cases.map(({ attributes }) => attributes.name)).toEqual(['the books agree with the ledger (shop)']);
  });

  test('differs by kinds and references, in words that make no markup', async () => {
    const report = await reportOn({ lines: [differing([DIFFERENCE, UNKNOWN])] });
    const says = '2 differences (1 unknown-to-upstream, 1 amount-differs)';
    const text = markdownReport(report, null);
    expect(text).toContain(`- **shop**, +4:05: 40 rows, ${says}`);
    expect(text).toContain(
      '| ps\\<eu\\>do | amount-differs | 1 with tickets, 2 seats, 5000 paid | 2 of 2 orders with tickets, 4 seats, 10000 paid | o\\_7, o\\_8 |',
    );
    expect(text).toContain(
      '| gone | unknown-to-upstream (unsure) | 1 with tickets, 2 seats, 5000 paid | no order |   |',
    );
    const page = htmlReport(report, null);
    expect(page).toContain(`<p class="fail">✗ +4:05: 40 rows, ${says}</p>`);
    expect(page).toContain('ps&lt;eu&gt;do');
    const junit = junitReport(report);
    expect(elementsOf(junit).filter(({ name }) => name === 'failure')).toHaveLength(
      elementsOf(junitReport(await reportOn())).filter(({ name }) => name === 'failure').length,
    );
    expect(junit).toContain(`<skipped message="+4:05: 40 rows, ${says}&#10;Reference: ps&lt;eu&gt;do;`);
  });

  test('is that of the last time of each seller; those before are told in a line', async () => {
    const lines = [
      differing([DIFFERENCE, UNKNOWN], { at: FAULT_AT }),
      differing([DIFFERENCE], { at: BEGUN + 45_000, client: null }),
      reconciled(),
    ];
    const report = await reportOn({ lines });
    expect(markdownReport(report, null)).toContain(
      '- **shop**, +4:05: 40 rows, they agree\n  - before, +0:30: 40 rows, 2 differences (1 unknown-to-upstream, 1 amount-differs)\n\n- **all sellers together**, +0:45: 40 rows, 1 difference (1 amount-differs)\n',
    );
    expect(htmlReport(report, null)).toContain('<li class="hint">Before, +0:30: 40 rows, 2 differences');
    const told = elementsOf(junitReport(report)).filter(
      ({ name, attributes }) => name === 'skipped' && attributes.message?.includes('difference'),
    );
    expect(told).toHaveLength(1);
    expect(report.reconciliations).toHaveLength(3);
  });

  test('lists the first differences, and counts the others', async () => {
    const many = Array.from({ length: 100 }, (_, index) => ({ ...UNKNOWN, externalRef: `ref${index}x` }));
    const report = await reportOn({ lines: [differing(many, { counts: { ...NONE, 'unknown-to-upstream': 250 } })] });
    const text = markdownReport(report, null);
    expect(text.match(/\| ref\d+x \|/g)).toHaveLength(MAX_SHOWN);
    expect(text).toContain(`And ${250 - MAX_SHOWN} more.`);
    expect(htmlReport(report, null)).toContain(`And ${250 - MAX_SHOWN} more.`);
  });
});
