// Settings that are fine one by one and wrong together.
import { statSync } from 'node:fs';
import { formatDuration } from '../base/duration.ts';
import { RESERVED_FILES } from './open-files.ts';
import { nameOf } from './read-text.ts';
import { variableOf } from './settings.ts';
import type { Config } from './values.ts';

/** Whether only this machine can reach a listener on this host. */
export function loopback(host: string): boolean {
  const bare = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return bare === 'localhost' || bare === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(bare);
}

/** Everything wrong; none when the settings go together. */
export function contradictions(config: Config, openFiles: number): string[] {
  return [
    ...adminAccess(config),
    ...listeners(config, openFiles),
    ...clients(config),
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

function* listeners({ host, port, adminHost, adminPort, maxConnections }: Config, openFiles: number): Iterable<string> {
  const everywhere = (address: string): boolean => address === '0.0.0.0' || address === '::';
  const sameAddress = host === adminHost || everywhere(host) || everywhere(adminHost);
  if (port !== 0 && port === adminPort && sameAddress)
    yield `${nameOf('port')} and ${nameOf('adminPort')} are both ${port}; each listener needs its own`;
  const most = Math.max(1, openFiles - RESERVED_FILES);
  if (maxConnections > most)
    yield `${nameOf('maxConnections')} must be at most ${most} here, the limit of ${openFiles} open files less ${RESERVED_FILES} for admin, got ${maxConnections}; raise it with ulimit -n`;
}

function* clients({ keys, clientsMax }: Config): Iterable<string> {
  const sellers = new Set(keys?.values()).size;
  if (sellers > clientsMax)
    yield `${nameOf('clientsMax')} must be at least ${sellers}, the number of sellers with keys, got ${clientsMax}`;
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
