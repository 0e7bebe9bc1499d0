// Where calls from here may go: by the host as it is listed, and by every address that its name has.
import { describe, expect, test } from 'vitest';
import { type HostPattern, parseHostPattern } from '../../src/base/host-pattern.ts';
import { classOf } from '../../src/web/outbound-address.ts';
import { reachOf, whyRefused } from '../../src/web/outbound-reach.ts';

const setting = 'SHOWSTOPPER_WEBHOOK_HOSTS';
const hosts = (...texts: string[]): HostPattern[] => texts.map((text) => parseHostPattern(text) as HostPattern);
const refusal = (url: string, ...listed: string[]) => whyRefused(new URL(url), { hosts: hosts(...listed), setting });

/** What comes of a name that has these addresses. */
async function reached(url: string, addresses: readonly string[], ...listed: string[]): Promise<string> {
  const resolve = async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  try {
    const found = await reachOf(new URL(url).hostname, new URL(url), { hosts: hosts(...listed), setting, resolve });
    return found.map(({ address }) => address).join(' ');
  } catch (error) {
    return (error as Error).message;
  }
}

describe('an address', () => {
  test.each([
    ['127.0.0.1', 'loopback'],
    ['127.9.9.9', 'loopback'],
    ['::1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['10.1.2.3', 'private'],
    ['172.31.0.1', 'private'],
    ['192.168.0.1', 'private'],
    ['100.64.0.1', 'private'],
    ['fd12::1', 'private'],
    ['::ffff:10.0.0.1', 'private'],
    ['::ffff:a00:1', 'private'],
    ['172.32.0.1', 'public'],
    ['93.184.216.34', 'public'],
    ['2606:4700::1', 'public'],
    ['169.254.169.254', 'never'],
    ['::ffff:169.254.169.254', 'never'],
    ['::ffff:a9fe:a9fe', 'never'],
    ['::a9fe:a9fe', 'never'],
    ['64:ff9b::a9fe:a9fe', 'never'],
    ['2002:a9fe:a9fe::1', 'never'],
    ['fe80::1', 'never'],
    ['fe80::1%eth0', 'never'],
    ['febf::1', 'never'],
    ['fd00:ec2::254', 'never'],
    ['100.100.100.200', 'never'],
    ['0.0.0.0', 'never'],
    ['::', 'never'],
    ['224.0.0.1', 'never'],
    ['255.255.255.255', 'never'],
    ['no address', 'never'],
  ])('%s is %s', (address, kind) => {
    expect(classOf(address)).toBe(kind);
  });
});

describe('a URL', () => {
  test.each([
    'http://127.0.0.1/',
    'http://[::1]:8080/',
    'http://localhost:1/',
    'http://localhost.:1/',
    'https://shop.localhost/',
    'http://2130706433/',
  ])('of this machine is fine without a list: %s', (url) => {
    expect(refusal(url)).toBeUndefined();
  });

  test.each(['http://shop.example.com/', 'http://10.0.0.5/', 'http://93.184.216.34/', 'http://[fd12::1]/'])(
    'of another is refused, with the setting that would allow it: %s',
    (url) => {
      expect(refusal(url)).toMatch(/neither this machine nor a host of SHOWSTOPPER_WEBHOOK_HOSTS; add it there/);
    },
  );

  test('is allowed by its name, by one for all below a name, and by its address; a port is heeded', () => {
    expect(refusal('http://shop.example.com/', 'shop.example.com')).toBeUndefined();
    expect(refusal('http://a.b.example.com/', '*.example.com')).toBeUndefined();
    expect(refusal('http://example.com/', '*.example.com')).toMatch(/add it there/);
    expect(refusal('http://badexample.com/', '*.example.com')).toMatch(/add it there/);
    expect(refusal('http://10.0.0.5:8080/', '10.0.0.5:8080')).toBeUndefined();
    expect(refusal('http://10.0.0.5:8081/', '10.0.0.5:8080')).toMatch(/add it there/);
    expect(refusal('https://shop.example.com/', 'shop.example.com:443')).toBeUndefined();
  });

  test.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://0xa9fea9fe/',
    'http://[::ffff:169.254.169.254]/',
    'http://[fe80::1]/',
  ])('of a link-local address is refused, whatever is listed: %s', (url) => {
    const { host } = new URL(url);
    expect(refusal(url, host)).toMatch(/link-local .* never called, whatever SHOWSTOPPER_WEBHOOK_HOSTS says/);
  });

  test.each(['http://0.0.0.0:3000/', 'http://[::]/', 'http://224.0.0.1/'])(
    'of no host is refused as such: %s',
    (url) => {
      expect(refusal(url)).toMatch(
        /is the address of no host \(this machine is 127\.0\.0\.1 or localhost\), and never/,
      );
    },
  );

  test.each(['file:///etc/passwd', 'ftp://127.0.0.1/', 'gopher://127.0.0.1/'])(
    'of another kind is refused: %s',
    (url) => {
      expect(refusal(url)).toBe('must be an http or https URL');
    },
  );
});

describe('a name', () => {
  const shop = 'http://shop.example.com/';

  test('is called at its addresses, also private ones where it is listed itself', async () => {
    expect(await reached(shop, ['93.184.216.34'], 'shop.example.com')).toBe('93.184.216.34');
    expect(await reached(shop, ['10.0.0.1'], 'shop.example.com')).toBe('10.0.0.1');
    expect(await reached('http://shop.svc.cluster.local/', ['10.0.0.1'], '*.svc.cluster.local')).toBe('10.0.0.1');
  });

  test('below a listed one on the internet has no private address, unless that is listed too', async () => {
    expect(await reached(shop, ['10.0.0.1'], '*.example.com')).toMatch(
      /shop.example.com has the address 10.0.0.1, which is private, and \*.example.com in SHOWSTOPPER_WEBHOOK_HOSTS/,
    );
    expect(await reached(shop, ['127.0.0.1'], '*.example.com')).toMatch(/which is private/);
    expect(await reached(shop, ['::ffff:10.0.0.1'], '*.example.com')).toMatch(/which is private/);
    expect(await reached(shop, ['10.0.0.1'], '*.example.com', '10.0.0.1')).toBe('10.0.0.1');
  });

  test('of two addresses of which one may not be called is not called at all', async () => {
    for (const bad of ['169.254.169.254', '::ffff:a9fe:a9fe', 'fe80::1'])
      for (const both of [
        ['93.184.216.34', bad],
        [bad, '93.184.216.34'],
      ])
        expect(await reached(shop, both, 'shop.example.com')).toMatch(/never called/);
  });

  test('of this machine that has the address of another is not called', async () => {
    expect(await reached('http://x.localhost/', ['10.0.0.1'])).toMatch(/neither this machine nor a host of/);
    expect(await reached('http://x.localhost/', ['127.0.0.1'])).toBe('127.0.0.1');
    const asked: string[] = [];
    const resolve = async (name: string) => {
      asked.push(name);
      return [{ address: '127.0.0.1', family: 4 }];
    };
    await reachOf('localhost.', new URL('http://localhost./'), { hosts: [], setting, resolve });
    expect(asked).toEqual(['localhost']);
  });

  test('without an address, or with too many, is not called', async () => {
    expect(await reached(shop, [], 'shop.example.com')).toMatch(/has no address/);
    expect(await reached(shop, Array(65).fill('93.184.216.34'), 'shop.example.com')).toMatch(/has 65 addresses/);
  });
});
