// Settings that are fine one by one and wrong together.
import { statSync } from 'node:fs';
import { formatDuration } from '../base/duration.ts';
import { MIN_CONNECTIONS, RESERVED_FILES } from './open-files.ts';
import { nameOf } from './read-text.ts';
import { variableOf } from './settings.ts';
import type { Config } from './values.ts';

/** Whether only this machine can reach a listener on this host. */
export function loopback(host: string): boolean {
  const bare = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return bare === 'localhost' || bare === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(bare);
}

/** What bounds the connections. */
interface Files {
  /** How many files the process may hold open. */
  readonly openFiles: number;
  /** As asked for; undefined: as many as there is room for. */
  readonly maxConnections: number | undefined;
}

/** Everything wrong; none when the settings go together. */
export function contradictions(config: Config, files: Files): string[] {
  return [
    ...adminAccess(config),
    ...listeners(config),
    ...worldDoors(config),
    ...descriptors(files),
    ...clients(config),
    ...webhooks(config),
    ...activations(config),
    ...faultsFolder(config),
  ];
}

function* adminAccess({ adminHost, adminToken, viewerToken, adminOpen }: Config): Iterable<string> {
  const tokenName = `${variableOf('adminToken')} (or ${variableOf('adminTokenFile')})`;
  const openName = `${variableOf('adminOpen')}=true`;
  if (!loopback(adminHost) && adminToken === undefined && !adminOpen)
    yield `${nameOf('adminHost')} ${adminHost} lets other machines reach admin, and there is no token: set ${tokenName}, or ${openName} if everyone there may control this server`;
  if (adminOpen && adminToken !== undefined) yield `${openName} contradicts ${tokenName}; unset one of them`;
  if (viewerToken !== undefined && adminToken === undefined)
    yield `${variableOf('viewerToken')} needs ${tokenName} too: without it, everyone may do everything`;
  if (viewerToken !== undefined && viewerToken === adminToken)
    yield `${variableOf('viewerToken')} is the same as ${variableOf('adminToken')}; viewers would control this server`;
}

interface Listener {
  /** The setting that gave its port. */
  readonly setting: string;
  readonly host: string;
  readonly port: number;
}

function* listeners(config: Config): Iterable<string> {
  const { host, port, doors, tlsPort, tlsIdentity, adminHost, adminPort } = config;
  const all: Listener[] = [
    { setting: nameOf('port'), host, port },
    ...doors.map((door) => ({ setting: `${door.name} in ${nameOf('doors')}`, host, port: door.port })),
    { setting: nameOf('tlsPort'), host, port: tlsPort ?? 0 },
    { setting: nameOf('adminPort'), host: adminHost, port: adminPort },
  ];
  for (const [index, one] of all.entries())
    for (const other of all.slice(index + 1))
      if (collide(one, other))
        yield `${one.setting} and ${other.setting} are both ${one.port}; each listener needs its own`;
  if (tlsIdentity && tlsPort === undefined)
    yield `${nameOf('tlsCert')} and ${nameOf('tlsKey')} are of no use without ${nameOf('tlsPort')}; set that too`;
}

function* worldDoors({ port, doors, tlsPort, adminPort, worldPorts }: Config): Iterable<string> {
  if (!worldPorts) return;
  const { from, to } = worldPorts;
  const taken = [
    { setting: nameOf('port'), port },
    ...doors.map((door) => ({ setting: `${door.name} in ${nameOf('doors')}`, port: door.port })),
    { setting: nameOf('tlsPort'), port: tlsPort ?? 0 },
    { setting: nameOf('adminPort'), port: adminPort },
  ];
  for (const { setting, port: own } of taken)
    if (own >= from && own <= to)
      yield `${nameOf('worldPorts')} ${from}-${to} holds ${own} of ${setting}; doors of worlds need ports of their own`;
}

function* descriptors({ openFiles, maxConnections }: Files): Iterable<string> {
  const most = openFiles - RESERVED_FILES;
  const least = Math.min(maxConnections ?? MIN_CONNECTIONS, MIN_CONNECTIONS);
  if (most < least)
    yield `${openFiles} open files are too few: at least ${RESERVED_FILES + least} are needed, ${RESERVED_FILES} for admin and the process itself and ${least} for connections of the upstream; raise the limit with ulimit -n 4096 (docker run --ulimit nofile=4096, systemd LimitNOFILE=4096)`;
  else if (maxConnections !== undefined && maxConnections > most)
    yield `${nameOf('maxConnections')} must be at most ${most} here, the limit of ${openFiles} open files less ${RESERVED_FILES} for admin and the process itself, got ${maxConnections}; lower it, or raise the limit with ulimit -n ${maxConnections + RESERVED_FILES}`;
}

function collide(one: Listener, other: Listener): boolean {
  const everywhere = [one, other].some(({ host }) => host === '0.0.0.0' || host === '::');
  return one.port !== 0 && one.port === other.port && (everywhere || one.host === other.host);
}

function* clients({ keys, clientsMax }: Config): Iterable<string> {
  const sellers = new Set(keys?.values()).size;
  if (sellers > clientsMax)
    yield `${nameOf('clientsMax')} must be at least ${sellers}, the number of sellers with keys, got ${clientsMax}`;
}

/** A name that no key has would never hear of anything. */
function* webhooks({ keys, webhooks: endpoints, webhookSecrets }: Config): Iterable<string> {
  if (!keys) return;
  const sellers = new Set(keys.values());
  const unknown = (setting: string, clients: Iterable<string>): string[] =>
    [...new Set(clients)]
      .filter((client) => !sellers.has(client))
      .map((client) => `${setting} names ${client}, who is no seller of ${variableOf('keys')}`);
  const named = endpoints.map(({ client }) => client);
  yield* unknown(nameOf('webhooks'), named);
  yield* unknown(variableOf('webhookSecrets'), webhookSecrets.keys());
}

function* activations({ defaultTtlMs, maxTtlMs }: Config): Iterable<string> {
  if (defaultTtlMs !== undefined && maxTtlMs !== undefined && defaultTtlMs > maxTtlMs)
    yield `${nameOf('defaultTtl')} ${formatDuration(defaultTtlMs)} is longer than ${nameOf('maxTtl')} ${formatDuration(maxTtlMs)}`;
}

function* faultsFolder({ faults }: Config): Iterable<string> {
  if (faults !== undefined && !isFolder(faults))
    yield `${nameOf('faults')} must be a folder that can be read, got ${JSON.stringify(faults)}`;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
