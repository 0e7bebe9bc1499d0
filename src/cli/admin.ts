// What all commands share that talk to a running server: where it is, how its answers are printed, how its no ends us.
import { type Command, Option } from 'commander';
import { type ClientSettings, readClientSettings } from '../config/client-settings.ts';
import { type AdminClient, createAdminClient } from '../sdk/admin-client.ts';
import { AdminError, AdminUnreachable } from '../sdk/errors.ts';
import { EXIT, Failure } from './exit-status.ts';
import { print } from './terminal.ts';

export interface ClientOptions {
  readonly admin?: string;
  readonly world?: string;
  readonly json?: true;
}

/** A command's question to the server, and its answer in words for people. */
export interface Call<Answer> {
  ask(client: AdminClient): Promise<Answer>;
  show(answer: Answer): string;
}

/** Of commands that ask about one world. */
export const clientOptions = (command: Command): Command =>
  serverOptions(command).option(
    '--world <NAME>',
    'the world it is about, at /w/NAME; default the one of the configured doors',
  );

/** Of those that ask about the server. */
export function serverOptions(command: Command): Command {
  // said in the words of the server, and taken as the address it stands for
  const takePort = (port: string): void => {
    if (!/^\d{1,5}$/.test(port))
      throw new Failure(EXIT.badInput, `--admin-port must be a port, got ${JSON.stringify(port)}`);
    command.setOptionValue('admin', `http://127.0.0.1:${port}`).setOptionValue('adminPort', undefined);
  };
  return command
    .option(
      '--admin <URL>',
      'where admin is; default SHOWSTOPPER_ADMIN_URL, then the port of SHOWSTOPPER_ADMIN_PORT, then http://127.0.0.1:9190',
    )
    .option('--admin-port <PORT>', 'its port on this machine')
    .on('option:admin-port', takePort)
    .option('--json', 'prints JSON')
    .addHelpText(
      'after',
      '\nThe token is read from SHOWSTOPPER_ADMIN_TOKEN, or the file of SHOWSTOPPER_ADMIN_TOKEN_FILE.',
    );
}

/** Asks, and prints the answer. */
export function callAndPrint<Answer>(options: ClientOptions, { ask, show }: Call<Answer>): Promise<void> {
  return withAdmin(options, async (client) => {
    const answer = await ask(client);
    print(options.json ? JSON.stringify(answer, null, 2) : show(answer));
  });
}

/** Works with a client; the server's no, and its absence, end the command with the status they have. */
export async function withAdmin(options: ClientOptions, work: (client: AdminClient) => Promise<void>): Promise<void> {
  const client = adminClientFor(options);
  try {
    await work(client);
  } catch (error) {
    throw failureOf(error);
  }
}

/** Nothing is asked yet. */
export function adminClientFor(options: ClientOptions): AdminClient {
  const { adminUrl: url, token } = settingsFor(options);
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw new Failure(EXIT.badInput, `--admin must be an http or https URL, got ${JSON.stringify(url)}`);
  try {
    return createAdminClient({ url, token, world: options.world });
  } catch (error) {
    throw new Failure(EXIT.badInput, (error as Error).message);
  }
}

/** What all client commands share, apart from what is the command's own. */
export function partOptions<Options extends ClientOptions>(
  options: Options,
): { client: ClientOptions; own: Omit<Options, keyof ClientOptions> } {
  const { admin, world, json, ...own } = options;
  const client = {
    ...(admin !== undefined && { admin }),
    ...(world !== undefined && { world }),
    ...(json && { json }),
  };
  return { client, own };
}

function settingsFor({ admin }: ClientOptions): ClientSettings {
  try {
    return readClientSettings(admin);
  } catch (error) {
    throw new Failure(EXIT.badInput, (error as Error).message);
  }
}

/** What a failed call means for the command. */
export function failureOf(error: unknown): unknown {
  if (error instanceof AdminUnreachable) return new Failure(EXIT.refused, error.message);
  if (!(error instanceof AdminError)) return error;
  const { status, detail } = error;
  if (status === 401 || status === 403)
    return new Failure(
      EXIT.refused,
      `${detail} (the token is read from SHOWSTOPPER_ADMIN_TOKEN, or the file of SHOWSTOPPER_ADMIN_TOKEN_FILE)`,
    );
  return new Failure(status === 421 || status >= 500 ? EXIT.refused : EXIT.badInput, detail);
}

/** How what is held is let go. */
export const releaseOption = (): Option =>
  new Option(
    '--release <HOW>',
    'held requests: drop resets them, answer does their work; default: what would end by itself goes on, the rest is reset',
  ).choices(['drop', 'answer']);

/** An option's number; a mistake says which option. */
export const numberOption =
  (name: string) =>
  (text: string): number => {
    if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
    throw new Failure(EXIT.badInput, `${name} must be a number, got ${JSON.stringify(text)}`);
  };

/** `a,b` and repeated options alike. */
export const namesOption = (text: string, before: readonly string[] = []): string[] => [
  ...before,
  ...text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean),
];
