// The doors of a server as its settings want them: names, addresses, certificates, and where each can be reached.
import { MAIN_DOOR, TLS_DOOR } from '../base/door-names.ts';
import { urlHost } from '../base/url-host.ts';
import { doorNames } from '../config/known-doors.ts';
import type { Config } from '../config.ts';
import type { KnownNames } from '../faults/check.ts';
import type { ProcessConditions } from '../faults/fault.ts';
import type { ReadyFacts } from '../telemetry/log.ts';
import type { ClientNames } from '../upstream/client-names.ts';
import type { DoorAddress, Doors, DoorUnopened } from '../upstream/doors/doors.ts';
import { OF_THE_API } from '../upstream/operations/known-operations.ts';
import { explainListenError, urlOf } from '../web/listen.ts';
import { type Certificates, makeCertificates } from '../wire/connection/certificates.ts';
import { Secure } from '../wire/connection/secure.ts';
import { MAX_DARK_DOORS } from '../wire/door/door-conditions.ts';
import type { MaxConnections } from '../wire/door/max-connections.ts';
import type { ProcessDoors } from './process-doors.ts';
import { StartError } from './start-error.ts';

/** What a match may name. */
export const knownNames = (config: Config, clients: ClientNames): KnownNames => ({
  ...OF_THE_API,
  doors: doorNames(config),
  clients,
});

/** Those of the TLS door; undefined without one. */
export async function certificatesFor(config: Config, now: number): Promise<Certificates | undefined> {
  const { tlsPort, tlsIdentity: identity } = config;
  if (tlsPort === undefined) return undefined;
  try {
    return await makeCertificates({ hosts: hostsOf(config), now, identity });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`SHOWSTOPPER_TLS_CERT and SHOWSTOPPER_TLS_KEY cannot be used: ${reason}`);
  }
}

/** How clients call the door, as far as settings tell. */
function hostsOf({ host, publicUrl }: Config): string[] {
  const called = publicUrl === undefined ? [] : [urlHost(new URL(publicUrl))];
  return host === '0.0.0.0' || host === '::' ? called : [host, ...called];
}

/** In the order in which they open. */
export function doorAddresses(config: Config, certificates: Certificates | undefined): DoorAddress[] {
  const { host, port, doors, tlsPort = 0 } = config;
  const plain = [{ name: MAIN_DOOR, host, port }, ...doors.map((door) => ({ ...door, host }))];
  return certificates ? [...plain, { name: TLS_DOOR, host, port: tlsPort, secure: new Secure(certificates) }] : plain;
}

/** Linux leaves SYNs unanswered when a backlog is full; other systems refuse. */
export function conditionsOf(
  { tlsPort, floodMax = Number.POSITIVE_INFINITY }: Config,
  limit: MaxConnections,
  doors: () => Pick<ProcessDoors, 'floodCount' | 'toBeDark'>,
): ProcessConditions {
  return {
    tls: tlsPort !== undefined,
    darkness: process.platform === 'linux',
    floodRoom: () => Math.max(0, Math.min(floodMax - doors().floodCount, limit.room)),
    darkRoom: () => Math.max(0, MAX_DARK_DOORS - doors().toBeDark),
  };
}

/** Where the doors can be reached, as the ready line says it. */
export function doorUrls(doors: Doors, { host }: Config): Pick<ReadyFacts, 'upstream' | 'upstreamTls' | 'doors'> {
  const urls = new Map(
    doors.all.map(({ name, port }) => [name, urlOf(host, port, name === TLS_DOOR ? 'https' : 'http')]),
  );
  const { [MAIN_DOOR]: upstream = '', [TLS_DOOR]: upstreamTls, ...further } = Object.fromEntries(urls);
  return {
    upstream,
    ...(upstreamTls !== undefined && { upstreamTls }),
    ...(Object.keys(further).length > 0 && { doors: further }),
  };
}

/** Why a door cannot be opened, with the setting to change. */
export function explainUnopened({ door, address, cause }: DoorUnopened): StartError {
  const setting = { [MAIN_DOOR]: 'SHOWSTOPPER_PORT', [TLS_DOOR]: 'SHOWSTOPPER_TLS_PORT' }[door];
  const settings = { host: 'SHOWSTOPPER_HOST', port: setting ?? `${door} in SHOWSTOPPER_DOORS` };
  return new StartError(explainListenError(cause as NodeJS.ErrnoException, { ...address, settings }).message);
}
