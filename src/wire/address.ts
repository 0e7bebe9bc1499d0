// Ranges of client addresses, as an address or in CIDR notation.
import { BlockList, isIP } from 'node:net';

/** Whether a text names an address or a range of them. */
export function isAddressRange(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

/** Whether two ranges have an address in common: then one lies within the other. */
export function rangesOverlap(one: string, other: string): boolean {
  const [ofOne = '', ofOther = ''] = [one.split('/')[0], other.split('/')[0]];
  return inRanges([one])(ofOther) || inRanges([other])(ofOne);
}

/** A test of whether an address lies in any of these ranges, all of which are ranges. */
export function inRanges(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    const type = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, type);
    else list.addSubnet(address, Number(bits), type);
  }
  return (address) => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** Where a listener can be reached from this machine: one that is bound to every address, over loopback. */
export const reachable = (host: string): string =>
  host === '0.0.0.0' || host === '::' || host === 'localhost' ? '127.0.0.1' : host;

/** An IPv4 address that came over IPv6, as IPv4. */
export function plainAddress(address = ''): string {
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
}
