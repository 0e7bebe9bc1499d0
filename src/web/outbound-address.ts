// Which addresses a call from here may reach: link-local and metadata ones never, private ones only where they are listed.
import { BlockList, isIP } from 'node:net';

/** `never`: link-local, where clouds keep their metadata, and what is no address of a host. */
export type AddressClass = 'loopback' | 'private' | 'public' | 'never';

function blockList(v4: readonly [string, number][], v6: readonly [string, number][]): BlockList {
  const list = new BlockList();
  for (const [net, bits] of v4) list.addSubnet(net, bits, 'ipv4');
  for (const [net, bits] of v6) list.addSubnet(net, bits, 'ipv6');
  return list;
}

/** Also metadata services that stand elsewhere, and addresses that carry an IPv4 one to which a gateway would lead. */
const NEVER = blockList(
  [
    ['169.254.0.0', 16],
    ['0.0.0.0', 8],
    ['100.100.100.200', 32], // metadata of Alibaba Cloud
    ['192.0.0.192', 32], // metadata of Oracle Cloud
    ['224.0.0.0', 3],
  ],
  [
    ['fe80::', 10],
    ['fd00:ec2::254', 128], // metadata of AWS
    ['fd20:ce::254', 128], // metadata of Google Cloud
    ['::', 128],
    ['ff00::', 8],
    ['64:ff9b::', 96],
    ['64:ff9b:1::', 48],
    ['2002::', 16],
    ['2001::', 32],
  ],
);
const LOOPBACK = blockList([['127.0.0.0', 8]], [['::1', 128]]);
/** RFC 1918, RFC 6598, benchmarks, and unique local and site-local addresses. */
const PRIVATE = blockList(
  [
    ['10.0.0.0', 8],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
    ['100.64.0.0', 10],
    ['192.0.0.0', 24],
    ['198.18.0.0', 15],
  ],
  [
    ['fc00::', 7],
    ['fec0::', 10],
  ],
);

/** A mapped IPv4 address is the address that it maps; what is no address is `never`. */
export function classOf(address: string): AddressClass {
  const bare = address.replace(/%.*$/, '');
  const family = isIP(bare);
  if (family === 0) return 'never';
  const [plain, type] = unmapped(bare, family);
  if (NEVER.check(plain, type)) return 'never';
  if (LOOPBACK.check(plain, type)) return 'loopback';
  return PRIVATE.check(plain, type) ? 'private' : 'public';
}

/** No host has one of these: none at all, and those of many at once. */
const NOBODY = blockList(
  [
    ['0.0.0.0', 8],
    ['224.0.0.0', 3],
  ],
  [
    ['::', 128],
    ['ff00::', 8],
  ],
);

/** What an address is that is never called. */
export function neverWords(address: string): string {
  const bare = address.replace(/%.*$/, '');
  const family = isIP(bare);
  if (family === 0) return 'no address';
  return NOBODY.check(...unmapped(bare, family))
    ? 'the address of no host (this machine is 127.0.0.1 or localhost)'
    : 'link-local or of a metadata service, or leads to one';
}

export const isAddress = (text: string): boolean => isIP(text) !== 0;

/** `::ffff:a9fe:a9fe`, and the deprecated `::a9fe:a9fe`, are 169.254.169.254. */
function unmapped(address: string, family: number): readonly [string, 'ipv4' | 'ipv6'] {
  if (family === 4) return [address, 'ipv4'];
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [, high, low] = /^::(?:ffff:)?([\da-f]{1,4}):([\da-f]{1,4})$/.exec(canonical) ?? [];
  if (high === undefined || low === undefined) return [address, 'ipv6'];
  const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [[a >> 8, a & 255, b >> 8, b & 255].join('.'), 'ipv4'];
}
