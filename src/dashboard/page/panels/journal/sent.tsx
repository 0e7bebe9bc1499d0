// What was sent: status, bytes and end, and a line with its moments.
import type { Entry } from '../../../../admin/contract/entry.ts';
import { bytes, duration, preciseTime } from '../../format.ts';
import { serverNow } from '../../live/live.ts';
import { WORDS } from '../../words/journal.ts';
import { Facts, type FactValue } from './facts.tsx';
import { momentsOf } from './timeline.ts';

type Arrival = Exclude<Entry, { kind: 'event' }>;

export function Sent({ entry }: { readonly entry: Arrival }) {
  const { names, sent, noStatus } = WORDS.one;
  const ended: FactValue = [names.ended, WORDS.ends[entry.ended ?? 'open']];
  const facts: FactValue[] =
    entry.kind === 'exchange'
      ? [
          [names.status, entry.status ?? noStatus],
          ended,
          [names.bytesIn, bytes(entry.bytesIn)],
          [names.bytesOut, bytes(entry.bytesOut)],
          ...said(entry),
        ]
      : [ended];
  return (
    <section aria-labelledby="sent-title">
      <h3 id="sent-title">{sent}</h3>
      <Facts facts={facts} />
      <Timeline entry={entry} />
    </section>
  );
}

function said({ about }: Extract<Entry, { kind: 'exchange' }>): FactValue[] {
  const { names, yes } = WORDS.one;
  if (!about) return [];
  return [
    [names.code, about.code],
    [names.retryAfterMs, about.retryAfterMs === null ? null : duration(about.retryAfterMs)],
    [names.isWrongType, about.isWrongType && yes],
    [names.isReplay, about.isReplay && yes],
  ];
}

function Timeline({ entry }: { readonly entry: Arrival }) {
  const { times, after, stillOpen, workNotDone } = WORDS.one;
  const now = entry.endedAt === null ? serverNow() : 0;
  const moments = momentsOf(entry, now);
  return (
    <div class="timeline">
      <div class={entry.endedAt === null ? 'track open' : 'track'} aria-hidden="true">
        {moments.map(({ name, part }) => (
          <i key={name} class={name} style={{ left: `${100 * part}%` }} />
        ))}
      </div>
      <ol>
        {moments.map(({ name, afterMs }) => (
          <li key={name}>
            <i class={name} aria-hidden="true" /> {times[name]}{' '}
            <span class="number">{name === 'at' ? preciseTime(entry.at) : after(duration(afterMs))}</span>
          </li>
        ))}
        {entry.endedAt === null && <li class="hot">{stillOpen(duration(Math.max(0, now - Date.parse(entry.at))))}</li>}
      </ol>
      {entry.kind === 'exchange' && entry.ended !== null && entry.workedAt === null && (
        <p class="muted">{workNotDone}</p>
      )}
    </div>
  );
}
