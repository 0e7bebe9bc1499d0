// The forms that a report is printed in, each with its media type and what a file of it is called.
import type { Comparison } from './comparison.ts';
import { HTML_HEADERS } from './html/policy.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';
import { markdownReport } from './markdown.ts';
import type { Report } from './report.ts';

export interface Form {
  /** As the command line calls it. */
  readonly name: string;
  /** Behind `report.` in a path, and the end of a file's name. */
  readonly extension: string;
  readonly type: string;
  readonly summary: string;
  /** What it is sent with, besides its type. */
  readonly headers?: Readonly<Record<string, string>>;
  print(report: Report, against: Comparison | null): string | Promise<string>;
}

export const FORMS: readonly Form[] = [
  {
    ...{ name: 'md', extension: 'md', type: 'text/markdown; charset=utf-8', print: markdownReport },
    summary: 'as Markdown',
  },
  {
    ...{ name: 'html', extension: 'html', type: 'text/html; charset=utf-8', headers: HTML_HEADERS },
    summary: 'as one HTML file, with charts',
    // with libraries for templates and charts, which no server needs to start
    print: async (report, against) => (await import('./html.ts')).htmlReport(report, against),
  },
  {
    ...{ name: 'json', extension: 'json', type: 'application/json; charset=utf-8', print: jsonReport },
    summary: 'as JSON, with all that the others say',
  },
  {
    ...{ name: 'junit', extension: 'junit.xml', type: 'application/xml; charset=utf-8', print: junitReport },
    summary: 'as JUnit XML: a case for each condition, each criterion of the gate, and each seller reconciled',
  },
];
