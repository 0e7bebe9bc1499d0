// The record of a rehearsal made by hand, for tests: a calm, a hang that a client meets in one of two ways, and its recovery.

import { METRICS } from '../../../src/rehearsal/metrics.ts';
import type { Plan } from '../../../src/rehearsal/plan.ts';
import { entryLine, type RecordedRule, type RecordLine } from '../../../src/rehearsal/record-line.ts';
import { readRehearsal } from '../../../src/rehearsal/rehearsal-file.ts';
import { reportFrom } from '../../../src/rehearsal/report/from-record.ts';
import type { Report } from '../../../src/rehearsal/report/report.ts';
import { type Thresholds, thresholdsOf } from '../../../src/scorecard/thresholds.ts';
import { eventEntry, exchangeEntry } from '../../support/entries.ts';
import { MANUAL_EPOCH_MS, ManualClock } from '../../support/manual-clock.ts';

export const BEGUN = MANUAL_EPOCH_MS;
const [CALM_MS, FAULT_MS, RECOVERY_MS] = [30_000, 60_000, 90_000];
export const FAULT_AT = BEGUN + CALM_MS;
export const HEALED_AT = FAULT_AT + FAULT_MS;
export const ENDED = HEALED_AT + RECOVERY_MS;
const STEP_MS = 200;

export const WRITTEN = {
  title: 'Completion hangs <b>; the "shop" & its buyers survive',
  client: 'shop',
  demand: '5/s',
  phases: [
    { name: 'calm', for: '30s' },
    { name: 'fault', for: '60s', on: [{ profile: 'hang', operations: ['completeOrder'] }] },
    { name: 'recovery', for: '90s' },
  ],
  hypothesis: [
    { metric: 'client-timeout', max: '5s' },
    { metric: 'retry-amplification', max: 1.2, phase: 'fault' },
    { metric: 'jitter', min: 0.1, noData: 'allow' },
    { metric: 'recovery', max: '60s' },
  ],
  blastRadius: { clients: ['shop'], operations: ['completeOrder'], longest: '5m' },
  abort: { wallClock: '10m' },
};

export function planOf(written: object): Plan {
  const read = readRehearsal(JSON.stringify(written), 'test.yaml', {
    metrics: METRICS,
    operations: ['completeOrder', 'listSessions'],
    named: (name) => ({ name }),
  });
  if ('mistakes' in read) throw new Error(JSON.stringify(read.mistakes));
  return read.plan;
}

export interface Course {
  /** How long it waits for an answer that does not come. */
  readonly timeOutMs?: number;
  /** How often it asks again at once. */
  readonly retries?: number;
  readonly written?: object;
  readonly id?: string;
  readonly lines?: readonly RecordLine[];
  readonly finish?: 'finished' | 'aborted' | null;
  /** Of the header; unset: as of a version that recorded none. */
  readonly thresholds?: object;
}

/** Its lines, in the order in which things ended. */
export function recordedLines(course: Course = {}): string[] {
  const { written = WRITTEN, id = 'r-20300101-000000-00000000', finish = 'finished', lines = [], thresholds } = course;
  const rule: RecordedRule = {
    id: 'rehearsal-1-0/0',
    fault: 'hang',
    activation: 'rehearsal-1-0',
    clients: ['shop'],
    share: 1,
  };
  const own: RecordLine[] = [
    {
      ...{ type: 'header', format: 1, id, version: '1.2.3', world: 'default', at: BEGUN, by: 'tester', seed: 7 },
      ...{ catalog: 'small', timeScale: 1, plan: planOf(written), before: { capacity: null, crowd: null, rules: [] } },
      ...(thresholds && { thresholds: thresholds as Thresholds }),
    },
    { type: 'phase', at: BEGUN, name: 'calm', kind: 'calm' },
    { type: 'phase', at: FAULT_AT, name: 'fault', kind: 'fault' },
    { type: 'rules', at: FAULT_AT, begun: [rule], ended: [] },
    { type: 'rules', at: HEALED_AT, begun: [], ended: [rule.id] },
    { type: 'phase', at: HEALED_AT, name: 'recovery', kind: 'recovery' },
    ...samples(),
    ...lines,
    ...(finish === null ? [] : [{ type: 'finish' as const, at: ENDED, status: finish, isCutShort: false, by: null }]),
  ];
  return [
    ...own.slice(0, 1).map((line) => JSON.stringify(line)),
    ...entries(course),
    ...own.slice(1).map((line) => JSON.stringify(line)),
  ];
}

function samples(): RecordLine[] {
  return Array.from({ length: (ENDED - BEGUN) / 1000 }, (_, index) => {
    const at = BEGUN + (index + 1) * 1000;
    const hangs = at > FAULT_AT && at <= HEALED_AT;
    return {
      ...{ type: 'sample' as const, at, offered: 5 + (index % 3), answered: hangs ? 0 : 5, goodput: hangs ? 0 : 5 },
      ...{ errors: hangs ? 5 : 0, open: hangs ? 15 : 1, held: hangs ? 15 : 0, lagMs: 1, memoryBytes: 1e8 },
      ...(hangs ? { p50Ms: null, p95Ms: null, p99Ms: null } : { p50Ms: 12, p95Ms: 40 + (index % 7), p99Ms: 120 }),
    };
  });
}

function entries({ timeOutMs = 3000, retries = 0 }: Course): string[] {
  const made: { readonly endedAt: number; readonly line: string }[] = [];
  const add = (index: number, attempt: number, at: number): void => {
    const hangs = at >= FAULT_AT && at < HEALED_AT;
    const endedAt = at + (hangs ? timeOutMs : 12 + (index % 9));
    if (endedAt > ENDED) return;
    const entry = exchangeEntry({
      ...{
        client: 'shop',
        requestId: `q-${index}-${attempt}`,
        at,
        endedAt,
        operation: 'completeOrder',
        method: 'POST',
      },
      ...{
        url: `/v1/orders/o-${index}/complete`,
        idempotencyKey: `k-${index}`,
        ended: hangs ? 'client-left' : 'answered',
      },
      ...{ status: hangs ? null : 200, firstByteAt: hangs ? null : endedAt, workedAt: hangs ? null : endedAt },
    });
    made.push({ endedAt, line: entryLine(entry) });
    if (hangs && attempt < retries) add(index, attempt + 1, endedAt + 10);
    if (hangs) return;
    const about = {
      client: 'shop',
      at: endedAt,
      boxOfficeAt: endedAt,
      order: `o-${index}`,
      externalRef: `x-${index}`,
      reservation: `v-${index}`,
    };
    made.push({ endedAt, line: entryLine(eventEntry({ ...about, happened: 'completed', seats: 2, amount: 5000 })) });
  };
  for (let index = 0; BEGUN + index * STEP_MS < ENDED; index++) add(index, 0, BEGUN + index * STEP_MS);
  return made.sort((a, b) => a.endedAt - b.endedAt).map(({ line }) => line);
}

export const bytesOf = (lines: readonly string[]): Buffer => Buffer.from(lines.map((line) => `${line}\n`).join(''));

/** In pieces that cut lines. */
export const chunksOf = (bytes: Buffer) =>
  async function* (): AsyncGenerator<Buffer> {
    for (let from = 0; from < bytes.length; from += 10_007) yield bytes.subarray(from, from + 10_007);
  };

export const reportOn = (course: Course = {}): Promise<Report> =>
  reportFrom(chunksOf(bytesOf(recordedLines(course))), { clock: new ManualClock(), thresholds: thresholdsOf() });
