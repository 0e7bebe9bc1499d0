// The report as one HTML file that needs nothing else: no network, and no script to be read.
import type { Comparison } from './comparison.ts';
import { CHART, CHARTS } from './html/chart-template.ts';
import { LOCAL_TIMES } from './html/local-times.ts';
import { modelOf } from './html/model.ts';
import * as page from './html/page-template.ts';
import { POLICY } from './html/policy.ts';
import { SCORECARD } from './html/scorecard-template.ts';
import { STYLESHEET } from './html/stylesheet.ts';
import { createTemplates } from './html/template.ts';
import type { Report } from './report.ts';

const SOURCES = {
  ...{ page: page.PAGE, table: page.TABLE, hypothesis: page.HYPOTHESIS, fixes: page.FIXES, timeline: page.TIMELINE },
  ...{
    comparison: page.COMPARISON,
    sales: page.SALES,
    ledger: page.LEDGER,
    notes: page.NOTES,
    gaps: page.GAPS,
    invariants: page.INVARIANTS,
    blindSpots: page.BLIND_SPOTS,
    replay: page.REPLAY,
  },
  ...{ chart: CHART, charts: CHARTS, scorecard: SCORECARD },
};

export function htmlReport(report: Report, against: Comparison | null): string {
  const render = createTemplates(SOURCES);
  return render('page', { ...modelOf(report, against), policy: POLICY, style: STYLESHEET, script: LOCAL_TIMES });
}
