// Where buyers may be sent back to: hosts of a list, or else this machine and private networks only.
import { fitsHost, type HostPattern, showHostPattern } from '../base/host-pattern.ts';

/** Undefined: only `isPrivate`. A list stands alone, and takes the place of that. */
export type ReturnHosts = readonly HostPattern[] | undefined;

export const RETURN_HOSTS_SETTING = 'SHOWSTOPPER_RETURN_HOSTS';

const PRIVATE_NAMES =
  'localhost, names without a dot, *.localhost, *.local, *.internal, *.test, and loopback and private IP addresses';

export const mayReturnTo = (url: URL, hosts: ReturnHosts): boolean =>
  hosts ? hosts.some((pattern) => fitsHost(url, pattern)) : isPrivate(url.hostname);

/** Completes "allowed are …". */
export const allowedHosts = (hosts: ReturnHosts): string =>
  hosts ? hosts.map(showHostPattern).join(', ') || 'none' : PRIVATE_NAMES;

/** As a URL writes its host, which has made one form of all ways to write an address. */
function isPrivate(hostname: string): boolean {
  if (hostname.startsWith('[')) return isPrivateV6(hostname.slice(1, -1));
  if (/^\d+(\.\d+){3}$/.test(hostname)) return isPrivateV4(hostname.split('.').map(Number));
  return /^[a-z\d_-]+$/.test(hostname) || /[^.]\.(?:localhost|local|internal|test)$/.test(hostname);
}

/** Loopback (RFC 6890) and private use (RFC 1918). */
function isPrivateV4([a = 0, b = 0]: readonly number[]): boolean {
  return a === 127 || a === 10 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168);
}

/** `::1`, unique local addresses (RFC 4193), and private IPv4 addresses mapped to IPv6. */
function isPrivateV6(address: string): boolean {
  const mapped = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(address);
  if (mapped) {
    const [high, low] = [Number.parseInt(mapped[1] ?? '', 16), Number.parseInt(mapped[2] ?? '', 16)];
    return isPrivateV4([high >> 8, high & 255, low >> 8, low & 255]);
  }
  return address === '::1' || /^f[cd][\da-f]{2}:/.test(address);
}
