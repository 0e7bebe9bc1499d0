// The report as JUnit XML, for what shows test results: a case for each condition, each criterion of the gate, and each seller reconciled.
import type { CriterionRow } from '../../scorecard/score.ts';
import type { Judged } from '../hypothesis.ts';
import type { BooksAudited } from '../record-line.ts';
import { type Silent, silentWords } from '../senders.ts';
import {
  DIFFERENCE_COLUMNS,
  differenceRow,
  type LastReconciliation,
  lastOfEach,
  NOBODY_RECONCILED,
  reconciledWords,
  whoseWords,
} from './reconciled.ts';
import type { Report } from './report.ts';
import { boundWords, figureWords, OUTCOME_WORDS } from './words.ts';

interface Case {
  readonly suite: string;
  readonly name: string;
  /** Unset: it passes. There is one exactly where the command that makes the report exits 1. */
  readonly failure?: { readonly message: string; readonly text: string };
  /** Told, and judged by nobody. */
  readonly skipped?: string;
}

export function junitReport(report: Report): string {
  const cases = [
    ...report.hypothesis.map(conditionCase),
    ...report.scorecards
      .filter(({ client }) => report.client === null || client === report.client)
      .flatMap(({ client, criteria }) =>
        criteria.filter(({ counts }) => counts === 'gate').map((row) => gateCase(client, row)),
      ),
    ...(report.audit ? [booksCase(report.audit)] : []),
    ...ledgerCases(report),
    ...(report.silent ? [silentCase(report.silent)] : []),
    ...(report.outcome === 'finished' ? [] : [endCase(report)]),
  ];
  const seconds = Math.max(0, (report.endedAt - report.startedAt) / 1000).toFixed(3);
  const counts = countsOf(cases);
  const suites = [...new Set(cases.map(({ suite }) => suite))].map((suite) => {
    const own = cases.filter((one) => one.suite === suite);
    const attributes = `name="${escaped(suite)}" ${countsOf(own)} errors="0" time="${seconds}" timestamp="${new Date(report.startedAt).toISOString().slice(0, 19)}"`;
    return `  <testsuite ${attributes}>\n${own.map((one) => caseXml(one, report)).join('')}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${escaped(report.title)}" ${counts} errors="0" time="${seconds}">\n${suites.join('')}</testsuites>\n`;
}

function conditionCase(judged: Judged): Case {
  const { metric, outcome, holds, figure, unit, of, why, evidence } = judged;
  const name = `${metric}: ${boundWords(judged)}${of === null ? '' : ` (${of})`}`;
  if (holds && outcome === 'unproven') return { suite: 'hypothesis', name, skipped: why };
  if (holds) return { suite: 'hypothesis', name };
  const text = [why, `figure: ${figureWords(figure, unit)}`, ...evidenceLines(evidence)].join('\n');
  return { suite: 'hypothesis', name, failure: { message: `${OUTCOME_WORDS[outcome]}: ${why}`, text } };
}

function gateCase(
  client: string,
  { name: metric, verdict, advice, evidence, figure, unit, threshold }: CriterionRow,
): Case {
  const [suite, name] = ['gate', `${metric} (${client})`];
  if (verdict === 'no-data') return { suite, name, skipped: advice };
  if (verdict !== 'fail') return { suite, name };
  const text = [advice, `figure: ${figureWords(figure, unit)}, threshold: ${threshold}`, ...evidenceLines(evidence)];
  return { suite, name, failure: { message: advice, text: text.join('\n') } };
}

function booksCase({ breaches, count }: BooksAudited): Case {
  const [suite, name] = ['books', 'every invariant holds'];
  if (count === 0) return { suite, name };
  const text = breaches.flatMap(({ rule, detail, requests }) => [`${rule}: ${detail}`, ...evidenceLines(requests)]);
  return { suite, name, skipped: [`breaches: ${count}`, ...text].join('\n') };
}

function ledgerCases({ reconciliations, startedAt }: Report): Case[] {
  const last = lastOfEach(reconciliations);
  if (last.length === 0) return [{ suite: 'ledger', name: 'sellers are reconciled', skipped: NOBODY_RECONCILED }];
  return last.map((one) => ledgerCase(one, startedAt));
}

function ledgerCase(last: LastReconciliation, startedAt: number): Case {
  const [suite, name] = ['ledger', `the books agree with the ledger (${whoseWords(last.client)})`];
  if (last.agree) return { suite, name };
  const lines = last.differences.map((one) =>
    differenceRow(one)
      .map((words, index) => `${DIFFERENCE_COLUMNS[index]}: ${words}`)
      .join('; '),
  );
  return { suite, name, skipped: [reconciledWords(last, startedAt), ...lines].join('\n') };
}

function silentCase(silent: Silent): Case {
  const message = silentWords(silent);
  return { suite: 'course', name: 'requests of its client were seen', failure: { message, text: message } };
}

function endCase({ outcome, abort }: Report): Case {
  const message = abort
    ? `aborted by ${abort.condition}: ${abort.value} (limit: ${abort.limit})`
    : 'the server ended before the rehearsal did';
  return { suite: 'course', name: 'is played to its end', failure: { message, text: `${outcome}: ${message}` } };
}

const evidenceLines = (evidence: readonly string[]): string[] =>
  evidence.length === 0 ? [] : [`requests: ${evidence.join(', ')}`];

const countsOf = (cases: readonly Case[]): string =>
  `tests="${cases.length}" failures="${cases.filter(({ failure }) => failure).length}" skipped="${cases.filter(({ skipped }) => skipped !== undefined).length}"`;

function caseXml({ suite, name, failure, skipped }: Case, { id }: Report): string {
  const head = `    <testcase classname="${escaped(`${id}.${suite}`)}" name="${escaped(name)}" time="0.000"`;
  if (failure)
    return `${head}>\n      <failure type="${escaped(suite)}" message="${escaped(failure.message)}">${escaped(failure.text)}</failure>\n    </testcase>\n`;
  return skipped === undefined
    ? `${head}/>\n`
    : `${head}>\n      <skipped message="${escaped(skipped)}"/>\n    </testcase>\n`;
}

/** Also what XML 1.0 cannot say at all: it is left out as U+FFFD. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNSAYABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu;
const ENTITIES: Readonly<Record<string, string>> = {
  ...{
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&apos;',
    '\n': '&#10;',
    '\r': '&#13;',
    '\t': '&#9;',
  },
};
const escaped = (text: string): string =>
  text.replace(UNSAYABLE, '\uFFFD').replace(/[&<>"'\n\r\t]/g, (mark) => ENTITIES[mark] ?? mark);
