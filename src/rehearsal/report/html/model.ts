// What the templates of the page print: the report in words, its parts in order, and its charts as shapes.
import { rounded } from '../../../base/rounding.ts';
import type { Verdict } from '../../../scorecard/criterion.ts';
import { CRITERIA } from '../../../scorecard/registry.ts';
import type { ClientScorecard, CriterionRow } from '../../../scorecard/score.ts';
import type { Judged } from '../../hypothesis.ts';
import { BLIND_SPOTS } from '../blind-spots.ts';
import { type Comparison, caveatsOf } from '../comparison.ts';
import { NOBODY_RECONCILED } from '../reconciled.ts';
import { replayTexts, thresholdsWords } from '../replay-texts.ts';
import type { Report } from '../report.ts';
import type { Seen } from '../sightings.ts';
import { nameOfFault } from '../timeline.ts';
import {
  boundWords,
  figureWords,
  lengthWords,
  OUTCOME_WORDS,
  sinceWords,
  utcWords,
  VERDICT_WORDS,
  verdictSentence,
} from '../words.ts';
import { MAX_BARS } from './bands.ts';
import { chartsOf } from './charts.ts';
import { samplesEach } from './points.ts';
import { changeTable, phaseTable, reconciledTables, salesTable, wrongSales } from './tables.ts';

const SIGNS: Readonly<Record<Verdict, string>> = { pass: '✓', warn: '!', fail: '✗', 'no-data': '–' };
/** What is to be read first. */
const ORDER: readonly Verdict[] = ['fail', 'warn', 'pass', 'no-data'];

export function modelOf(report: Report, against: Comparison | null): object {
  const { startedAt, endedAt, client, passed, scorecards } = report;
  const since = (at: number): string => sinceWords(at, startedAt);
  return {
    ...{ report, against, since, time, endWords, signs: SIGNS, verdictWords: VERDICT_WORDS },
    parts: partsOf(report, against),
    verdict: passed && report.outcome === 'finished' ? 'pass' : 'fail',
    passedWords: passedWords(report),
    sentence: verdictSentence(report),
    whom: client === null ? 'Every client that was seen.' : `Client ${client}.`,
    length: lengthWords(endedAt - startedAt),
    ...{ hypothesis: report.hypothesis.map(conditionOf), phases: phaseTable(report) },
    ...{ sales: salesTable(report), wrongSales: wrongSales(report), changes: against && changeTable(against) },
    caveats: against && caveatsOf(against),
    ...{ reconciled: reconciledTables(report), nobodyReconciled: NOBODY_RECONCILED },
    ...{ charts: chartsOf(report), samplesEach: samplesEach(report.samples) },
    faults: report.faults.slice(0, MAX_BARS).map((fault) => ({
      name: nameOfFault(fault),
      whom: fault.clients.length === 0 ? 'anybody' : fault.clients.join(', '),
      share: fault.share === 1 ? '' : `, ${figureWords(fault.share, 'share')} of requests`,
      ...{ from: since(fault.from), to: since(fault.to) },
    })),
    moreFaults: Math.max(0, report.faults.length - MAX_BARS),
    scorecards: scorecards.map((one) => scorecardOf(one, report)),
    ...{ settings: settingsOf(report), replayTexts: replayTexts(report.replay) },
    blindSpots: BLIND_SPOTS,
  };
}

/** As which verdict an outcome is coloured. */
const OUTCOME_LOOKS: Readonly<Record<Judged['outcome'], Verdict>> = {
  ...{ met: 'pass', unmet: 'fail', unproven: 'warn', 'not-tested': 'no-data' },
};

function conditionOf(one: Judged): object {
  const verdict = OUTCOME_LOOKS[one.outcome];
  return {
    ...{ ...one, verdict, sign: SIGNS[verdict], outcome: OUTCOME_WORDS[one.outcome] },
    ...{ bound: boundWords(one), figure: figureWords(one.figure, one.unit) },
  };
}

/** Those that have something to say. */
function partsOf(report: Report, against: Comparison | null): object[] {
  const { hypothesis, firstToFix, scorecards, sales, audit, notes, gaps } = report;
  const part = (name: string, title: string, isThere = true) => (isThere ? [{ id: name, name, title }] : []);
  return [
    ...part('hypothesis', 'Hypothesis', hypothesis.length > 0),
    ...part('fixes', 'What to fix first', firstToFix.length > 0),
    ...part('charts', 'Charts'),
    ...part('timeline', 'Timeline'),
    ...part('scorecard', 'Scorecard', scorecards.length > 0),
    ...part('comparison', 'Against an earlier rehearsal', against !== null),
    ...part('sales', 'Sales', sales.length > 0),
    ...part('ledger', 'Ledger'),
    ...part('invariants', 'Invariants', audit !== null),
    ...part('notes', 'Notes', notes.length > 0),
    ...part('gaps', 'Gaps', gaps.length > 0),
    ...part('blindSpots', 'What this cannot tell'),
    ...part('replay', 'To play it again'),
  ];
}

function passedWords({ outcome, passed, hypothesis }: Report): string {
  if (outcome !== 'finished') return `Not passed: ${outcome}`;
  if (!passed) return 'Not passed';
  return hypothesis.length === 0 ? 'Nothing failed' : 'Passed';
}

/** HTML: made of a number alone. */
const time = (at: number): string => `<time datetime="${new Date(at).toISOString()}">${utcWords(at)}</time>`;

function endWords({ at, endedAt, ended, status }: Seen): string {
  const how = ended === 'answered' && status !== null ? `answered ${status}` : (ended ?? 'open').replaceAll('-', ' ');
  return endedAt === null ? how : `${how} after ${endedAt - at} ms`;
}

function scorecardOf({ client, gate, criteria }: ClientScorecard, { requests }: Report): object {
  const sorted = [...criteria].sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  return {
    ...{ client, gate },
    judged: sorted.filter(({ verdict }) => verdict !== 'no-data').map((row) => criterionOf(row, requests)),
    silent: sorted.filter(({ verdict }) => verdict === 'no-data'),
  };
}

const criterionOf = (row: CriterionRow, requests: Report['requests']): object => ({
  ...row,
  asks: CRITERIA.find(({ name }) => name === row.name)?.asks,
  figure: figureWords(row.figure, row.unit),
  evidence: row.evidence.map((id) => ({ id, seen: requests[id] })),
  more: Object.entries(row.more ?? {})
    .filter(([, value]) => value !== null)
    .map(([name, value]) => [name, typeof value === 'number' ? rounded(value) : value]),
});

function settingsOf({ replay }: Report): [name: string, value: string][] {
  const { version, seed, catalog, timeScale, capacity, crowd, rules } = replay;
  return [
    ['Version', version],
    ['Seed', String(seed)],
    ['Catalogue', catalog],
    ['Time scale', String(timeScale)],
    ['Thresholds', thresholdsWords(replay)],
    ...(capacity == null ? [] : [['Capacity', JSON.stringify(capacity)] satisfies [string, string]]),
    ...(crowd == null ? [] : [['Crowd', JSON.stringify(crowd)] satisfies [string, string]]),
    ...((rules ?? []).length === 0 ? [] : [['Rules before', JSON.stringify(rules)] satisfies [string, string]]),
  ];
}
