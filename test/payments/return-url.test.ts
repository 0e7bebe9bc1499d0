// Buyers are sent back to allowed hosts only, with the shop's own address intact and ours signed behind it.
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseHostPattern } from '../../src/base/host-pattern.ts';
import { type Return, returnAddress, returnStatus, returnUrlMistake } from '../../src/payments/return-url.ts';

const list = (text: string) =>
  text.split(',').map((part) => {
    const pattern = parseHostPattern(part);
    if (!pattern) throw new Error(`no pattern: ${part}`);
    return pattern;
  });

describe('where no list is set, a buyer may return', () => {
  test.each([
    'http://localhost:3000/return?a=1#b',
    'http://127.0.0.1/',
    'https://shop/return',
    'http://shop.localhost',
    'http://nas.local:8080/x',
    'http://shop.internal/',
    'https://shop.test/@home',
    'http://10.1.2.3/',
    'http://172.31.0.1/',
    'http://192.168.1.1/',
    'http://[::1]:8080/',
    'http://[fd00::1]/',
    'http://[::ffff:10.0.0.1]/',
    'http://0x7f.1/',
    'http://017700000001/',
    'http://2130706433/',
    'HTTP://LOCALHOST/',
  ])('to %s', (url) => expect(returnUrlMistake(url, undefined)).toBeUndefined());

  test.each([
    'http://example.com/',
    'http://8.8.8.8/',
    'http://0x08080808/',
    'http://172.32.0.1/',
    'http://169.254.169.254/latest',
    'http://0.0.0.0/',
    'http://[2001:db8::1]/',
    'http://[fe80::1]/',
    'http://[::ffff:8.8.8.8]/',
    'http://[::]/',
    'http://localhost.example.com/',
    'http://localhost.',
    'http://127.0.0.1.example.com/',
    'http://xn--bcher-kva.example/',
    'http://test.',
  ])('not to %s, and is told by what', (url) => {
    const { host } = new URL(url);
    expect(returnUrlMistake(url, undefined)).toBe(
      `leads to ${host}, which SHOWSTOPPER_RETURN_HOSTS does not allow; allowed are localhost, names without a dot, *.localhost, *.local, *.internal, *.test, and loopback and private IP addresses`,
    );
  });
});

test.each([
  ['', 'a whole http or https URL'],
  ['/return', 'a whole http or https URL'],
  ['//localhost/', 'a whole http or https URL'],
  ['http:localhost', 'a whole http or https URL'],
  ['http:///localhost', 'a whole http or https URL'],
  ['http://%6cocalhost/', 'a whole http or https URL'],
  ['http://', 'a whole http or https URL'],
  ['http://[::1/', 'a whole http or https URL'],
  ['http://256.0.0.1/', 'a whole http or https URL'],
  ['javascript:alert(1)', 'a whole http or https URL'],
  ['ftp://localhost/', 'a whole http or https URL'],
  ['http://user@localhost/', 'user name'],
  ['http://user:secret@localhost/', 'user name'],
  ['http://@localhost/', 'user name'],
  ['http://:@localhost/', 'user name'],
  ['http://example.com\\@localhost/', 'visible ASCII'],
  ['http:/\\localhost/', 'visible ASCII'],
  ['http://loc\talhost/', 'visible ASCII'],
  ['http://localhost/\r\nSet-Cookie: a=b', 'visible ASCII'],
  [' http://localhost/', 'visible ASCII'],
  ['http://localhost/é', 'visible ASCII'],
  ['http://ｌocalhost/', 'visible ASCII'],
  [`http://localhost/${'x'.repeat(2048)}`, 'has 2065 characters; at most 2048'],
])('%j is no way back: %s', (url, why) => {
  const mistake = returnUrlMistake(url, undefined);
  expect(mistake).toContain(why);
  expect(mistake).not.toContain('secret');
});

describe('a list of hosts', () => {
  const hosts = list('shop.example,*.pay.example:8443,[2001:db8::1],203.0.113.7:80');
  test.each([
    'https://shop.example/',
    'http://shop.example:9/',
    'https://a.b.pay.example:8443/',
    'http://[2001:db8:0::1]/',
    'http://203.0.113.7/',
  ])('lets in %s', (url) => expect(returnUrlMistake(url, hosts)).toBeUndefined());
  test.each([
    'http://localhost/',
    'https://www.shop.example/',
    'https://pay.example:8443/',
    'https://a.pay.example/',
    'https://203.0.113.7/',
    'https://xpay.example:8443/',
  ])('keeps out %s', (url) =>
    expect(returnUrlMistake(url, hosts)).toContain(
      'SHOWSTOPPER_RETURN_HOSTS does not allow; allowed are shop.example, *.pay.example:8443, [2001:db8::1], 203.0.113.7:80',
    ),
  );
  test('may be empty, and then lets nobody in', () =>
    expect(returnUrlMistake('http://localhost/', [])).toContain('allowed are none'));
});

describe('whatever is accepted', () => {
  const piece = fc.constantFrom(
    ...[
      'http',
      'https',
      ':',
      '/',
      '//',
      '\\',
      '@',
      '.',
      '#',
      '?',
      '&',
      '\t',
      '\n',
      ' ',
      '%',
      '%2e',
      '[',
      ']',
      '::1',
      '::ffff:',
    ],
    ...[
      'localhost',
      'shop.test',
      'evil.example',
      'evil',
      '127.0.0.1',
      '0x7f',
      '0177',
      '1',
      '2130706433',
      '8.8.8.8',
      '10.',
      ':80',
    ],
    ...['bücher', '。', 'ｔest', 'xn--', '\u00ad', '\u200d', 'user:pw', '%00', '%40', 'fd00:', 'test'],
  );
  const anything = fc.oneof(
    fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
    fc.array(piece, { maxLength: 8 }).map((pieces) => `http://${pieces.join('')}`),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
  );
  const OURS =
    /^(?:[a-z\d_-]+|.+\.(?:localhost|local|internal|test)|127\.[\d.]+|10\.[\d.]+|192\.168\.[\d.]+|172\.(?:1[6-9]|2\d|3[01])\.[\d.]+|\[::1\]|\[f[cd][\da-f]{2}:.*\]|\[::ffff:(?:7f|a|c0a8|ac1).*\])$/;

  test('leads a browser to an allowed host, before and after we add to it', () => {
    let accepted = 0;
    fc.assert(
      fc.property(anything, (text) => {
        if (returnUrlMistake(text, undefined) !== undefined) return;
        accepted += 1;
        for (const address of [text, returnAddress({ ...RETURN, returnUrl: text })]) {
          // what a Location of our own page leads to
          const url = new URL(address, 'http://upstream.example:8080/pay/x');
          expect(url.hostname).toMatch(OURS);
          expect(url.protocol).toMatch(/^https?:$/);
          expect(url.username + url.password).toBe('');
        }
      }),
      { numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(20);
  });
});

const RETURN: Return = {
  returnUrl: 'http://shop.test/return',
  orderId: 'o_s-1_abcdefgh',
  paymentId: 'p_s-1_abcdefgh',
  status: 'succeeded',
  timestamp: 1_767_614_400,
  key: Buffer.from('0123456789abcdef01234567'),
};
const SIGNATURE = createHmac('sha256', '0123456789abcdef01234567')
  .update('o_s-1_abcdefgh.p_s-1_abcdefgh.succeeded.1767614400')
  .digest('hex');
const OURS = `order=o_s-1_abcdefgh&payment=p_s-1_abcdefgh&status=succeeded&timestamp=1767614400&signature=${SIGNATURE}`;

describe('the address to return to', () => {
  test.each([
    ['http://shop.test', `http://shop.test?${OURS}`],
    ['http://shop.test/return', `http://shop.test/return?${OURS}`],
    ['http://shop.test/return?', `http://shop.test/return?${OURS}`],
    ["http://shop.test/r?b=%20+'&a=1;c=%zz", `http://shop.test/r?b=%20+'&a=1;c=%zz&${OURS}`],
    ['http://shop.test/r?a=1&', `http://shop.test/r?a=1&${OURS}`],
    ['http://shop.test/r#/done?x=1#y', `http://shop.test/r?${OURS}#/done?x=1#y`],
    ['http://shop.test/r?a=1#top', `http://shop.test/r?a=1&${OURS}#top`],
  ])('for %s keeps all of it', (returnUrl, address) => expect(returnAddress({ ...RETURN, returnUrl })).toBe(address));

  test('has our parameters last, where the shop has some of the same name', () => {
    const returnUrl = 'http://shop.test/r?status=failed&order=mine';
    const { searchParams } = new URL(returnAddress({ ...RETURN, returnUrl }));
    expect(searchParams.getAll('status')).toEqual(['failed', 'succeeded']);
    expect(searchParams.getAll('order').at(-1)).toBe('o_s-1_abcdefgh');
  });

  test.each([
    ['created', 'open'],
    ['requires_action', 'open'],
    ['processing', 'open'],
    ['succeeded', 'succeeded'],
    ['failed', 'failed'],
    ['canceled', 'canceled'],
    ['refunded', 'canceled'],
  ] as const)('tells the status %s as %s', (status, told) => expect(returnStatus(status)).toBe(told));
});
