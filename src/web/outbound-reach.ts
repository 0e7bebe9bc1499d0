// Whether a host may be reached from here: by its name as it is listed, and by every address that the name has.
import { fitsHost, type HostPattern, showHostPattern } from '../base/host-pattern.ts';
import { urlHost } from '../base/url-host.ts';
import { classOf, isAddress, neverWords } from './outbound-address.ts';

export interface Resolved {
  readonly address: string;
  readonly family: number;
}

/** Every address that a name has. */
export type Resolve = (name: string) => Promise<readonly Resolved[]>;

export interface Reach {
  readonly hosts: readonly HostPattern[];
  /** Name of the setting that lists them. */
  readonly setting: string;
  readonly resolve: Resolve;
}

/** Of one name, so many addresses are looked at; one with more is refused. */
const MAX_ADDRESSES = 64;

/** Names below these are nobody's on the internet, so that they may have private addresses. */
const PRIVATE_ZONE = /(?:^|\.)(?:local|internal|localhost|svc|test|lan|home\.arpa)$/;

/** A name may end in the dot of the root. */
const isLocalName = (name: string): boolean => /(?:^|\.)localhost\.?$/.test(name);

/** What is wrong with a URL before any name is resolved. */
export function whyRefused(url: URL, { hosts, setting }: Omit<Reach, 'resolve'>): string | undefined {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'must be an http or https URL';
  const name = urlHost(url);
  const listed = listedAs(url, hosts);
  if (isAddress(name)) return whyNotAddress(name, name, listed, setting);
  return listed || isLocalName(name) ? undefined : unlisted(url.host, setting);
}

/** The addresses of a name, each of which was checked; rejects when one must not be reached, or there is none. */
export async function reachOf(
  name: string,
  url: URL,
  { hosts, setting, resolve }: Reach,
): Promise<readonly [Resolved, ...Resolved[]]> {
  const addresses = await resolve(isLocalName(name) ? name.replace(/\.$/, '') : name); // of which not every resolver knows
  const [first, ...others] = addresses;
  if (!first) throw new Error(`${name} has no address`);
  if (addresses.length > MAX_ADDRESSES)
    throw new Error(`${name} has ${addresses.length} addresses, more than the ${MAX_ADDRESSES} that are looked at`);
  const listed = listedAs(url, hosts);
  for (const { address } of addresses) {
    const why = whyNotAddress(address, name, listed, setting, hosts);
    if (why !== undefined) throw new Error(why);
  }
  return [first, ...others];
}

function whyNotAddress(
  address: string,
  name: string,
  listed: HostPattern | undefined,
  setting: string,
  hosts: readonly HostPattern[] = [],
): string | undefined {
  const said = name === address ? address : `${name} has the address ${address}, which`;
  const kind = classOf(address);
  if (kind === 'never') return `${said} is ${neverWords(address)}, and never called, whatever ${setting} says`;
  if (!listed) return kind === 'loopback' ? undefined : unlisted(said, setting);
  const mayBePrivate = !listed.wildcard || PRIVATE_ZONE.test(listed.host);
  if (kind === 'public' || mayBePrivate || hosts.some((host) => urlHostOf(host) === address)) return undefined;
  return `${said} is private, and ${showHostPattern(listed)} in ${setting} does not allow private addresses; list the name itself, or the address`;
}

/** The pattern that means this host and port; one that names it goes before one that stands for all below a name. */
function listedAs(url: URL, hosts: readonly HostPattern[]): HostPattern | undefined {
  const fitting = hosts.filter((pattern) => fitsHost(url, pattern));
  return fitting.find(({ wildcard }) => !wildcard) ?? fitting[0];
}

/** An address as the resolver writes it. */
const urlHostOf = ({ host }: HostPattern): string => host.replace(/^\[(.*)\]$/, '$1');

const unlisted = (what: string, setting: string): string =>
  `${what} is neither this machine nor a host of ${setting}; add it there`;
