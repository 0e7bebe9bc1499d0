// Settings that are fine one by one and wrong together.
import { statSync } from 'node:fs';
import { formatDuration } from '../base/duration.ts';
import { MIN_CONNECTIONS, RESERVED_FILES } from './open-files.ts';
import type { SettingNames } from './setting-names.ts';
import type { Config } from './values.ts';

/** Whether only this machine can reach a listener on this host. */
export function loopback(host: string): boolean {
  const bare = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return bare === 'localhost' || bare === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(bare);
}

/** What is looked at, and how its settings are called. */
interface Named {
  readonly config: Config;
  readonly names: SettingNames;
}

/** What bounds the connections. */
interface Files {
  /** How many files the process may hold open. */
  readonly openFiles: number;
  /** As asked for; undefined: as many as there is room for. */
  readonly maxConnections: number | undefined;
}

/** Everything wrong; none when the settings go together. */
export function contradictions(config: Config, files: Files, names: SettingNames): string[] {
  const named = { config, names };
  return [
    ...adminAccess(named),
    ...listeners(named),
    ...worldDoors(named),
    ...descriptors(files, names),
    ...clients(named),
    ...webhooks(named),
    ...activations(named),
    ...faultsFolder(named),
  ];
}

function* adminAccess({
  config: { adminHost, adminToken, viewerToken, adminOpen },
  names: { full, short },
}: Named): Iterable<string> {
  const tokenName = `${short('adminToken')} (or ${short('adminTokenFile')})`;
  const openName = `${short('adminOpen')}=true`;
  if (!loopback(adminHost) && adminToken === undefined && !adminOpen)
    yield `${full('adminHost')} ${adminHost} lets other machines reach admin, and there is no token: set ${tokenName}, or ${openName} if everyone there may control this server`;
  if (adminOpen && adminToken !== undefined) yield `${openName} contradicts ${tokenName}; unset one of them`;
  if (viewerToken !== undefined && adminToken === undefined)
    yield `${short('viewerToken')} needs ${tokenName} too: without it, everyone may do everything`;
  if (viewerToken !== undefined && viewerToken === adminToken)
    yield `${short('viewerToken')} is the same as ${short('adminToken')}; viewers would control this server`;
}

interface Listener {
  /** The setting that gave its port. */
  readonly setting: string;
  readonly host: string;
  readonly port: number;
}

function listenersOf({ config, names: { full } }: Named): Listener[] {
  const { host, port, doors, tlsPort, adminHost, adminPort } = config;
  return [
    { setting: full('port'), host, port },
    ...doors.map((door) => ({ setting: `${door.name} in ${full('doors')}`, host, port: door.port })),
    { setting: full('tlsPort'), host, port: tlsPort ?? 0 },
    { setting: full('adminPort'), host: adminHost, port: adminPort },
  ];
}

function* listeners(named: Named): Iterable<string> {
  const all = listenersOf(named);
  const {
    config: { tlsPort, tlsIdentity },
    names: { full },
  } = named;
  for (const [index, one] of all.entries())
    for (const other of all.slice(index + 1))
      if (collide(one, other))
        yield `${one.setting} and ${other.setting} are both ${one.port}; each listener needs its own`;
  if (tlsIdentity && tlsPort === undefined)
    yield `${full('tlsCert')} and ${full('tlsKey')} are of no use without ${full('tlsPort')}; set that too`;
}

function* worldDoors(named: Named): Iterable<string> {
  const { worldPorts } = named.config;
  if (!worldPorts) return;
  const { from, to } = worldPorts;
  for (const { setting, port } of listenersOf(named))
    if (port >= from && port <= to)
      yield `${named.names.full('worldPorts')} ${from}-${to} holds ${port} of ${setting}; doors of worlds need ports of their own`;
}

function* descriptors({ openFiles, maxConnections }: Files, { full }: SettingNames): Iterable<string> {
  const most = openFiles - RESERVED_FILES;
  const least = Math.min(maxConnections ?? MIN_CONNECTIONS, MIN_CONNECTIONS);
  if (most < least)
    yield `${openFiles} open files are too few: at least ${RESERVED_FILES + least} are needed, ${RESERVED_FILES} for admin and the process itself and ${least} for connections of the upstream; raise the limit with ulimit -n 4096 (docker run --ulimit nofile=4096, systemd LimitNOFILE=4096)`;
  else if (maxConnections !== undefined && maxConnections > most)
    yield `${full('maxConnections')} must be at most ${most} here, the limit of ${openFiles} open files less ${RESERVED_FILES} for admin and the process itself, got ${maxConnections}; lower it, or raise the limit with ulimit -n ${maxConnections + RESERVED_FILES}`;
}

function collide(one: Listener, other: Listener): boolean {
  const everywhere = [one, other].some(({ host }) => host === '0.0.0.0' || host === '::');
  return one.port !== 0 && one.port === other.port && (everywhere || one.host === other.host);
}

function* clients({ config: { keys, clientsMax }, names: { full } }: Named): Iterable<string> {
  const sellers = new Set(keys?.values()).size;
  if (sellers > clientsMax)
    yield `${full('clientsMax')} must be at least ${sellers}, the number of sellers with keys, got ${clientsMax}`;
}

/** A name that no key has would never hear of anything. */
function* webhooks({
  config: { keys, webhooks: endpoints, webhookSecrets },
  names: { full, short },
}: Named): Iterable<string> {
  if (!keys) return;
  const sellers = new Set(keys.values());
  const unknown = (setting: string, clients: Iterable<string>): string[] =>
    [...new Set(clients)]
      .filter((client) => !sellers.has(client))
      .map((client) => `${setting} names ${client}, who is no seller of ${short('keys')}`);
  const named = endpoints.map(({ client }) => client);
  yield* unknown(full('webhooks'), named);
  yield* unknown(short('webhookSecrets'), webhookSecrets.keys());
}

function* activations({ config: { defaultTtlMs, maxTtlMs }, names: { full } }: Named): Iterable<string> {
  if (defaultTtlMs !== undefined && maxTtlMs !== undefined && defaultTtlMs > maxTtlMs)
    yield `${full('defaultTtl')} ${formatDuration(defaultTtlMs)} is longer than ${full('maxTtl')} ${formatDuration(maxTtlMs)}`;
}

function* faultsFolder({ config: { faults }, names: { full } }: Named): Iterable<string> {
  if (faults !== undefined && !isFolder(faults))
    yield `${full('faults')} must be a folder that can be read, got ${JSON.stringify(faults)}`;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
