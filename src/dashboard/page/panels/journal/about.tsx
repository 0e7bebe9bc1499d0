// Whose an entry was, and what it was about, each with the way to everything else about the same.
import type { Entry } from '../../../../admin/contract/entry.ts';
import { count, dayAndTime } from '../../format.ts';
import { panelHash } from '../../route.ts';
import { WORDS } from '../../words/journal.ts';
import { Facts, type FactValue } from './facts.tsx';
import type { Field } from './question.ts';

type Of<Kind extends Entry['kind']> = Extract<Entry, { kind: Kind }>;

export function Whose({ entry }: { readonly entry: Exclude<Entry, { kind: 'event' }> }) {
  const { names, request } = WORDS.one;
  const way: FactValue[] = [
    [names.door, entry.door],
    [names.connection, String(entry.connection)],
    [names.remote, entry.remote],
  ];
  if (entry.kind === 'connection') return <Facts facts={[[WORDS.columns.at, dayAndTime(entry.at)], ...way]} />;
  return (
    <Facts
      facts={[
        [names.client, <All field="client" value={entry.client} />],
        [names.operation, <All field="operation" value={entry.operation} />],
        [request, <All field="requestId" value={entry.requestId} />],
        ...way,
        [names.attempt, entry.attempt],
        [names.idempotencyKey, entry.idempotencyKey && <code>{entry.idempotencyKey}</code>],
        [names.traceparent, entry.traceparent && <code>{entry.traceparent}</code>],
      ]}
    />
  );
}

export function About({ entry }: { readonly entry: Of<'exchange'> }) {
  const { about, nothing, names, yes } = { ...WORDS.one, about: entry.about };
  return (
    <section aria-labelledby="about-title">
      <h3 id="about-title">{WORDS.one.about}</h3>
      {about === null ? (
        <p class="empty">{nothing}</p>
      ) : (
        <Facts
          facts={[
            ...subjectOf(about),
            [names.externalRef, coded(about.externalRef)],
            [names.customer, coded(about.customer)],
            [names.fingerprint, coded(about.fingerprint)],
            [names.invocation, coded(about.invocation)],
            [names.isConditional, about.isConditional && yes],
          ]}
        />
      )}
    </section>
  );
}

export function EventFacts({ entry }: { readonly entry: Of<'event'> }) {
  const { names } = WORDS.one;
  return (
    <Facts
      facts={[
        [WORDS.columns.at, dayAndTime(entry.at)],
        [names.boxOfficeAt, dayAndTime(entry.boxOfficeAt)],
        [names.client, <All field="client" value={entry.client} />],
        ...subjectOf(entry),
        [names.externalRef, coded(entry.externalRef)],
        [names.seats, count(entry.seats)],
        [names.amount, entry.amount === null ? null : count(entry.amount)],
      ]}
    />
  );
}

interface Subject {
  readonly session: string | null;
  readonly reservation: string | null;
  readonly order: string | null;
}

function subjectOf({ session, reservation, order }: Subject): FactValue[] {
  const { names, house } = WORDS.one;
  return [
    [
      names.session,
      session && (
        <>
          <All field="session" value={session} /> (<a href={panelHash('house', { session })}>{house}</a>)
        </>
      ),
    ],
    [names.reservation, reservation && <All field="reservation" value={reservation} />],
    [names.order, order && <All field="order" value={order} />],
  ];
}

const coded = (value: string | null) => value && <code>{value}</code>;

/** Leads to all that have the same. */
const All = ({ field, value }: { readonly field: Field; readonly value: string }) => (
  <a href={panelHash('journal', { [field]: value })}>{value}</a>
);
