// Which charts there are, and where each line has its values from.
import type { Summary } from '../../../../admin/contract/summary.ts';
import { count, duration, rate, share } from '../../format.ts';
import { WORDS } from '../../words/charts.ts';
import { levels, type Rows, rates, type Value } from './rows.ts';
import type { Scale } from './scales.ts';

/** Of the variables `--series-…`. */
export type SeriesColour = 1 | 2 | 3 | 4 | 5;

export interface Line {
  readonly name: string;
  readonly colour: SeriesColour;
  /** So that lines can be told apart without their colours. */
  readonly dash?: readonly number[];
  values(rows: Rows): Value[];
}

export interface Chart {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly scale: Scale;
  /** A value with its unit. */
  words(value: Value): string;
  /** Told beside the lines, of the second that is looked at. */
  readonly facts?: readonly { readonly name: string; words(summary: Summary): string }[];
  /** Why there is nothing to draw; null: there is. */
  emptyWhy?(latest: Summary): string | null;
}

const DASHED = [6, 4];
const DOTTED = [2, 3];

const requests: Chart = {
  title: WORDS.requests.title,
  scale: 'from-zero',
  words: rate,
  lines: [
    { name: WORDS.requests.lines.offered, colour: 1, values: rates(({ totals }) => totals.arrived) },
    { name: WORDS.requests.lines.answered, colour: 2, dash: DASHED, values: rates(({ totals }) => totals.answered) },
    { name: WORDS.requests.lines.failed, colour: 3, values: rates(({ totals }) => totals.failed) },
    { name: WORDS.requests.lines.shed, colour: 4, dash: DOTTED, values: rates(({ totals }) => totals.shed) },
  ],
};

const waiting: Chart = {
  title: WORDS.waiting.title,
  scale: 'from-zero',
  words: count,
  lines: [
    { name: WORDS.waiting.lines.open, colour: 1, values: levels(({ open }) => open) },
    { name: WORDS.waiting.lines.held, colour: 3, dash: DASHED, values: levels(({ held }) => held) },
  ],
  facts: [{ name: WORDS.waiting.oldest, words: ({ oldestOpenMs }) => duration(oldestOpenMs) }],
};

/** What was answered gets better when everything hangs, so that what is not answered stands beside it. */
const latency: Chart = {
  title: WORDS.latency.title,
  scale: 'latency',
  words: duration,
  lines: [
    { name: WORDS.latency.lines.p50, colour: 2, values: levels(({ latencyMs }) => latencyMs?.p50 ?? null) },
    { name: WORDS.latency.lines.p95, colour: 1, values: levels(({ latencyMs }) => latencyMs?.p95 ?? null) },
    { name: WORDS.latency.lines.p99, colour: 5, values: levels(({ latencyMs }) => latencyMs?.p99 ?? null) },
    { name: WORDS.latency.lines.oldest, colour: 3, dash: DASHED, values: levels(({ oldestOpenMs }) => oldestOpenMs) },
  ],
  facts: [
    { name: WORDS.latency.held, words: ({ held }) => count(held) },
    { name: WORDS.latency.answers, words: ({ latencyMs }) => count(latencyMs?.n ?? 0) },
  ],
};

const connections: Chart = {
  title: WORDS.connections.title,
  scale: 'from-zero',
  words: count,
  lines: [
    { name: WORDS.connections.lines.open, colour: 1, values: levels(({ connections }) => connections.open) },
    {
      name: WORDS.connections.lines.flood,
      colour: 4,
      dash: DASHED,
      values: levels(({ connections }) => connections.flood),
    },
  ],
  facts: [{ name: WORDS.connections.opened, words: ({ connections }) => count(connections.opened) }],
};

const work: Chart = {
  title: WORDS.work.title,
  scale: 'from-zero',
  words: rate,
  lines: [
    { name: WORDS.work.lines.goodput, colour: 2, values: rates(({ totals }) => totals.goodput) },
    { name: WORDS.work.lines.wasted, colour: 4, dash: DASHED, values: rates(({ totals }) => totals.wasted) },
  ],
};

const capacityWhy = ({ capacity }: Summary): string | null => (capacity === null ? WORDS.capacityOff : null);

const queue: Chart = {
  title: WORDS.queue.title,
  scale: 'from-zero',
  words: count,
  lines: [{ name: WORDS.queue.lines.queue, colour: 5, values: levels(({ capacity }) => capacity?.queue ?? null) }],
  facts: [{ name: WORDS.queue.busy, words: ({ capacity }) => count(capacity?.busy) }],
  emptyWhy: capacityWhy,
};

const utilisation: Chart = {
  title: WORDS.utilisation.title,
  scale: 'share',
  words: share,
  lines: [{ name: WORDS.utilisation.lines.busy, colour: 1, values: levels(utilisationOf) }],
  facts: [{ name: WORDS.utilisation.servers, words: ({ capacity }) => count(capacity?.servers) }],
  emptyWhy: (latest) =>
    latest.capacity !== null && latest.capacity.servers === null ? WORDS.capacitySealed : capacityWhy(latest),
};

function utilisationOf({ capacity }: Summary): Value {
  return capacity?.servers ? capacity.busy / capacity.servers : null;
}

const seats: Chart = {
  title: WORDS.seats.title,
  scale: 'near',
  words: count,
  lines: [{ name: WORDS.seats.lines.sold, colour: 2, values: levels(({ seats }) => seats.sold) }],
  facts: [
    { name: WORDS.seats.free, words: ({ seats }) => count(seats.free) },
    { name: WORDS.seats.reserved, words: ({ seats }) => count(seats.reserved) },
    { name: WORDS.seats.blocked, words: ({ seats }) => count(seats.blocked) },
  ],
};

export const CHARTS: readonly Chart[] = [requests, waiting, latency, connections, work, queue, utilisation, seats];
