// A world as a watch sees it: summaries a second apart, of which a test names only what it is about.
import type { Summary, SummaryClient, SummaryRule } from '../../../src/admin/contract/summary.ts';
import { fold, NOTHING_SEEN, type WatchModel } from '../../../src/cli/watch/model.ts';
import { summaryAt as calmAt, START_MS } from '../../support/summaries.ts';

export { START_MS };

const at = (second: number): string => new Date(START_MS + second * 1000).toISOString();

export const RULE: SummaryRule = {
  id: 'upstream-hang/0',
  activation: 'upstream-hang',
  fault: 'hang',
  share: 0.3,
  acted: 1204,
  held: 37,
  since: at(-60),
  expiresAt: at(250),
};

export const CLIENT: SummaryClient = {
  client: 'my-shop',
  arrived: 0,
  failed: 12,
  left: 3,
  retries: 5,
  open: 37,
  timeoutMs: 3000,
  breaker: 'closed',
};

export const STORY: Summary['story'] = {
  scenario: 'fajr-1399',
  status: 'playing',
  storyTime: '14:05',
  storyMs: 600_000,
  endsAt: '19:00',
  endsMs: 18_300_000,
  speed: 60,
  cue: { index: 1, at: '14:02', verb: 'activate', text: 'upstream-hang' },
  next: { index: 2, at: '14:12', verb: 'heal', text: 'all rules' },
  note: null,
};

/** The summary of a second, in which 100 requests a second come, of which 90 are answered and 10 fail. */
export function summaryAt(second: number, about: Partial<Summary> = {}): Summary {
  const counts = { arrived: 100, answered: 90, failed: 10, cut: 2, clientLeft: 3, shed: 0, goodput: 88, wasted: 1 };
  return calmAt(second, {
    startedAt: at(-8040),
    totals: Object.fromEntries(Object.entries(counts).map(([name, perS]) => [name, perS * second])),
    ...{ open: 40, held: 37, oldestOpenMs: 12_000 },
    latencyMs: { n: 90, p50: 12, p95: 40, p99: 91, max: 120 },
    connections: { open: 45, flood: 0, opened: 90, closed: 45 },
    seats: { free: 500, reserved: 4, sold: 96, blocked: 0 },
    orders: { completed: 48, refundPending: 0 },
    loopLagMs: 2,
    ...about,
  });
}

/** After so many seconds, the last of which is as it is named. */
export function seen(seconds: number, last: Partial<Summary> = {}): WatchModel {
  let model = NOTHING_SEEN;
  for (let second = 0; second < seconds; second++)
    model = fold(model, { event: 'summary', data: summaryAt(second, second === seconds - 1 ? last : {}) });
  return model;
}
