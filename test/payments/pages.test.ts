// The pages of a payment: what each is answered with, and what a person, a browser test and an HTTP client find in it.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/payments/language.ts';
import { createPaymentPages, type Page } from '../../src/payments/pages.ts';
import { outcomeOf } from '../../src/payments/payment-view.ts';
import { CARD_BEHAVIOURS, TEST_CARDS } from '../../src/payments/test-cards.ts';
import { WORDS } from '../../src/payments/words/every-language.ts';
import { samplePages, sampleView } from './sample-pages.ts';

const pages = createPaymentPages();
const all = [...samplePages(pages)];
const header = ({ headers }: Page, name: string): string | undefined => headers.find(([each]) => each === name)?.[1];
const count = (body: string, pattern: RegExp): number => body.match(pattern)?.length ?? 0;

describe.each(all)('the page %s', (name, page) => {
  const { body } = page;
  const language = name.slice(0, 2) as keyof typeof WORDS;

  test('is sent so that nobody keeps, frames, leaks or misreads it', () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(body)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(Object.fromEntries(page.headers)).toEqual({
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'Content-Language': language,
      Vary: 'Accept-Language',
      'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; frame-ancestors 'none'`,
      'X-Content-Type-Options': 'nosniff',
    });
  });

  test('is whole, and needs no script and nothing from elsewhere', () => {
    expect(body).toMatch(/^<!doctype html>\n<html lang="(en|fa|ja)" dir="(ltr|rtl)">/);
    expect(body).toContain(`<html lang="${language}" dir="${WORDS[language].dir}">`);
    expect(body).toContain(WORDS[language].rehearsal.text);
    expect(body).not.toMatch(/<script|<link|<img|http-equiv|style="|\son\w+=|undefined|null|\[object/);
    expect(body.endsWith('</html>\n')).toBe(true);
  });

  test('has one main heading, ids that are there once, and a name for every field', () => {
    expect(count(body, /<h1[ >]/g)).toBe(1);
    const ids = [...body.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const visible = [...body.matchAll(/<input (?!type="hidden")id="([^"]*)"/g)].map(([, id]) => id);
    expect(visible).toHaveLength(count(body, /<input /g) - count(body, /<input type="hidden"/g));
    for (const id of visible) expect(body).toContain(`<label for="${id}">`);
    for (const [, described] of body.matchAll(/aria-(?:describedby|labelledby)="([^"]*)"/g))
      for (const id of (described ?? '').split(' ')) expect(ids).toContain(id);
    expect(count(body, /<input /g)).toBe(count(body, /<input [^>]*(?:autocomplete="off"|type="hidden")/g));
  });
});

describe.each(LANGUAGES)('in %s', (language) => {
  test('every word is used somewhere', () => {
    const shown = all
      .filter(([name]) => name.startsWith(language))
      .map(([, { body }]) => body)
      .join();
    for (const text of textsOf(WORDS[language])) expect(shown).toContain(text.replaceAll("'", '&#39;'));
  });
});

/** What is said in fixed words; `prefix` stands in titles, `ltr` in the head. */
function textsOf(words: object): string[] {
  return Object.values(words).flatMap((word) =>
    typeof word === 'string' ? [word] : typeof word === 'object' && word !== null ? textsOf(word) : [],
  );
}

describe('the payment page', () => {
  const form = pages.cardForm(sampleView('en', { attempt: 2 })).body;

  test('has the fields and buttons that are documented', () => {
    for (const name of ['number', 'expiry', 'cvc', 'name'])
      expect(form).toMatch(new RegExp(`<input id="${name}" name="${name}" type="text"`));
    expect(count(form, /<input type="hidden" name="attempt" value="2">/g)).toBe(3);
    for (const behaviour of CARD_BEHAVIOURS) {
      expect(form).toContain(`<button id="card-${behaviour}" name="card" value="${behaviour}">`);
      expect(form).toContain(TEST_CARDS[behaviour]);
    }
    expect(form).toContain('<button id="leave-now" name="leave" value="1"');
    expect(count(form, /<form [^>]*method="post" action="\/pay\/AbCdEfGhIjKlMnOpQrStUA"/g)).toBe(3);
  });

  test('shows what is paid for, by when', () => {
    for (const text of [
      'The Glass Orchard',
      'Cinema Azadi',
      'Hall 2',
      'ct-77812',
      'Pay 600,000.00\u00a0IRR',
      '12 minutes',
    ])
      expect(form).toContain(text);
    expect(form).toContain('<time datetime="2026-02-03T17:30:00Z">');
    expect(pages.cardForm(sampleView('en', { secondsLeft: undefined })).body).not.toContain('time-left"');
  });

  test('offers no way back where the shop gave none', () =>
    expect(pages.cardForm(sampleView('en', { hasWayBack: false })).body).not.toContain('<form id="leave"'));

  test.each([
    ['declined', 402],
    ['insufficient_funds', 402],
    ['authentication_failed', 402],
    ['unknown_card', 422],
    ['missing_field', 422],
  ] as const)('after %s is a %i that says so first, and beside the field', (last, status) => {
    const page = pages.cardForm(sampleView('en', { last, triesLeft: 1 }));
    const { title } = WORDS.en.trouble[last];
    expect(page.status).toBe(status);
    expect(page.body).toContain(`<title>Error: ${title}</title>`);
    expect(page.body).toMatch(
      /<main id="main">\s*<div id="trouble" class="trouble" role="alert" tabindex="-1" autofocus/,
    );
    expect(page.body).toContain('<a href="#number">');
    expect(page.body).toContain('1 try left');
    expect(page.body).toContain('aria-describedby="number-trouble number-hint" aria-invalid="true"');
    expect(page.body).toContain(`<p id="number-trouble" class="field-trouble">${title}</p>`);
  });
});

test('the 3-D Secure page says that it is a rehearsal’s, and has its three answers', () => {
  const { status, body } = pages.challenge(sampleView('en', { actionUrl: '/3ds/x' }));
  expect(status).toBe(200);
  expect(body).toContain('Rehearsal Bank');
  expect(body).toContain('Not a real bank');
  expect(body).toContain('action="/3ds/x"');
  for (const answer of ['approve', 'refuse', 'abandon'])
    expect(body).toMatch(new RegExp(`<button id="${answer}"[^>]* name="answer" value="${answer}"`));
});

test('a page of a silent issuer leads to itself and to the shop, and shows no form to pay again', () => {
  const { body } = pages.waiting(sampleView('en', { paymentStatus: 'processing' }));
  expect(body).toContain('<a id="again" class="button" href="/pay/AbCdEfGhIjKlMnOpQrStUA">');
  expect(body).toContain('name="leave"');
  expect(body).not.toMatch(/name="(?:number|card)"/);
});

describe('an ended payment', () => {
  const ended = sampleView('en', { paymentStatus: 'failed' });
  test('shows its outcome and a link back', () => {
    const { status, body } = pages.outcome(ended, { backUrl: 'http://shop.test/?a=1&b="' });
    expect(status).toBe(200);
    expect(body).toContain('<div id="notice" class="notice bad" data-status="failed">');
    expect(body).toContain(
      '<a id="back" class="button" href="http://shop.test/?a=1&amp;b=&quot;">Back to the shop</a>',
    );
    expect(pages.outcome(ended).body).toContain('You can close this page.');
  });

  test.each([
    ['expired', 410],
    ['answered', 409],
  ] as const)('refuses what is %s with %i, and still shows its outcome', (refused, status) => {
    const page = pages.outcome(ended, { refused });
    expect(page.status).toBe(status);
    expect(page.body).toContain(WORDS.en.refusals[refused].title);
    expect(page.body).toContain(WORDS.en.outcomes.failed.title);
  });

  test.each([
    ['succeeded', 'completed', 'succeeded'],
    ['succeeded', 'refund_pending', 'refund_pending'],
    ['succeeded', 'refunded', 'refunded'],
    ['refunded', 'canceled', 'refunded'],
    ['canceled', 'expired', 'canceled'],
    ['processing', 'pending_payment', undefined],
  ] as const)('that is %s, of an order that is %s, came to %s', (paymentStatus, orderStatus, outcome) =>
    expect(outcomeOf(sampleView('en', { paymentStatus, orderStatus }))).toBe(outcome),
  );

  test('is never a payment that goes on', () =>
    expect(() => pages.outcome(sampleView('en'))).toThrow('p_s-1_4f7kq2zd is requires_action, and has no outcome'));
});

test.each([
  ['unknown', 404],
  ['answered', 409],
  ['expired', 410],
  ['too_large', 413],
  ['not_a_form', 415],
] as const)('a refusal of what is %s is a %i', (name, status) => {
  expect(pages.refusal(name, { language: 'en' }).status).toBe(status);
  const page = pages.refusal(name, { language: 'en', status: 400, paymentUrl: '/pay/x' });
  expect(page.status).toBe(400);
  expect(page.body).toContain('<a id="to-payment" class="button" href="/pay/x">');
});

test('a redirect is kept by nobody and tells nobody where it comes from', () => {
  const page = pages.seeOther('http://shop.test/r');
  expect(page).toMatchObject({ status: 303, body: '' });
  expect(header(page, 'Location')).toBe('http://shop.test/r');
  expect(header(page, 'Cache-Control')).toBe('no-store');
  expect(header(page, 'Referrer-Policy')).toBe('no-referrer');
});
