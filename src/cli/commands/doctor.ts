// showstopper doctor: whether every kind is on the wire what it says, on a server of its own or on one that runs.
import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { readConfig } from '../../config.ts';
import { type Examination, examineAll, type Finding, isFailure, Unwell } from '../../doctor/doctor.ts';
import type { Address } from '../../doctor/patient.ts';
import type { Fault } from '../../faults/fault.ts';
import { faultByName, faults } from '../../faults/registry.ts';
import { createAdminClient } from '../../sdk/admin-client.ts';
import { type RunningServer, startServer } from '../../server.ts';
import { createLog } from '../../telemetry/log.ts';
import { adminClientFor, type ClientOptions, clientOptions, failureOf, namesOption } from '../admin.ts';
import { findingsTable, findingsWords } from '../findings.ts';
import { EXIT, Failure } from '../verdict.ts';

interface DoctorOptions extends ClientOptions {
  readonly upstream?: string;
  readonly upstreamTls?: string;
  readonly kinds?: string[];
  readonly everyone?: true;
}

export function doctor(command: Command): void {
  clientOptions(command)
    .option('--upstream <URL>', 'examines a running server from here, by its --admin; default: one of its own')
    .option('--upstream-tls <URL>', 'its HTTPS door')
    .option('--kinds <NAMES>', 'only these kinds, separated by commas', namesOption)
    .option('--everyone', 'also kinds that strike everybody who uses that server, as a refused connection does')
    .action(async (options: DoctorOptions) => {
      const kinds = options.kinds?.map(find) ?? faults;
      const findings = options.upstream === undefined ? await onOwn(kinds, options) : await onRunning(kinds, options);
      const text = options.json ? JSON.stringify(findings, null, 2) : findingsTable(findings);
      process.stdout.write(`${text}\n`);
      if (findings.some(isFailure)) throw new Failure(EXIT.verdictFailed, findingsWords(findings));
      if (!options.json) process.stdout.write(`${findingsWords(findings)}\n`);
    });
}

function find(name: string): Fault {
  const fault = faultByName.get(name);
  if (fault) return fault;
  throw new Failure(EXIT.badInput, `no kind ${JSON.stringify(name)}; there are: ${[...faultByName.keys()].join(', ')}`);
}

/** A private server on free ports of the loopback address, whatever the environment says. */
async function onOwn(kinds: readonly Fault[], options: DoctorOptions): Promise<Finding[]> {
  if (options.admin !== undefined || options.upstreamTls !== undefined)
    throw new Failure(EXIT.badInput, '--admin and --upstream-tls are of a running server, which --upstream names');
  const log = await createLog({ level: 'silent', destination: { write: () => {} } });
  const server: RunningServer = await startServer(readConfig({}, PRIVATE), { log });
  const { upstream, upstreamTls, admin } = server;
  try {
    return await run(
      {
        kinds,
        own: true,
        everyone: true,
        key: newKey(),
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
  const admin = adminClientFor(options);
  return run(
    {
      kinds,
      own: false,
      everyone,
      key: newKey(),
      admin,
      upstream: addressOf('--upstream', upstream, 'http:'),
      upstreamTls: upstreamTls === undefined ? undefined : addressOf('--upstream-tls', upstreamTls, 'https:'),
    },
    options,
  );
}

/** The first signal ends the examination when the kind under way is taken out; the second ends the process, and a ttl does the rest. */
async function run(examination: Examination, { json }: DoctorOptions): Promise<Finding[]> {
  const interrupted = new AbortController();
  const interrupt = (): void => {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    process.stderr.write('ending when the kind under way is taken out\n');
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
const newKey = (): string => `doctor-${randomBytes(4).toString('hex')}`;

function addressOf(option: string, text: string, protocol?: string): Address {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (protocol && url.protocol !== protocol))
    throw new Failure(EXIT.badInput, `${option} must be an ${protocol ?? 'http:'}// URL, got ${JSON.stringify(text)}`);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return { host, port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)) };
}
