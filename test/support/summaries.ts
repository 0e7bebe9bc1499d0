// Summaries for tests of what shows them: calm seconds, each with what the test says of it.
import type { Summary, SummaryClient, SummaryRule } from '../../src/admin/contract/summary.ts';

export const START_MS = Date.parse('2026-11-26T12:00:00Z');

const TOTALS = { arrived: 0, answered: 0, failed: 0, cut: 0, clientLeft: 0, shed: 0, goodput: 0, wasted: 0 };

const CALM: Omit<Summary, 'seq' | 'at'> = {
  world: 'default',
  story: {
    ...{ scenario: null, status: 'ended', storyTime: null, storyMs: 0, endsAt: null, endsMs: 0, speed: 1 },
    ...{ cue: null, next: null, note: null },
  },
  startedAt: new Date(START_MS).toISOString(),
  totals: TOTALS,
  open: 0,
  held: 0,
  oldestOpenMs: null,
  latencyMs: null,
  connections: { open: 0, flood: 0, opened: 0, closed: 0 },
  capacity: null,
  seats: { free: 100, reserved: 0, sold: 0, blocked: 0 },
  orders: { completed: 0, refundPending: 0 },
  rules: [],
  rulesLeftOut: 0,
  clients: [],
  rehearsal: null,
  evicted: 0,
  samplesDropped: 0,
  loopLagMs: 0,
};

export type Said = Partial<Omit<Summary, 'totals'>> & { readonly totals?: Partial<Summary['totals']> };

/** Of the second that begins `second` seconds after the start. */
export function summaryAt(second: number, { totals, ...said }: Said = {}): Summary {
  const at = new Date(START_MS + second * 1000).toISOString();
  return { ...CALM, ...said, totals: { ...TOTALS, ...totals }, seq: second + 1, at };
}

export const ruleOf = (id: string, said: Partial<SummaryRule> = {}): SummaryRule => ({
  ...{ id, activation: null, fault: 'hang', share: 1, acted: 0, held: 0, expiresAt: null },
  since: new Date(START_MS).toISOString(),
  ...said,
});

export const clientOf = (client: string, said: Partial<SummaryClient> = {}): SummaryClient => ({
  ...{ client, arrived: 0, failed: 0, left: 0, retries: 0, open: 0, timeoutMs: null, breaker: null },
  ...said,
});
