// A record becomes a report: it is read, judged where it was not yet, and looked through for what is told beside the verdicts.
import type { Clock } from '../../base/clock.ts';
import { Refusal } from '../../base/refusal.ts';
import type { Thresholds } from '../../scorecard/thresholds.ts';
import { judgeRecord, type Result } from '../judging.ts';
import { readRecord } from '../read-record.ts';
import { type Report, reportOf } from './report.ts';
import { SalesTaker } from './sales.ts';
import { SightingsTaker } from './sightings.ts';

interface Means {
  readonly clock: Clock;
  readonly thresholds: Thresholds;
}

/** `chunks` gives the record from its beginning each time. Rejects with a Refusal where not even its beginning is there. */
export async function reportFrom(chunks: () => AsyncIterable<Buffer>, means: Means): Promise<Report> {
  const read = await readRecord(chunks());
  const { header } = read;
  if (!header) throw new Refusal('malformed', `is no record of a rehearsal: ${read.troubles.join('; ')}`);
  const result = (read.result as Result | null) ?? (await judgeRecord(chunks, read, means));
  const [sightings, sales] = [new SightingsTaker(evidenceIn(result)), new SalesTaker()];
  await readRecord(chunks(), {
    arrival: (entry) => sightings.take(entry),
    event: (event) => sales.take(event),
  });
  return reportOf({ read, header, result, sightings: sightings.sightings, sales: sales.sales });
}

const evidenceIn = ({ scorecards, hypothesis }: Pick<Result, 'scorecards' | 'hypothesis'>): string[] => [
  ...scorecards.flatMap(({ criteria }) => criteria.flatMap(({ evidence }) => evidence)),
  ...hypothesis.flatMap(({ evidence }) => evidence),
];
