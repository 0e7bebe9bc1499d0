// Hosts that a setting allows: a name, or `*.suffix` for all below it, with a port or without.

export interface HostPattern {
  /** As a URL writes it: lower case, IDN as punycode, IPv6 in brackets; of a wildcard what follows `*`, with its dot. */
  readonly host: string;
  readonly wildcard: boolean;
  /** Any where unset. */
  readonly port?: number;
}

export const HOST_PATTERN_FORM = 'a host name or IP address, or *.SUFFIX for all below it, each with :PORT or without';

const PARTS = /^(\*\.)?(\[[\da-f:.]+\]|[^\s:/?#@[\]\\*%]+)(?::(\d{1,5}))?$/i;
const MAX_PORT = 65_535;

/** Undefined for what is none. */
export function parseHostPattern(text: string): HostPattern | undefined {
  const [, star, name, port] = PARTS.exec(text.trim()) ?? [];
  if (name === undefined || !URL.canParse(`http://${name}/`)) return undefined;
  const { hostname } = new URL(`http://${name}/`);
  const wildcard = star !== undefined;
  if (wildcard && isAddress(hostname)) return undefined;
  if (port !== undefined && (Number(port) > MAX_PORT || Number(port) < 1)) return undefined;
  return {
    host: wildcard ? `.${hostname}` : hostname,
    wildcard,
    ...(port !== undefined && { port: Number(port) }),
  };
}

/** A suffix alone does not fit its own wildcard: `*.shop.example` leaves out `shop.example`. */
export function fitsHost({ hostname, protocol, port }: URL, pattern: HostPattern): boolean {
  const named = pattern.wildcard
    ? hostname.endsWith(pattern.host) && hostname.length > pattern.host.length
    : hostname === pattern.host;
  return named && (pattern.port === undefined || pattern.port === (Number(port) || USUAL_PORTS[protocol]));
}

export const showHostPattern = ({ host, wildcard, port }: HostPattern): string =>
  `${wildcard ? '*' : ''}${host}${port === undefined ? '' : `:${port}`}`;

const USUAL_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** A URL's host that ends in a number is an IPv4 address, or no host. */
const isAddress = (hostname: string): boolean => hostname.startsWith('[') || /^\d+(\.\d+){3}$/.test(hostname);
