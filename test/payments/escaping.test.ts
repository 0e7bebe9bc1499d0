// Whatever stands in a field of a payment, no page takes it for markup.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPaymentPages } from '../../src/payments/pages.ts';
import { samplePages } from './sample-pages.ts';

const pages = createPaymentPages();

/** The page's own markup: every tag, with what its attributes hold taken out. */
const skeleton = (body: string): string[] =>
  (body.replace(/<style>[\s\S]*?<\/style>/, '').match(/<[^>]*>/g) ?? []).map((tag) => tag.replaceAll(/"[^"]*"/g, '""'));

const piece = fc.constantFrom(
  ...[
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '"',
    "'",
    '>',
    '<',
    '&',
    '</title>',
    '</style>',
    '</main>',
  ],
  ...[
    '<%',
    '%>',
    '<%=',
    '<%~',
    '{{x}}',
    '`',
    '\\',
    '\n',
    '\u2028',
    '-->',
    '<!--',
    'x',
    ' autofocus onfocus=alert(1) ',
    '&lt;',
  ],
);
const hostile = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(''));

const fields = ['actionUrl', 'paymentId', 'orderId', 'reference', 'film', 'venue', 'hall', 'currency'] as const;

test('no page has other markup for it', () => {
  const calm = [...samplePages(pages, { ...Object.fromEntries(fields.map((name) => [name, 'x'])), seats: ['x'] })];
  fc.assert(
    fc.property(fc.record(Object.fromEntries(fields.map((name) => [name, hostile]))), hostile, (texts, seat) => {
      const struck = samplePages(pages, { ...texts, seats: [seat.replaceAll('-', '')] });
      for (const [name, { body }] of calm) expect(skeleton(struck.get(name)?.body ?? '')).toEqual(skeleton(body));
    }),
    { numRuns: 40 },
  );
});

test('and each text is there, escaped', () => {
  const { body } = pages.cardForm({ ...EVIL });
  expect(body).toContain('&lt;b&gt;&quot;Tom&quot; &amp; &#39;Ann&#39;&lt;/b&gt;');
  expect(body).not.toContain('<b>');
});

const EVIL = {
  language: 'en',
  actionUrl: '/pay/x',
  paymentId: 'p',
  orderId: 'o',
  reference: 'r',
  film: `<b>"Tom" & 'Ann'</b>`,
  venue: 'v',
  hall: 'h',
  startsAt: 0,
  seats: [],
  amount: 0,
  currency: 'EUR',
  paymentStatus: 'requires_action',
  orderStatus: 'pending_payment',
  attempt: 1,
  triesLeft: 3,
  hasWayBack: false,
} as const;
