// The newest entries of a journal, and those that come after: asked page by page, then followed by the events.
import type { Entry } from '../admin/contract/entry.ts';
import { criteriaOf, meets } from '../journal/criteria.ts';
import type { JournalEntry } from '../journal/entry.ts';
import { DEFAULT_PAGE, journalFilter, MAX_PAGE } from '../journal/query.ts';
import type { AdminClient } from '../sdk/admin-client.ts';
import type { ToldEvent } from './told-event.ts';

/** What is asked, as the admin API has it. */
export type Question = Omit<NonNullable<Parameters<AdminClient['journal']>[0]>, 'limit' | 'cursor' | 'last'>;

export interface Newest {
  /** The oldest first. */
  readonly entries: Entry[];
  /** The same question, with the client by what it is called. */
  readonly question: Question;
  /** What the client is called, where it was named by its key. */
  readonly named: readonly string[];
}

/** The newest `limit` entries; the journal itself bounds how many there can be. */
export async function newestEntries(client: AdminClient, question: Question, limit = DEFAULT_PAGE): Promise<Newest> {
  const entries: Entry[] = [];
  let cursor: string | null = null;
  let named: readonly string[] = [];
  do {
    const page: Awaited<ReturnType<AdminClient['journal']>> = await client.journal({
      ...question,
      limit: Math.min(limit - entries.length, MAX_PAGE),
      ...(cursor !== null && { cursor }),
    });
    entries.push(...page.data);
    named = page.shownAs ?? [];
    cursor = page.nextCursor;
  } while (cursor !== null && entries.length < limit);
  const [name] = named;
  return { entries: entries.reverse(), question: name === undefined ? question : { ...question, client: name }, named };
}

/** Of the events, the entries that answer a question and were not told before; `undefined` where some were missed. */
export async function* entriesOf(
  events: AsyncIterable<ToldEvent>,
  { entries, question }: Newest,
): AsyncGenerator<Entry | undefined, void> {
  const { kind } = question;
  const told = new Set(entries.filter(hasEnded).map(idOf));
  const { limit: _, ...match } = journalFilter.parse(question);
  const criteria = criteriaOf(match);
  for await (const { event, data } of events) {
    if (event === 'gap' || event === 'dropped' || event === 'events-left-out') yield undefined;
    if (kind === undefined ? event !== 'exchange' && event !== 'connection' : event !== kind) continue;
    const entry = data as Entry;
    if (told.delete(idOf(entry)) || !meets(asKept(entry), criteria)) continue;
    yield entry;
  }
}

const hasEnded = (entry: Entry): boolean => entry.kind === 'event' || entry.ended !== null;
const idOf = ({ kind, seq }: Entry): string => `${kind === 'event' ? kind : 'arrival'} ${seq}`;

/** As the criteria of the journal know it: what they look at differs only in how the moment is written. */
const asKept = (entry: Entry): JournalEntry => ({ ...entry, at: Date.parse(entry.at) }) as unknown as JournalEntry;
