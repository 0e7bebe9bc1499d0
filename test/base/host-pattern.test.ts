// Host patterns of settings: what is one, and which URLs fit it.
import { describe, expect, test } from 'vitest';
import { fitsHost, parseHostPattern, showHostPattern } from '../../src/base/host-pattern.ts';

test.each([
  ['shop.example', 'shop.example'],
  [' Shop.Example ', 'shop.example'],
  ['shop', 'shop'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['*.example', '*.example'],
  ['*.shop.example:8443', '*.shop.example:8443'],
  ['127.1:80', '127.0.0.1:80'],
  ['[::1]', '[::1]'],
  ['[2001:DB8::1]:443', '[2001:db8::1]:443'],
])('%j is read as %s', (text, shown) => {
  const pattern = parseHostPattern(text);
  expect(pattern && showHostPattern(pattern)).toBe(shown);
});

test.each([
  ...[
    '',
    '*',
    '*.',
    '*.*.example',
    'shop.*',
    'http://shop',
    'shop/x',
    'a@b',
    'shop:',
    'shop:0',
    'shop:65536',
    'shop:x',
  ],
  ...['::1', '[::1', '*.[::1]', '*.127.0.0.1', 'a b', 'a\\b', '%6c', '999.0.0.1'],
])('%j is none', (text) => expect(parseHostPattern(text)).toBeUndefined());

describe('a URL fits', () => {
  const fits = (url: string, text: string): boolean => {
    const pattern = parseHostPattern(text);
    return pattern !== undefined && fitsHost(new URL(url), pattern);
  };
  test.each([
    ['https://shop.example/', 'shop.example', true],
    ['https://SHOP.example:9/', 'shop.example', true],
    ['https://a.shop.example/', 'shop.example', false],
    ['https://a.shop.example/', '*.shop.example', true],
    ['https://a.b.shop.example/', '*.shop.example', true],
    ['https://shop.example/', '*.shop.example', false],
    ['https://evilshop.example/', '*.shop.example', false],
    ['https://.shop.example/', '*.shop.example', false],
    ['https://shop.example/', 'shop.example:443', true],
    ['http://shop.example/', 'shop.example:443', false],
    ['http://shop.example/', 'shop.example:80', true],
    ['http://shop.example:8080/', 'shop.example:8080', true],
    ['http://0x7f000001/', '127.0.0.1', true],
  ])('%s %s: %s', (url, text, fit) => expect(fits(url, text)).toBe(fit));
});
