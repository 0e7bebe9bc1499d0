// Entries as rows, the newest first; each leads to itself in full.
import type { Entry } from '../../../../admin/contract/entry.ts';
import { count, duration, preciseTime } from '../../format.ts';
import { serverNow } from '../../live/live.ts';
import { panelHash } from '../../route.ts';
import { WORDS } from '../../words/journal.ts';
import { listOnly, type Query } from './question.ts';

interface EntriesProps {
  readonly entries: readonly Entry[];
  readonly query: Query;
}

export function Entries({ entries, query }: EntriesProps) {
  const { columns } = WORDS;
  const list = listOnly(query);
  const isOfEvents = entries[0]?.kind === 'event';
  const names = isOfEvents
    ? [columns.at, columns.happened, columns.client, columns.seats, columns.session, columns.order]
    : [columns.at, columns.status, columns.client, columns.took, columns.operation, columns.ended, columns.faults];
  return (
    <div class="scroll">
      <table class="entries">
        <thead>
          <tr>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => {
            const isOpen =
              query.seq === String(entry.seq) || (entry.kind === 'exchange' && query.request === entry.requestId);
            const href = panelHash('journal', { ...list, seq: String(entry.seq) });
            return (
              <tr key={entry.seq} class={isOpen ? 'chosen' : undefined}>
                <td>
                  <a href={href} class="number" aria-current={isOpen ? 'true' : undefined}>
                    {preciseTime(entry.at)}
                  </a>
                </td>
                {entry.kind === 'event' ? <EventCells entry={entry} /> : <ArrivalCells entry={entry} />}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

type EventEntry = Extract<Entry, { kind: 'event' }>;
type Arrival = Exclude<Entry, { kind: 'event' }>;

function EventCells({ entry }: { readonly entry: EventEntry }) {
  const { happened, client, session, order, seats } = entry;
  return (
    <>
      <td>{happened}</td>
      <td>{client}</td>
      <td class="number">{count(seats)}</td>
      <td class="second wide">{session}</td>
      <td class="second">{order}</td>
    </>
  );
}

function ArrivalCells({ entry }: { readonly entry: Arrival }) {
  const status = entry.kind === 'exchange' ? entry.status : null;
  return (
    <>
      <td class={`number ${toneOf(status)}`}>{status ?? '–'}</td>
      <td>{entry.kind === 'exchange' ? entry.client : entry.remote}</td>
      <td class="number">{entry.ended === null ? <OpenSince at={entry.at} /> : duration(tookMs(entry))}</td>
      <td class="second wide">{entry.kind === 'exchange' ? entry.operation : <em>{WORDS.connection}</em>}</td>
      <td class={entry.ended === 'answered' || entry.ended === null ? 'second' : 'second bad'}>
        {WORDS.ends[entry.ended ?? 'open']}
      </td>
      <td class="second hot">{[...new Set(entry.hits.map(({ fault }) => fault))].join(', ')}</td>
    </>
  );
}

const OpenSince = ({ at }: { readonly at: string }) => <>{duration(Math.max(0, serverNow() - Date.parse(at)))}</>;

const toneOf = (status: number | null): string => (status === null || status < 400 ? '' : status < 500 ? 'hot' : 'bad');

const tookMs = ({ at, endedAt }: Arrival): number | null =>
  endedAt === null ? null : Math.max(0, Date.parse(endedAt) - Date.parse(at));
