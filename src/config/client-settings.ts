// What the client commands need to know: where admin is, and the token it asks for.
import { readTextFileSync } from '../base/text-file.ts';
import { MAX_SETTING_FILE_BYTES } from './read-text.ts';

const DEFAULT_PORT = '9190';

export interface ClientSettings {
  readonly adminUrl: string;
  readonly token: string | undefined;
}

/** The address as asked for, then that of the environment; a token comes from the environment or its file only, and throws when that cannot be read. */
export function readClientSettings(asked?: string, env: NodeJS.ProcessEnv = process.env): ClientSettings {
  return { adminUrl: asked || env.SHOWSTOPPER_ADMIN_URL || localAdminUrl(env), token: tokenOf(env) };
}

/** A server that runs already, as the environment names it. */
export interface NamedServer {
  readonly adminUrl: string;
  readonly token: string | undefined;
  /** Where its upstream is reached from here; undefined: where it says itself. */
  readonly upstreamUrl: string | undefined;
}

/** Undefined where SHOWSTOPPER_ADMIN_URL names none; throws for what is no URL. */
export function serverNamedByEnvironment(env: NodeJS.ProcessEnv = process.env): NamedServer | undefined {
  if (!env.SHOWSTOPPER_ADMIN_URL) return undefined;
  const upstreamUrl = env.SHOWSTOPPER_UPSTREAM_URL?.replace(/\/+$/, '') || undefined;
  checkUrl('SHOWSTOPPER_ADMIN_URL', env.SHOWSTOPPER_ADMIN_URL);
  if (upstreamUrl !== undefined) checkUrl('SHOWSTOPPER_UPSTREAM_URL', upstreamUrl);
  return { ...readClientSettings(undefined, env), upstreamUrl };
}

function checkUrl(name: string, text: string): void {
  if (!/^https?:$/.test(URL.parse(text)?.protocol ?? ''))
    throw new Error(`${name} must be a URL as http://127.0.0.1:${DEFAULT_PORT}, got ${JSON.stringify(text)}`);
}

function tokenOf({ SHOWSTOPPER_ADMIN_TOKEN: token, SHOWSTOPPER_ADMIN_TOKEN_FILE: file }: NodeJS.ProcessEnv) {
  if (token || !file) return token || undefined;
  try {
    return readTextFileSync(file, MAX_SETTING_FILE_BYTES).trim() || undefined;
  } catch (error) {
    throw new Error(`SHOWSTOPPER_ADMIN_TOKEN_FILE ${file} ${(error as Error).message}`, { cause: error });
  }
}

/** Where a program on the same machine finds admin; what Kubernetes injects in place of a port is no port. */
export function localAdminUrl(env: NodeJS.ProcessEnv = process.env): string {
  const { SHOWSTOPPER_ADMIN_HOST: host = '', SHOWSTOPPER_ADMIN_PORT: port = '' } = env;
  const reachable = ['', '0.0.0.0', '::', '[::]'].includes(host) ? '127.0.0.1' : host;
  const authority = reachable.includes(':') && !reachable.startsWith('[') ? `[${reachable}]` : reachable;
  return `http://${authority}:${/^\d+$/.test(port) ? port : DEFAULT_PORT}`;
}

/**
 * The same where flags of the server may say otherwise: in a container it is the first process, or the command line of
 * the one that started it. `own` are arguments of the program that asks, and win.
 */
export function probedAdminUrl(own: readonly string[], firstProcess: string, env = process.env): string {
  const started = firstProcess.split('\0');
  const served = started.includes('serve') ? started.slice(started.indexOf('serve')) : [];
  const flag = (name: string): string | undefined => flagIn(own, name) ?? flagIn(served, name);
  return localAdminUrl({
    SHOWSTOPPER_ADMIN_HOST: flag('--admin-host') ?? env.SHOWSTOPPER_ADMIN_HOST,
    SHOWSTOPPER_ADMIN_PORT: flag('--admin-port') ?? env.SHOWSTOPPER_ADMIN_PORT,
  });
}

/** Of `--flag value` or `--flag=value`; the last one counts. */
function flagIn(args: readonly string[], flag: string): string | undefined {
  const at = args.findLastIndex((arg) => arg === flag || arg.startsWith(`${flag}=`));
  if (at < 0) return undefined;
  return args[at] === flag ? args[at + 1] : args[at]?.slice(flag.length + 1);
}

/** The command line of the first process, as text with a NUL after each argument; empty where it is not told. */
export function firstProcessLine(): string {
  try {
    return readTextFileSync('/proc/1/cmdline', MAX_SETTING_FILE_BYTES);
  } catch {
    return '';
  }
}

/** The user's folder of faults, for commands that read it without starting a server. */
export const faultsFolder = (env: NodeJS.ProcessEnv = process.env): string | undefined =>
  env.SHOWSTOPPER_FAULTS || undefined;
