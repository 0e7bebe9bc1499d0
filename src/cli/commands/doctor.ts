// showstopper doctor: whether every kind is on the wire what it says, on a server of its own or on one that runs.

import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { formatDuration, parseDuration } from '../../base/duration.ts';
import { urlHost } from '../../base/url-host.ts';
import { KEY_VARIABLE, readSellerKey } from '../../config/seller-key.ts';
import { readConfig } from '../../config.ts';
import { type Examination, examineAll, Unwell, WATCH_BETWEEN_MS, WATCH_MS } from '../../doctor/doctor.ts';
import { type Finding, isFailure } from '../../doctor/finding.ts';
import type { Address } from '../../doctor/patient.ts';
import type { Fault } from '../../faults/fault.ts';
import { faults } from '../../faults/registry.ts';
import { createAdminClient } from '../../sdk/admin-client.ts';
import { type RunningServer, startServer } from '../../server.ts';
import { createLog } from '../../telemetry/log.ts';
import { adminClientFor, type ClientOptions, failureOf, namesOption, serverOptions } from '../admin.ts';
import { EXIT, Failure } from '../exit-status.ts';
import { findingsTable, findingsWords } from '../findings.ts';
import { kindNamed } from '../kind-named.ts';

interface DoctorOptions extends ClientOptions {
  readonly upstream?: string;
  readonly upstreamTls?: string;
  readonly kinds?: string[];
  readonly everyone?: true;
  readonly watch?: number;
  readonly keyFile?: string;
}

/** What answers after less was never held; and a rule does not outlive an examination by longer. */
const MAX_WATCH_MS = 600_000;
const MIN_WATCH_MS = 100;

export function doctor(command: Command): void {
  serverOptions(command)
    .option('--upstream <URL>', 'examines a running server from here, by its --admin; default: one of its own')
    .option('--upstream-tls <URL>', 'its HTTPS door')
    .option('--kinds <NAMES>', 'only these kinds, separated by commas', namesOption)
    .option('--everyone', 'also kinds that strike everybody who uses that server, as a refused connection does')
    .option(
      '--watch <TIME>',
      `how long what never ends is watched; default ${formatDuration(WATCH_MS)}, and ${formatDuration(WATCH_BETWEEN_MS)} where something stands between`,
      watchOption,
    )
    .option('--key-file <FILE>', `the key to show as a seller, where sellers have keys; default ${KEY_VARIABLE}`)
    .addHelpText('after', AFTER_HELP)
    .action(async (options: DoctorOptions) => {
      const kinds = options.kinds?.map(kindNamed) ?? faults;
      const findings = options.upstream === undefined ? await onOwn(kinds, options) : await onRunning(kinds, options);
      const text = options.json ? JSON.stringify(findings, null, 2) : findingsTable(findings);
      process.stdout.write(`${text}\n`);
      if (findings.some(isFailure)) throw new Failure(EXIT.verdictFailed, findingsWords(findings));
      const unclear = findings.some(({ verdict }) => verdict === 'noisy');
      if (unclear) process.stderr.write(`${findingsWords(findings)}\n`);
      else if (!options.json) process.stdout.write(`${findingsWords(findings)}\n`);
    });
}

const AFTER_HELP = `
It examines the world of the configured doors: kinds that strike connections have no other to be seen at.
A seller's key is read from ${KEY_VARIABLE} or the file, never from a flag.
Times and paces are proved within 10 % or 25 ms, whichever is larger, and what the machine itself is late by at the time.
Exit status: 0 nothing failed (what was too noisy to tell is said on stderr), 1 a kind lies or does not hold from here,
2 bad usage, 3 the server was not reached, or would not serve.
As JSON each kind has its verdict (ok, lies, lost: does not hold from here, noisy: too noisy to tell, unarmed, skipped),
promised, observed, ms, watchedMs and reason, and the same for each of its trials, with their parameters in "with".`;

function watchOption(text: string): number {
  const ms = parseDuration(text);
  if (ms !== undefined && ms >= MIN_WATCH_MS && ms <= MAX_WATCH_MS) return ms;
  const range = `${formatDuration(MIN_WATCH_MS)} to ${formatDuration(MAX_WATCH_MS)}`;
  throw new Failure(EXIT.badInput, `--watch must be a duration of ${range}, got ${JSON.stringify(text)}`);
}

function keyOf(file: string | undefined): string | undefined {
  try {
    return readSellerKey(file);
  } catch (error) {
    throw new Failure(EXIT.badInput, (error as Error).message);
  }
}

/** A private server on free ports of the loopback address, whatever the environment says. */
async function onOwn(kinds: readonly Fault[], options: DoctorOptions): Promise<Finding[]> {
  if (options.admin !== undefined || options.upstreamTls !== undefined || options.keyFile !== undefined)
    throw new Failure(
      EXIT.badInput,
      '--admin, --admin-port, --upstream-tls and --key-file are of a running server, which --upstream names',
    );
  const log = await createLog({ level: 'silent', destination: { write: () => {} } });
  const server: RunningServer = await startServer(readConfig({}, PRIVATE), { log });
  const { upstream, upstreamTls, admin } = server;
  const name = newName();
  try {
    return await run(
      {
        kinds,
        own: true,
        everyone: true,
        key: name,
        name,
        watchMs: options.watch,
        admin: createAdminClient({ url: admin }),
        upstream: addressOf('--upstream', upstream),
        upstreamTls: upstreamTls === undefined ? undefined : addressOf('--upstream-tls', upstreamTls),
      },
      options,
    );
  } finally {
    await server.stop();
  }
}

const PRIVATE = {
  SHOWSTOPPER_PORT: '0',
  SHOWSTOPPER_ADMIN_PORT: '0',
  SHOWSTOPPER_TLS_PORT: '0',
  SHOWSTOPPER_CATALOG: 'small',
};

function onRunning(kinds: readonly Fault[], options: DoctorOptions): Promise<Finding[]> {
  const { upstream = '', upstreamTls, everyone = false } = options;
  const admin = adminClientFor(options).world('default'); // also when the URL leads into another
  const name = newName();
  return run(
    {
      kinds,
      own: false,
      everyone,
      key: keyOf(options.keyFile) ?? name,
      name,
      watchMs: options.watch,
      admin,
      upstream: addressOf('--upstream', upstream, 'http:'),
      upstreamTls: upstreamTls === undefined ? undefined : addressOf('--upstream-tls', upstreamTls, 'https:'),
    },
    options,
  );
}

/** The first signal ends the examination, and what is armed is taken out; the second ends the process, and a ttl does the rest. */
async function run(examination: Examination, { json }: DoctorOptions): Promise<Finding[]> {
  const interrupted = new AbortController();
  const interrupt = (): void => {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    process.stderr.write('ending as soon as what is armed is taken out\n');
    interrupted.abort(new Failure(EXIT.verdictFailed, 'interrupted; nothing it armed is in force any more'));
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  const found = ({ kind }: Finding): void => {
    if (!json && process.stderr.isTTY) process.stderr.write(`\r\x1b[K${kind}`);
  };
  try {
    return await examineAll({ ...examination, signal: interrupted.signal, found });
  } catch (error) {
    throw error instanceof Unwell ? new Failure(EXIT.refused, error.message) : failureOf(error);
  } finally {
    if (!json && process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

/** Sellers with keys of this form are known by them. */
const newName = (): string => `doctor-${randomBytes(4).toString('hex')}`;

function addressOf(option: string, text: string, protocol?: string): Address {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (protocol && url.protocol !== protocol))
    throw new Failure(EXIT.badInput, `${option} must be an ${protocol ?? 'http:'}// URL, got ${JSON.stringify(text)}`);
  if (url.pathname !== '/' || url.search !== '')
    throw new Failure(EXIT.badInput, `${option} must be a URL without a path, got ${JSON.stringify(text)}`);
  const host = urlHost(url);
  return { host, port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)) };
}
