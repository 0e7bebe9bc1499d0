// One entry in full: what was decided, drawn and sent, and what it was about; asked again while it is open.
import { useEffect, useRef } from 'preact/hooks';
import type { Entry } from '../../../../admin/contract/entry.ts';
import { useAsked } from '../../parts/asked.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { panelHash } from '../../route.ts';
import { client } from '../../session.ts';
import { WORDS } from '../../words/journal.ts';
import { About, EventFacts, Whose } from './about.tsx';
import { Decided } from './decided.tsx';
import { type Query, questionFor, type Wanted } from './question.ts';
import { Sent } from './sent.tsx';

const EVERY_MS = 1000;

interface OneEntryProps {
  readonly wanted: NonNullable<Wanted>;
  readonly list: Query;
}

export function OneEntry({ wanted, list }: OneEntryProps) {
  const found = useRef<Entry | null>(null);
  const isMissing = useRef(false);
  const ask = async (): Promise<Entry | null> => {
    const known = found.current;
    if (isMissing.current || (known !== null && hasEnded(known))) return known;
    const at = known === null ? wanted : ({ by: 'seq', seq: known.seq, kind: undefined } as const);
    const { data } = await client.value.journal(questionFor(at));
    const [entry = null] = data as readonly Entry[];
    if (entry !== null && (wanted.by === 'request' || entry.seq === wanted.seq)) found.current = entry;
    isMissing.current = entry === null;
    return found.current;
  };
  const { data, why, busy, again } = useAsked(ask, { of: [client.value], everyMs: EVERY_MS });
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section class="card one" aria-labelledby="one-title">
      <div class="head">
        <h2 id="one-title" ref={heading} tabIndex={-1}>
          {data === null ? WORDS.one.title : titleOf(data)}
        </h2>
        <a class="close" href={panelHash('journal', list)}>
          {WORDS.one.close}
        </a>
      </div>
      <Trouble why={why} again={again} />
      {data === null ? (
        <p class="empty">{why === null && (busy ? WORDS.one.looking : WORDS.one.gone)}</p>
      ) : (
        <Shown entry={data} />
      )}
    </section>
  );
}

function Shown({ entry }: { readonly entry: Entry }) {
  if (entry.kind === 'event') return <EventFacts entry={entry} />;
  return (
    <>
      <Whose entry={entry} />
      <Decided entry={entry} />
      <Sent entry={entry} />
      {entry.kind === 'exchange' && <About entry={entry} />}
    </>
  );
}

const hasEnded = (entry: Entry): boolean => entry.kind === 'event' || entry.ended !== null;

const titleOf = (entry: Entry): string =>
  entry.kind === 'exchange'
    ? `${entry.method} ${entry.url}`
    : entry.kind === 'event'
      ? entry.happened
      : `${WORDS.connection} ${entry.connection}`;
