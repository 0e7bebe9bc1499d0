// showstopper rehearse: plays a rehearsal to its end, says what happens meanwhile, and prints the report.
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { RehearsalAnswer as Rehearsal } from '../../admin/contract/rehearsal.ts';
import { sleep, systemClock } from '../../base/clock.ts';
import { readTextFile, UnreadableFile } from '../../base/text-file.ts';
import { MAX_REHEARSAL_BYTES } from '../../rehearsal/rehearsal-file.ts';
import type { AdminClient } from '../../sdk/admin-client.ts';
import { detailOf } from '../../sdk/errors.ts';
import type { ReportForm } from '../../sdk/rehearsal-calls.ts';
import { clientOptions, withAdmin } from '../admin.ts';
import { EXIT, Failure } from '../exit-status.ts';
import { followRehearsal } from '../follow-rehearsal.ts';
import { checkOut, formOf, handOver, judge, type ReportOptions, reportOptions } from '../report-output.ts';
import { printError } from '../terminal.ts';
import { type Beside, watchBeside } from '../watch/beside.ts';

interface RehearseOptions extends ReportOptions {
  readonly by?: string;
}

/** As a shell tells a command that Ctrl-C has ended. */
const INTERRUPTED = 130;

export function rehearse(command: Command): void {
  reportOptions(clientOptions(command))
    .argument('<FILE>', 'the rehearsal, YAML or JSON')
    .option('--against <ID>', 'compares it with an earlier one of the server, figure by figure')
    .option('--by <NAME>', 'who does this, for the record')
    .addHelpText(
      'after',
      'Ctrl-C aborts it: all is healed at once, it is looked on for a minute at most, and reported.',
    )
    .action((file: string, options: RehearseOptions) => withAdmin(options, (client) => run(client, file, options)));
}

async function run(client: AdminClient, file: string, options: RehearseOptions): Promise<void> {
  const { by, against } = options;
  const form = formOf(options);
  await checkOut(options);
  if (against !== undefined) await client.rehearsal(against); // which fails at once where there is none
  const begun = await client.startRehearsal(await textOf(file), by, nameOf(file));
  await followOnTerminal(client, begun, options.json === true);
  await handOver(
    await client.rehearsalReport(begun.id, form.extension as ReportForm, against === undefined ? {} : { against }),
    options,
  );
  judge(await client.rehearsal(begun.id)); // which is judged by now
}

/** As mistakes may call it. */
const nameOf = (file: string): string =>
  basename(file)
    .replace(/[\p{Cc}/\\]/gu, '?')
    .slice(0, 200) || 'rehearsal.yaml';

async function textOf(file: string): Promise<string> {
  try {
    return await readTextFile(file, MAX_REHEARSAL_BYTES);
  } catch (error) {
    if (error instanceof UnreadableFile) throw new Failure(EXIT.badInput, `${file} ${error.message}`);
    throw error;
  }
}

async function followOnTerminal(client: AdminClient, begun: Rehearsal, isQuiet: boolean): Promise<void> {
  let beside: Beside | undefined;
  const say = (line: string): void => (beside ? beside.say(line.trim()) : printError(line));
  const interrupt = aborting(client, begun.id, say);
  process.on('SIGINT', interrupt);
  try {
    if (!isQuiet) beside = await watchBeside(client, { tellsCues: false, onInterrupt: interrupt });
    if (beside) process.off('SIGINT', interrupt);
    await followRehearsal(begun, {
      state: () => client.rehearsal(begun.id),
      beat: () => client.beatRehearsal(begun.id),
      ticks: () => systemClock.ticks(),
      wait: (ms) => sleep(systemClock, ms),
      say,
    });
  } finally {
    for (const line of beside?.close() ?? []) printError(line);
    process.off('SIGINT', interrupt);
    process.once('SIGINT', () => process.exit(INTERRUPTED));
  }
}

/** The first Ctrl-C aborts and the report still comes; the second one leaves. */
function aborting(client: AdminClient, id: string, say: (line: string) => void): () => void {
  let isAborted = false;
  return () => {
    if (isAborted) process.exit(INTERRUPTED);
    isAborted = true;
    say('\naborting: all is healed');
    client.abortRehearsal({ reason: 'Ctrl-C' }, id).catch((error: unknown) => {
      say(`it could not be aborted: ${detailOf(error)}`);
    });
  };
}
