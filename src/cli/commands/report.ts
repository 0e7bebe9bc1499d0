// showstopper report: what came of a rehearsal, from the server or from its record alone.
import type { Command } from 'commander';
import { systemClock } from '../../base/clock.ts';
import { Refusal } from '../../base/refusal.ts';
import { fileChunks, UnreadableFile } from '../../base/text-file.ts';
import { REHEARSAL_ID } from '../../rehearsal/data-folder.ts';
import { EXAMPLE_ID } from '../../rehearsal/rehearsal-id.ts';
import { compare } from '../../rehearsal/report/comparison.ts';
import { reportFrom } from '../../rehearsal/report/from-record.ts';
import type { Report } from '../../rehearsal/report/report.ts';
import { thresholdsOf } from '../../scorecard/thresholds.ts';
import type { AdminClient } from '../../sdk/admin-client.ts';
import type { ReportForm } from '../../sdk/rehearsal-calls.ts';
import { clientOptions, withAdmin } from '../admin.ts';
import { EXIT, Failure } from '../exit-status.ts';
import { formOf, handOver, judge, type ReportOptions, reportOptions } from '../report-output.ts';

export function report(command: Command): void {
  reportOptions(clientOptions(command))
    .argument(
      '[ID|FILE]',
      'a rehearsal of the server, or its record, which needs none; default the last that has ended',
    )
    .option('--against <ID|FILE>', 'compares it with an earlier one, figure by figure')
    .action((asked: string | undefined, options: ReportOptions) => {
      if (asked !== undefined && !REHEARSAL_ID.test(asked)) return ofFile(asked, options);
      return withAdmin(options, (client) => ofServer(client, asked, options));
    });
}

async function ofServer(client: AdminClient, asked: string | undefined, options: ReportOptions): Promise<void> {
  const { against } = options;
  if (against !== undefined && !REHEARSAL_ID.test(against))
    throw new Failure(EXIT.badInput, `--against must be the id of a rehearsal of the server too, got ${against}`);
  const form = formOf(options);
  const id = asked ?? (await lastOf(client, options.world ?? 'default'));
  const text = await client.rehearsalReport(id, form.extension as ReportForm, {
    ...(against !== undefined && { against }),
  });
  await handOver(text, options);
  judge(await client.rehearsal(id));
}

async function lastOf(client: AdminClient, world: string): Promise<string> {
  const ended = (await client.rehearsals()).find(({ endedAt }) => endedAt !== null);
  if (!ended)
    throw new Failure(
      EXIT.badInput,
      `no rehearsal has ended yet in the world ${world}, and --world NAME looks in another; begin one with: showstopper rehearse FILE`,
    );
  return ended.id;
}

async function ofFile(file: string, options: ReportOptions): Promise<void> {
  const { against } = options;
  const form = formOf(options);
  const now = await reportIn(file);
  const before = against === undefined ? null : await reportIn(against);
  await handOver(await form.print(now, before && compare(now, before)), options);
  judge({ status: now.outcome, result: now });
}

async function reportIn(file: string): Promise<Report> {
  try {
    return await reportFrom(() => fileChunks(file), { clock: systemClock, thresholds: thresholdsOf() });
  } catch (error) {
    if (error instanceof UnreadableFile && error.isAbsent)
      throw new Failure(
        EXIT.badInput,
        `${file} is neither a file nor the id of a rehearsal, as ${EXAMPLE_ID} is one; GET /v1/rehearsals lists them, and without an argument it is the last that has ended`,
      );
    if (error instanceof UnreadableFile || error instanceof Refusal)
      throw new Failure(EXIT.badInput, `${file} ${error.message}`);
    throw error;
  }
}
