// What the doctor found, for people.
import { counted } from '../base/counted.ts';
import type { Finding, FindingVerdict } from '../doctor/finding.ts';
import { table } from './table.ts';

const VERDICT_WORDS: Readonly<Record<FindingVerdict, string>> = {
  ok: 'ok',
  lies: 'LIES',
  lost: 'DOES NOT HOLD FROM HERE',
  noisy: 'TOO NOISY TO TELL',
  unarmed: 'cannot be armed here',
  skipped: 'skipped',
};

/** A row a trial, under its kind and parameters. */
export function findingsTable(findings: readonly Finding[]): string {
  const rows = findings.flatMap(({ kind, trials }) => trials.map((trial) => ({ kind, ...trial })));
  return table(
    ['KIND', 'PROMISED', 'OBSERVED', 'MS', 'VERDICT'],
    rows.map(({ kind, with: parameters, promised, observed, ms, verdict, reason }) => [
      [kind, ...Object.entries(parameters).map(([name, value]) => `${name}=${String(value)}`)].join(' '),
      observed === '' ? '' : promised,
      observed === promised ? 'the same' : observed,
      ms === undefined ? '' : String(ms),
      reason === undefined ? VERDICT_WORDS[verdict] : `${VERDICT_WORDS[verdict]}: ${reason}`,
    ]),
  );
}

/** How many of each verdict: `44 ok, 1 LIES`. */
export function findingsWords(findings: readonly Finding[]): string {
  const parts = Object.entries(VERDICT_WORDS).flatMap(([verdict, words]) => {
    const count = findings.filter((finding) => finding.verdict === verdict).length;
    return count > 0 ? [`${count} ${words}`] : [];
  });
  return `${counted(findings.length, 'kind')}: ${parts.join(', ')}`;
}
