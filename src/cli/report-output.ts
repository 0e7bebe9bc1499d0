// How commands hand over a report: in a form, to a file or the terminal, and with the exit status that it stands for.
import { access, constants, open, rm, stat, writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { FORMS, type Form } from '../rehearsal/report/forms.ts';
import type { ClientOptions } from './admin.ts';
import { EXIT, Failure } from './exit-status.ts';
import { harmless, print } from './terminal.ts';

export interface ReportOptions extends ClientOptions {
  readonly format?: string;
  readonly out?: string;
  readonly against?: string;
}

/** What decides the exit status. */
export interface Outcome {
  readonly status: string;
  readonly result: {
    readonly holds: boolean;
    readonly gate: string;
    readonly silent?: { readonly client: string | null } | null | undefined;
  } | null;
}

export const reportOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('--format <FORM>', 'default: what the name of --out ends with, else md').choices(
        FORMS.map(({ name }) => name),
      ),
    )
    .option('--out <FILE>', 'writes it there, and prints one line')
    .addHelpText('after', '\nExits 1 when the hypothesis does not hold, or a client fails its safety gate.');

/** Throws for options that contradict each other, before anything is begun. */
export function formOf({ format, out = '', json }: ReportOptions): Form {
  const [first] = FORMS as readonly [Form, ...Form[]];
  const byName = FORMS.find(({ name }) => name === (json ? 'json' : format));
  if (byName || out === '') return byName ?? first;
  const byFile =
    FORMS.find(({ extension }) => out.endsWith(`.${extension}`)) ??
    FORMS.find(({ type }) => /\.xml$/.test(out) && type.includes('xml'));
  if (byFile) return byFile;
  const known = FORMS.map(({ extension }) => `.${extension}`).join(', ');
  throw new Failure(EXIT.badInput, `--out ${out} must end with one of ${known}, or --format must say what it is`);
}

/** Throws where it could not be written, before there is anything to write. */
export async function checkOut({ out }: ReportOptions): Promise<void> {
  if (out === undefined) return;
  try {
    const there = await stat(out).catch(() => undefined);
    if (there?.isDirectory()) throw new Error('it is a folder');
    if (there) return await access(out, constants.W_OK);
    await (await open(out, 'ax')).close(); // nothing else tells whether a file can be made there
    await rm(out);
  } catch (error) {
    throw unwritable(out, error);
  }
}

export async function handOver(text: string, { out }: ReportOptions): Promise<void> {
  if (out === undefined) {
    process.stdout.write(harmless(text));
    return;
  }
  try {
    await writeFile(out, text);
  } catch (error) {
    throw unwritable(out, error);
  }
  print(`the report is in ${out}`);
}

const unwritable = (out: string, error: unknown): Failure =>
  new Failure(
    EXIT.badInput,
    `--out ${out || '""'} cannot be written: ${error instanceof Error ? error.message : error}`,
  );

/** Ends the command with 1 unless all is well. */
export function judge({ status, result }: Outcome): void {
  const reasons = [
    ...(status === 'finished' ? [] : [`the rehearsal was ${status}`]),
    ...(result?.silent && status === 'finished'
      ? [`no request of ${result.silent.client ?? 'any client'} was seen`]
      : []),
    ...(result?.holds || result?.silent || status !== 'finished' ? [] : ['the hypothesis does not hold']),
    ...(result?.gate === 'fail' ? ['the safety gate fails'] : []),
  ];
  if (reasons.length > 0) throw new Failure(EXIT.verdictFailed, reasons.join(', and '));
}
