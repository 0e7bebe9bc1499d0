// Whether an entry meets what is asked: each given field is a test, and an entry without such a field fails it.
import { compileGlob } from '../base/path-glob.ts';
import { sessionOf } from './about.ts';
import type { End, ExchangeEntry, JournalEntry } from './entry.ts';
import { CONNECT, type JournalMatch } from './query.ts';
import { hasPart } from './sent-body.ts';

/** One field of a match, and whether an entry has it. */
export interface Criterion {
  readonly field: keyof JournalMatch;
  /** An entry that fits may cease to, until it has ended. */
  readonly passing: boolean;
  fits(entry: JournalEntry): boolean;
  /** Whether an entry that does not fit may come to fit. */
  mayStill(entry: JournalEntry): boolean;
}

interface FieldTest<Field extends keyof JournalMatch> {
  readonly passing?: boolean;
  fits(entry: JournalEntry, wanted: NonNullable<JournalMatch[Field]>): boolean;
  mayStill?(entry: JournalEntry): boolean;
}

const isOpen = (entry: JournalEntry): boolean => entry.kind !== 'event' && entry.ended === null;

/** Of a field that only exchanges have, and know at their arrival. */
const ofExchange = (
  field: 'requestId' | 'method' | 'idempotencyKey',
): { fits(entry: JournalEntry, wanted: string): boolean } => ({
  fits: (entry, wanted) => entry.kind === 'exchange' && entry[field] === wanted,
});

/** Of what an exchange or an event was about; a request may have to be worked on before that is known. */
const ofSubject = (field: 'session' | 'reservation' | 'order'): FieldTest<typeof field> => ({
  fits: (entry, wanted) => subjectOf(entry, field) === wanted,
  mayStill: (entry) => isOpen(entry) && entry.kind === 'exchange',
});

function subjectOf(entry: JournalEntry, field: 'session' | 'reservation' | 'order'): string | null {
  if (entry.kind === 'event') return entry[field];
  if (entry.kind === 'connection') return null;
  return field === 'session' ? sessionOf(entry) : (entry.about?.[field] ?? null);
}

const TESTS: { readonly [Field in Exclude<keyof JournalMatch, 'path'>]-?: FieldTest<Field> } = {
  requestId: ofExchange('requestId'),
  since: { fits: ({ at }, wanted) => at >= wanted },
  client: { fits: (entry, wanted) => entry.kind !== 'connection' && entry.client === wanted },
  operation: {
    fits: (entry, wanted) =>
      entry.kind === 'exchange' ? entry.operation === wanted : entry.kind === 'connection' && wanted === CONNECT,
  },
  method: ofExchange('method'),
  ended: { passing: true, fits: (entry, wanted) => endOf(entry) === wanted, mayStill: isOpen },
  status: {
    passing: true,
    fits: (entry, wanted) => entry.kind === 'exchange' && hasStatus(entry, wanted),
    mayStill: (entry) => isOpen(entry) && entry.kind === 'exchange' && entry.status === null, // one that is being sent stays as it is
  },
  idempotencyKey: ofExchange('idempotencyKey'),
  session: ofSubject('session'),
  reservation: ofSubject('reservation'),
  order: ofSubject('order'),
  rule: {
    fits: (entry, wanted) => entry.kind !== 'event' && entry.hits.some(({ rule }) => rule === wanted),
    mayStill: isOpen,
  },
  body: {
    fits: (entry, wanted) => {
      const json = entry.kind === 'exchange' ? entry.about?.body?.json : undefined;
      return typeof json === 'string' && hasPart(JSON.parse(json), wanted);
    },
    mayStill: (entry) => isOpen(entry) && entry.kind === 'exchange' && entry.about?.body === undefined,
  },
};

/** The given fields as tests; none means that every entry fits. */
export function criteriaOf(match: JournalMatch): Criterion[] {
  const criteria: Criterion[] = [];
  const add = <Field extends keyof JournalMatch>(field: Field, test: FieldTest<Field>): void => {
    const wanted = match[field];
    if (wanted === undefined) return;
    const { passing = false, mayStill = () => false } = test;
    criteria.push({ field, passing, fits: (entry) => test.fits(entry, wanted), mayStill });
  };
  for (const field of Object.keys(TESTS) as (keyof typeof TESTS)[]) add(field, TESTS[field] as FieldTest<typeof field>);
  if (match.path !== undefined) {
    const fits = compileGlob(match.path);
    add('path', { fits: (entry) => entry.kind === 'exchange' && fits(pathOf(entry.url)) });
  }
  return criteria;
}

export function meets<Entry extends JournalEntry>(
  entry: Entry,
  criteria: readonly { fits(entry: Entry): boolean }[],
): boolean {
  for (const criterion of criteria) if (!criterion.fits(entry)) return false;
  return true;
}

/** One that has shut its side has nearly always left. */
function endOf(entry: JournalEntry): End | 'open' | undefined {
  if (entry.kind === 'event') return undefined;
  if (entry.ended !== null) return entry.ended;
  return entry.kind === 'exchange' && entry.finAt !== null ? 'client-left' : 'open';
}

/** `none` waits for the end: an answer may still come to one that is open. */
function hasStatus(entry: ExchangeEntry, wanted: string): boolean {
  const { status } = entry;
  if (wanted === 'none') return status === null && endOf(entry) !== 'open';
  if (status === null) return false;
  return wanted.endsWith('xx') ? Math.floor(status / 100) === Number(wanted[0]) : status === Number(wanted);
}

function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}
