// Figures, verdicts and spans of a report as a person reads them, the same in each of its forms.
import { percentOf, rounded } from '../../base/rounding.ts';
import type { CriterionRow } from '../../scorecard/score.ts';
import type { Judged } from '../hypothesis.ts';
import { silentWords } from '../senders.ts';
import type { Change } from './comparison.ts';
import type { Report } from './report.ts';

type Unit = CriterionRow['unit'];

const SUFFIX: Readonly<Record<Unit, string>> = {
  ...{ ms: ' ms', s: ' s', ratio: '', count: '', share: ' %', calls: ' calls' },
};

export function figureWords(figure: number | null, unit: Unit): string {
  if (figure === null) return '–';
  return `${unit === 'share' ? percentOf(figure) : rounded(figure)}${SUFFIX[unit]}`;
}

/** As it was written. */
const exactWords = (bound: number, unit: Unit): string =>
  `${Number((unit === 'share' ? bound * 100 : bound).toPrecision(12))}${SUFFIX[unit]}`;

export const boundWords = ({ min, max, verdict, unit, phase, noData }: Judged): string =>
  [
    ...(min === null ? [] : [`at least ${exactWords(min, unit)}`]),
    ...(max === null ? [] : [`at most ${exactWords(max, unit)}`]),
    ...(verdict === null ? [] : [verdict === 'pass' ? 'verdict pass' : 'verdict pass or warn']),
    ...(phase === null ? [] : [`in ${phase}`]),
    ...(noData === 'allow' ? ['or no data'] : []),
  ].join(', ');

export const OUTCOME_WORDS: Readonly<Record<Judged['outcome'], string>> = {
  ...{ met: 'met', unmet: 'unmet', unproven: 'unproven', 'not-tested': 'not tested' },
};

export const VERDICT_WORDS: Readonly<Record<CriterionRow['verdict'], string>> = {
  ...{ pass: 'pass', warn: 'warn', fail: 'fail', 'no-data': 'no data' },
};

/** What came of it, in a sentence or two; first of all if nothing was seen of whom it is about. */
export function verdictSentence(report: Report): string {
  const verdict = verdictOf(report);
  if (!report.silent) return verdict;
  const silent = silentWords(report.silent);
  return report.outcome === 'finished' ? `${silent} ${verdict}` : `${verdict} ${silent}`;
}

function verdictOf({ outcome, holds, gate, hypothesis, silent }: Report): string {
  const kept = hypothesis.filter((one) => one.holds).length;
  const conditions = `${kept} of ${hypothesis.length} conditions hold`;
  const safety =
    gate === 'fail'
      ? 'The safety gate fails'
      : gate === 'no-data'
        ? 'The safety gate has no data'
        : `The safety gate: ${gate}`;
  if (outcome === 'aborted') return `The rehearsal was aborted; ${conditions}. ${safety}.`;
  if (outcome === 'interrupted') return `The rehearsal was interrupted; ${conditions}. ${safety}.`;
  if (silent) return `So nothing is shown, and it does not pass. ${safety}.`;
  if (hypothesis.length === 0) return `There was no hypothesis. ${safety}.`;
  return `The hypothesis ${holds ? 'holds' : 'does not hold'}: ${conditions}. ${safety}.`;
}

/** `1 min 30 s`; from an hour on without seconds. */
export function lengthWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min${seconds % 60 === 0 ? '' : ` ${seconds % 60} s`}`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** `+1:05`: since the beginning. */
export function sinceWords(at: number, startedAt: number): string {
  const seconds = Math.max(0, Math.round((at - startedAt) / 1000));
  return `+${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** `2026-11-26 09:48:05 UTC`. */
export const utcWords = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** A figure of an earlier rehearsal beside its verdict. */
export const shortWords = (one: Pick<CriterionRow, 'figure' | 'verdict'> | null, unit: Unit): string =>
  one === null ? 'not judged' : `${figureWords(one.figure, unit)} (${VERDICT_WORDS[one.verdict]})`;

export const changeWords = (change: Change): string => (change === 'other' ? '–' : change);

/** Of counts and rates. */
export const roundWords = (figure: number | null): string =>
  figure === null ? '–' : String(Math.round(figure * 10) / 10);
