// showstopper journal: what came and how it ended, the newest last; --follow goes on as it happens.
import { type Command, Option } from 'commander';
import type { Entry } from '../../admin/contract/entry.ts';
import { ENTRY_KINDS } from '../../journal/entry.ts';
import type { AdminClient } from '../../sdk/admin-client.ts';
import { type ClientOptions, clientOptions, numberOption, partOptions, withAdmin } from '../admin.ts';
import { entryWords } from '../entry-words.ts';
import { EXIT, Failure } from '../exit-status.ts';
import { entriesOf, newestEntries, type Question } from '../follow-journal.ts';
import { shownAsWords } from '../named-words.ts';
import { print, printError, whenReadNoMore } from '../terminal.ts';
import { inWorld } from '../world-words.ts';

type JournalOptions = ClientOptions & Question & { readonly limit?: number; readonly follow?: true };

export function journal(command: Command): void {
  clientOptions(command)
    .option('--client <NAME>', 'the seller, by name or by key')
    .option('--operation <NAME>', 'name of the operation, as completeOrder; connect for connections that rules struck')
    .option('--status <STATUS>', 'a status such as 503, a class such as 5xx, or none for no answer')
    .option('--rule <ID>', 'a rule that acted')
    .option('--ended <HOW>', 'answered, client-left, reset, closed, dropped or open')
    .option('--session <ID>', 'the session that it was about')
    .option('--reservation <ID>', 'the reservation that it was about')
    .option('--order <ID>', 'the order that it was about')
    .option('--request-id <ID>', 'the request with this X-Request-Id')
    .option('--since <TIME>', 'arrived at this moment or later')
    .addOption(
      new Option('--kind <KIND>', 'default: exchanges, and connections that rules struck').choices(ENTRY_KINDS),
    )
    .option('--limit <N>', 'the newest so many; default 100', numberOption('--limit'))
    .option('--follow', 'goes on with each as it ends')
    .action((options: JournalOptions) => withAdmin(options, (client) => run(client, options)));
}

async function run(client: AdminClient, options: JournalOptions): Promise<void> {
  const { client: asked, own } = partOptions(options);
  const { limit, follow = false, ...question } = own;
  if (limit !== undefined && !(Number.isInteger(limit) && limit > 0))
    throw new Failure(EXIT.badInput, `--limit must be a whole number from 1 on, got ${limit}`);
  if (follow && question.ended === 'open')
    throw new Failure(EXIT.badInput, '--follow tells entries as they end, so that --ended open has none to tell');
  const show = (entry: Entry): void => print(asked.json ? JSON.stringify(entry) : entryWords(entry));
  const leaving = new AbortController();
  whenReadNoMore(() => leaving.abort());
  const events = follow ? await client.events(leaving.signal) : undefined; // before it is asked, so that nothing is missed
  const newest = await newestEntries(client, question, limit);
  if (!asked.json) for (const line of shownAsWords(newest.named)) printError(line);
  newest.entries.forEach(show);
  if (!events) {
    if (newest.entries.length === 0 && !asked.json) printError(`No such entry is in the journal${inWorld(asked)}.`);
    return;
  }
  for await (const entry of entriesOf(events, newest)) {
    if (entry) show(entry);
    else printError('(some of what happened meanwhile is not known)');
  }
}
