// What a client behind a proxy sees of each kind: data, from which the page on what stands between is written and which its test holds at sockets.
import type { Living } from '../../src/faults/fault.ts';
import { markdownTable } from '../../src/faults/reference.ts';
import { faults } from '../../src/faults/registry.ts';

/** Time-outs of the proxies under test. */
export const READ_TIMEOUT_MS = 2000;
export const CONNECT_TIMEOUT_MS = 500;
/** HAProxy's own: one try and three more. */
const HAPROXY_TRIES = 4;

/** What came of an answer. `bytes`: the garbage as it was sent; `hints`: interim answers again and again; `nothing`: not one byte. */
export type Came = number | `${number} without body` | `${number} in part` | 'bytes' | 'hints' | 'nothing';

/** What it waited for, at least so long. */
export const WAITS = {
  'at its read time-out': READ_TIMEOUT_MS,
  'at its connect time-out': CONNECT_TIMEOUT_MS,
  'after three retries': (HAPROXY_TRIES - 1) * CONNECT_TIMEOUT_MS,
  'after four connect time-outs': HAPROXY_TRIES * CONNECT_TIMEOUT_MS,
  'at the end, all at once': 1500,
  'as it drips': 1500,
} as const;

export interface Behind {
  readonly came: Came;
  /** How the client's connection looks then; unset: it is kept after a whole answer. */
  readonly ends?: 'closed' | 'open';
  readonly wait?: keyof typeof WAITS;
  /** The work is done once the fault is over, whoever has left meanwhile. */
  readonly workLater?: true;
}

export interface RequestRow {
  readonly fault: string;
  readonly with?: Readonly<Record<string, unknown>>;
  /** Whether the box office does the work of the POST; never more than once. */
  readonly worked: boolean;
  readonly nginx: Behind;
  readonly haproxy: Behind;
  readonly docker: Behind;
}

const readTimeout: Behind = { came: 504, wait: 'at its read time-out' };
const silence: Behind = { came: 'nothing', ends: 'open' };
const cutShort: Behind = { came: 'nothing', ends: 'closed' };
const lost = { worked: true, nginx: { came: 502 }, haproxy: { came: 502 }, docker: cutShort } as const;
const partThenClosed: Behind = { came: '201 in part', ends: 'closed' };

/** Kinds that strike a request, through proxies with pooled connections: a POST that is a 201 when all is well. */
export const REQUEST_ROWS: readonly RequestRow[] = [
  { fault: 'hang', worked: false, nginx: readTimeout, haproxy: readTimeout, docker: silence },
  { fault: 'hang-after-work', worked: true, nginx: readTimeout, haproxy: readTimeout, docker: silence },
  { fault: 'lost-reply', ...lost },
  { fault: 'empty-reply', ...lost },
  { fault: 'truncated-body', worked: true, nginx: partThenClosed, haproxy: partThenClosed, docker: partThenClosed },
  {
    fault: 'stall-body',
    worked: true,
    nginx: { came: '201 without body', ends: 'closed', wait: 'at its read time-out' },
    haproxy: { came: '201 in part', ends: 'closed', wait: 'at its read time-out' },
    docker: { came: '201 in part', ends: 'open' },
  },
  {
    fault: 'slow-body',
    with: { bytesPerSecond: 100 },
    worked: true,
    nginx: { came: 201, wait: 'at the end, all at once' },
    haproxy: { came: 201, wait: 'as it drips' },
    docker: { came: 201, wait: 'as it drips' },
  },
  {
    fault: 'garbage',
    worked: true,
    nginx: { came: 'bytes', ends: 'open' },
    haproxy: { came: 502 },
    docker: { came: 'bytes', ends: 'closed' },
  },
  {
    fault: 'early-hints-forever',
    with: { every: '200ms' },
    worked: true,
    nginx: silence,
    haproxy: { came: 'hints', ends: 'open' },
    docker: { came: 'hints', ends: 'open' },
  },
];

export interface ConnectionRow {
  readonly fault: string;
  readonly with?: Readonly<Record<string, unknown>>;
  /** Through nginx, on a connection of its pool. */
  readonly pooled: Behind;
  /** Through nginx, when `connections: sever` has cut the pool. */
  readonly severed: Behind;
  /** Through HAProxy, for the first request of a client's connection. */
  readonly haproxy: Behind;
  readonly docker: Behind;
}

const spared: Behind = { came: 201 };

/** Kinds that strike a connection or a door. The work is done where a 201 comes, and nowhere else. */
export const CONNECTION_ROWS: readonly ConnectionRow[] = [
  {
    fault: 'refuse-connection',
    pooled: spared,
    severed: { came: 502 },
    haproxy: { came: 503, wait: 'after three retries' },
    docker: cutShort,
  },
  {
    fault: 'dark-door',
    pooled: spared,
    severed: { came: 504, wait: 'at its connect time-out' },
    haproxy: { came: 503, wait: 'after four connect time-outs' },
    docker: { ...silence, workLater: true },
  },
  { fault: 'reset-connection', pooled: spared, severed: { came: 502 }, haproxy: { came: 502 }, docker: cutShort },
  { fault: 'silent-connection', pooled: spared, severed: readTimeout, haproxy: readTimeout, docker: silence },
  {
    fault: 'connection-slots',
    with: { slots: 0 },
    pooled: spared,
    severed: readTimeout,
    haproxy: readTimeout,
    docker: silence,
  },
];

/** Name of each block of the page to its text. */
export const behindProxiesBlocks = (): ReadonlyMap<string, string> =>
  new Map([
    ['requests', requestsMarkdown()],
    ['connections', connectionsMarkdown()],
    ['pool', poolMarkdown()],
    ['direct', directMarkdown()],
  ]);

const requestsMarkdown = (): string =>
  markdownTable(
    ['kind', 'work', 'nginx', 'HAProxy', 'docker-proxy'],
    REQUEST_ROWS.map((row) => [
      nameOf(row),
      row.worked ? 'done once' : 'not done',
      ...[row.nginx, row.haproxy, row.docker].map(wordsOf),
    ]),
  );

const connectionsMarkdown = (): string =>
  markdownTable(
    ['kind', 'nginx, pooled', 'nginx, pool severed', 'HAProxy', 'docker-proxy'],
    CONNECTION_ROWS.map((row) => [nameOf(row), ...[row.pooled, row.severed, row.haproxy, row.docker].map(wordsOf)]),
  );

function poolMarkdown(): string {
  const sparing = (wanted: Living): string => names(faults.filter(({ living }) => living === wanted));
  return [
    `- spared unless told \`connections: all\` or \`sever\`: ${sparing('new')}`,
    `- spared unless the pool is severed: ${sparing('untouchable')}`,
  ].join('\n');
}

const directMarkdown = (): string => names(faults.filter(({ directOnly }) => directOnly));

const names = (list: typeof faults): string => list.map(({ name }) => `\`${name}\``).join(', ');

const nameOf = ({ fault, with: params = {} }: Pick<RequestRow, 'fault' | 'with'>): string =>
  fault === 'connection-slots' ? `\`${fault}\`, ${params.slots} slots` : `\`${fault}\``;

const CAME_WORDS: Readonly<Record<string, string>> = {
  bytes: 'the garbage itself',
  hints: '103s without end',
  nothing: 'not a byte',
};
const END_WORDS = { closed: 'closed', open: 'stays open' } as const;

function wordsOf({ came, ends, wait, workLater }: Behind): string {
  const what =
    CAME_WORDS[came] ?? String(came).replace(' without body', ', no body').replace(' in part', ', part of the body');
  const end = ends && END_WORDS[ends];
  if (!end) return wait ? `${what} ${wait}` : what;
  return `${what}; ${end}${wait ? ` ${wait}` : ''}${workLater ? '; the work is done when the fault is over' : ''}`;
}
