// An entry of the journal as one line for a terminal: when, who, what, how it ended, after how long, and by which faults.
import type { Entry } from '../admin/contract/entry.ts';

type Exchange = Extract<Entry, { kind: 'exchange' }>;
type Connection = Extract<Entry, { kind: 'connection' }>;
type Event = Extract<Entry, { kind: 'event' }>;

const CLIENT_WIDTH = 14;
const OPERATION_WIDTH = 20;
const OUTCOME_WIDTH = 12;
const MS_WIDTH = 9;

/** `12:33:02.123  my-shop  completeOrder  client-left  3001 ms  by hang  req_…`. */
export function entryWords(entry: Entry): string {
  if (entry.kind === 'event') return eventWords(entry);
  const isExchange = entry.kind === 'exchange';
  const client = isExchange ? entry.client : entry.remote;
  const columns = [
    clockOf(entry.at),
    client.padEnd(CLIENT_WIDTH),
    (isExchange ? operationOf(entry) : 'connect').padEnd(OPERATION_WIDTH),
    outcomeOf(entry).padEnd(OUTCOME_WIDTH),
    lastedOf(entry).padStart(MS_WIDTH),
    ...(entry.hits.length > 0 ? [`by ${[...new Set(entry.hits.map(({ fault }) => fault))].join(', ')}`] : []),
    ...(isExchange ? [entry.requestId] : []),
  ];
  return columns.join('  ').trimEnd();
}

function eventWords({ at, client, happened, session, reservation, order, seats }: Event): string {
  const about = [`session ${session}`, `reservation ${reservation}`, ...(order ? [`order ${order}`] : [])].join(', ');
  return [clockOf(at), client.padEnd(CLIENT_WIDTH), happened.padEnd(OPERATION_WIDTH), `${seats} seats; ${about}`].join(
    '  ',
  );
}

const clockOf = (at: string): string => at.slice('2026-11-26T'.length, '2026-11-26T12:33:02.123'.length);

const operationOf = ({ operation, method, url }: Exchange): string =>
  operation === 'unmatched' ? `${method} ${url}` : operation;

function outcomeOf(entry: Exchange | Connection): string {
  if (entry.ended === null) return 'open';
  return entry.kind === 'exchange' && entry.ended === 'answered' ? String(entry.status) : entry.ended;
}

const lastedOf = ({ at, endedAt }: Exchange | Connection): string =>
  endedAt === null ? '' : `${Date.parse(endedAt) - Date.parse(at)} ms`;
