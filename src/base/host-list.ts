// Hosts that a setting lists for calls from here: names, addresses, or `*.suffix` for every name below; each with a port or without.

export interface ListedHost {
  /** As a URL has it, lower case; an IPv6 address without brackets. */
  readonly name: string;
  /** It stands for every name that ends with `.name`, and not for the name itself. */
  readonly below: boolean;
  /** Undefined: any. */
  readonly port: number | undefined;
}

export const LISTED_HOST_FORM =
  'host names or IP addresses, each with a port or without, as shop.example.com, *.svc.cluster.local or 10.0.0.5:8080';

const FORM = /^(\*\.)?((?:\[[\da-fA-F:.]+\])|[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)(?::(\d{1,5}))?$/;

/** Undefined for what is no host. */
export function parseListedHost(text: string): ListedHost | undefined {
  const [, wildcard, host = '', digits] = FORM.exec(text) ?? [];
  const port = digits === undefined ? undefined : Number(digits);
  if (host === '' || (port !== undefined && (port < 1 || port > 65_535))) return undefined;
  if (!URL.canParse(`http://${host}/`)) return undefined;
  const name = hostNameOf(new URL(`http://${host}/`));
  if (wildcard && /^[\d.]+$|:/.test(name)) return undefined; // an address has nothing below it
  return { name, below: wildcard !== undefined, port };
}

/** Of a URL: without brackets, and without the dot that ends a name which is meant from the root. */
export const hostNameOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');

/** The port that a URL means, said or not. */
export const portOf = ({ port, protocol }: URL): number => Number(port) || (protocol === 'https:' ? 443 : 80);

/** The entry that means this URL's host and port; one that names it goes before one that stands for all below a name. */
export function listedAs(url: URL, hosts: readonly ListedHost[]): ListedHost | undefined {
  const [name, port] = [hostNameOf(url), portOf(url)];
  const meant = hosts.filter((host) => host.port === undefined || host.port === port);
  return (
    meant.find((host) => !host.below && host.name === name) ??
    meant.find((host) => host.below && name.endsWith(`.${host.name}`))
  );
}
