// The report as Markdown: for a terminal, a ticket or a merge request.
import type { ClientScorecard } from '../../scorecard/score.ts';
import { BLIND_SPOTS } from './blind-spots.ts';
import { type Comparison, caveatsOf } from './comparison.ts';
import { ledgerLines } from './markdown-ledger.ts';
import { code, fenced, table, text } from './markdown-text.ts';
import { replayTexts, thresholdsWords } from './replay-texts.ts';
import type { Report } from './report.ts';
import { summaries } from './summary.ts';
import {
  boundWords,
  changeWords,
  figureWords,
  lengthWords,
  OUTCOME_WORDS,
  roundWords,
  shortWords,
  sinceWords,
  utcWords,
  VERDICT_WORDS,
  verdictSentence,
} from './words.ts';

export function markdownReport(report: Report, against: Comparison | null): string {
  const { title, firstToFix, hypothesis, timeline, startedAt, gaps, replay } = report;
  const sections: (readonly [heading: string, lines: readonly string[]])[] = [
    ['Hypothesis', table(['Condition', 'Bound', 'Outcome', 'Figure', 'n', 'Why'], hypothesis.map(conditionRow))],
    ['What to fix first', firstToFix.map(fixLine)],
    ...(against ? [['Against an earlier rehearsal', comparisonLines(against)] as const] : []),
    ...report.scorecards.map((one) => [`Scorecard of ${text(one.client)}`, scorecardLines(one)] as const),
    ['Phases', phaseLines(report)],
    [
      'Timeline',
      table(
        ['Time', 'What'],
        timeline.map(({ at, who, says }) => [sinceWords(at, startedAt), `${who === null ? '' : `${who}: `}${says}`]),
      ),
    ],
    ['Sales', salesLines(report)],
    ['Ledger', ledgerLines(report)],
    ['Invariants', auditLines(report)],
    ['Gaps', gaps.map((gap) => `- ${text(gap)}`)],
    ['What this cannot tell', BLIND_SPOTS.map((spot) => `- ${text(spot)}`)],
    [
      'To play it again',
      [
        `Version ${replay.version}, seed ${replay.seed}, catalogue ${text(replay.catalog)}, thresholds ${thresholdsWords(replay)}.`,
        ...replayTexts(replay).flatMap((one) => ['', `${text(one.title)}:`, '', ...fenced(one.text)]),
      ],
    ],
  ];
  const body = sections
    .filter(([, lines]) => lines.length > 0)
    .map(([heading, lines]) => `## ${heading}\n\n${lines.join('\n')}`);
  return `${[`# ${text(title)}`, `**${text(verdictSentence(report))}**`, aboutLine(report), ...body].join('\n\n')}\n`;
}

function aboutLine({ id, world, client, startedAt, endedAt, outcome, isCutShort, counts, abort }: Report): string {
  const length = `${utcWords(startedAt)}, ${lengthWords(endedAt - startedAt)}`;
  const whom = client === null ? 'every client' : `client ${client}`;
  const said = `Rehearsal ${id} of ${whom} in the world ${world}: ${length}, ${outcome}${isCutShort && outcome === 'finished' ? ' early' : ''}, ${counts.requests} requests.`;
  return text(abort ? `${said} Aborted by ${abort.condition}: ${abort.value} (limit: ${abort.limit}).` : said);
}

const conditionRow = (one: Report['hypothesis'][number]): string[] => {
  const metric = one.of === null ? one.metric : `${one.metric} (${one.of})`;
  return [
    metric,
    boundWords(one),
    OUTCOME_WORDS[one.outcome],
    figureWords(one.figure, one.unit),
    String(one.n),
    one.why,
  ];
};

const fixLine = ({ client, metric, verdict, isGate, advice, evidence }: Report['firstToFix'][number], index: number) =>
  `${index + 1}. **${text(metric)}** (${text(client)}, ${isGate ? 'safety gate, ' : ''}${verdict}): ${text(advice)}${seen(evidence)}`;

const seen = ([first]: readonly string[]): string => (first === undefined ? '' : ` See request ${code(first)}.`);

function scorecardLines({ gate, criteria }: ClientScorecard): string[] {
  const rows = criteria.map(({ name, verdict, counts, unsure, figure, unit, n, threshold }) => {
    const marks = [...(counts === 'judged' ? [] : [counts]), ...(unsure === undefined ? [] : ['unsure'])];
    const said = `${VERDICT_WORDS[verdict]}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}`;
    return [name, said, figureWords(figure, unit), String(n), threshold];
  });
  return [
    `Safety gate: ${VERDICT_WORDS[gate]}.`,
    '',
    ...table(['Criterion', 'Verdict', 'Figure', 'n', 'Threshold'], rows),
  ];
}

function phaseLines(report: Report): string[] {
  const head = ['Phase', 'Length', 'Offered/s', 'Answered/s', 'Goodput/s', 'Held', 'p50', 'p95', 'p99'];
  const rows = summaries(report).map(({ name, from, to, offered, answered, goodput, held, p50Ms, p95Ms, p99Ms }) => [
    ...[name, lengthWords(to - from), ...[offered, answered, goodput, held].map(roundWords)],
    ...[p50Ms, p95Ms, p99Ms].map((ms) => figureWords(ms, 'ms')),
  ]);
  return table(head, rows);
}

function auditLines({ audit }: Report): string[] {
  if (!audit) return [];
  if (audit.count === 0) return ['Every invariant of the books holds.'];
  const told = audit.breaches.map(
    ({ rule, detail, requests: [first] }) =>
      `- **${rule}**: ${text(detail)}${first === undefined ? '' : ` See request \`${first}\`.`}`,
  );
  const more = audit.count - told.length;
  return [...told, ...(more > 0 ? [`- and ${more} more`] : [])];
}

function salesLines({ sales }: Report): string[] {
  const head = ['Client', 'Reserved', 'Ordered', 'Completed', 'Seats', 'Canceled', 'Refunded', 'Lapsed'];
  const rows = sales.map((one) => [
    one.client,
    ...[one.reserved, one.ordered, one.completed, one.seatsSold, one.canceled, one.refunded, one.lapsed].map(String),
  ]);
  const wrong = sales.flatMap(({ client, paidWithoutTicket, soldTwice }) => [
    ...paidWithoutTicket.map((id) => `- ${text(client)}: order ${code(id)} is paid, and has no ticket`),
    ...soldTwice.map(
      (reference) => `- ${text(client)}: more than one order of the reference ${code(reference)} has tickets`,
    ),
  ]);
  return [...table(head, rows), ...(wrong.length > 0 ? ['', ...wrong] : [])];
}

function comparisonLines(against: Comparison): string[] {
  const { id, startedAt, rows, passed } = against;
  const which = `Rehearsal ${text(id)} of ${utcWords(startedAt)}, which ${passed ? 'passed' : 'did not pass'}.`;
  return [
    [which, ...caveatsOf(against)].join(' '),
    '',
    ...table(
      ['Client', 'Figure', 'Before', 'Now', 'Change'],
      rows.map(({ client, metric, unit, before, now, change }) => [
        ...[client, metric, shortWords(before, unit), shortWords(now, unit), changeWords(change)],
      ]),
    ),
  ];
}
