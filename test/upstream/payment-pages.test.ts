// The payment pages over HTTP: a purchase by forms, whatever is repeated, refused or guessed, and what is kept of it.
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { SIGNING_KEY } from '../support/payment-settings.ts';
import { order, TTL_MS, testUpstream } from '../support/upstream-app.ts';

const RETURN = 'http://shop.test/return?cart=7#top';
const REDIRECT = { payment: { method: 'redirect', returnUrl: RETURN } };

/** An order by redirect, and its customer. */
async function ordered() {
  const upstream = testUpstream();
  const { ask, http } = upstream;
  const { id, ...created } = (await order(ask, ['B-1'], REDIRECT)) as { id: string; payment: { redirectUrl: string } };
  const page = new URL(created.payment.redirectUrl).pathname;
  const issuer = page.replace('/pay/', '/3ds/');
  const post = (path: string, fields: object) => http.post(path).type('form').send(fields);
  return {
    ...upstream,
    id,
    page,
    issuer,
    url: created.payment.redirectUrl,
    pay: (attempt: number, card: string) => post(page, { attempt, card }),
    answer: (attempt: number, answer: string) => post(issuer, { attempt, answer }),
    post,
    status: async () => (await ask('getOrder', { id })).body.status,
    complete: () => ask('completeOrder', { id, body: {}, headers: { 'idempotency-key': `k-${Math.random()}` } }),
  };
}

/** What a return says, where its signature is right. */
function returned(location: string): URLSearchParams {
  const url = new URL(location);
  expect(url.href.startsWith('http://shop.test/return?cart=7&order=')).toBe(true);
  expect(url.hash).toBe('#top');
  const said = ['order', 'payment', 'status', 'timestamp'].map((name) => url.searchParams.get(name)).join('.');
  expect(url.searchParams.get('signature')).toBe(createHmac('sha256', SIGNING_KEY).update(said).digest('hex'));
  return url.searchParams;
}

describe('a purchase by redirect', () => {
  test('goes from the page over the issuer back to the shop, and is completed', async () => {
    const { http, page, issuer, pay, answer, status, complete, url } = await ordered();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/pay\/[\w-]+$/);
    const shown = await http.get(page);
    expect([shown.status, shown.type]).toEqual([200, 'text/html']);
    expect(shown.headers['content-security-policy']).not.toContain('form-action');
    const asked = await pay(1, 'challenge');
    expect([asked.status, asked.headers.location]).toEqual([303, issuer]);
    expect((await http.get(issuer)).text).toContain('id="approve"');
    const back = await answer(1, 'approve');
    expect(back.status).toBe(303);
    expect(returned(back.headers.location as string).get('status')).toBe('succeeded');
    expect(await status()).toBe('paid');
    expect((await complete()).body.tickets).toHaveLength(1);
    const over = await http.get(page);
    expect([over.status, over.text.includes('data-status="succeeded"')]).toEqual([200, true]);
  });

  test('is not completed before it is paid', async () => {
    const { complete } = await ordered();
    const { status, body } = await complete();
    expect([status, body.code, body.retryable]).toEqual([402, 'payment_outstanding', true]);
  });

  test('is in the language that is asked for', async () => {
    const { http, page } = await ordered();
    const { text, headers } = await http.get(page).set('Accept-Language', 'de;q=0.9, fa-IR;q=0.8');
    expect([headers['content-language'], headers.vary]).toEqual(['fa', 'Accept-Language']);
    expect(text).toMatch(/<html[^>]* dir="rtl"/);
  });

  test('with a card that is declined comes back to the form, and fails with the third', async () => {
    const { pay, page, http, status } = await ordered();
    const declined = await pay(1, 'declined');
    expect([declined.status, declined.text.includes('data-trouble="declined"')]).toEqual([402, true]);
    expect(declined.text).toContain('name="attempt" value="2"');
    expect((await pay(2, 'insufficient_funds')).status).toBe(402);
    const failed = await pay(3, 'declined');
    expect(returned(failed.headers.location as string).get('status')).toBe('failed');
    expect((await http.get(page)).text).toContain('data-status="failed"');
    expect((await pay(4, 'succeeds')).status).toBe(409);
    expect(await status()).toBe('pending_payment');
  });

  test('refused at the issuer comes back to the form', async () => {
    const { pay, answer } = await ordered();
    await pay(1, 'challenge');
    const refused = await answer(1, 'refuse');
    expect([refused.status, refused.text.includes('data-trouble="authentication_failed"')]).toEqual([402, true]);
    expect((await answer(1, 'approve')).status).toBe(409);
  });

  test('that is left, or whose issuer is left, ends nothing', async () => {
    const { post, page, pay, answer, status } = await ordered();
    const left = await post(page, { attempt: 1, leave: 1 });
    expect(returned(left.headers.location as string).get('status')).toBe('open');
    await pay(1, 'challenge');
    const abandoned = await answer(1, 'abandon');
    expect(returned(abandoned.headers.location as string).get('status')).toBe('open');
    expect(returned((await answer(1, 'approve')).headers.location as string).get('status')).toBe('succeeded');
    expect(await status()).toBe('paid');
  });

  test('that is repeated, from the card to the answer, is charged once', async () => {
    const { pay, answer, boxOffice, issuer } = await ordered();
    for (let i = 0; i < 2; i++) expect((await pay(1, 'challenge')).headers.location).toBe(issuer);
    for (let i = 0; i < 2; i++) expect((await answer(1, 'approve')).status).toBe(303);
    expect((await pay(1, 'succeeds')).status).toBe(303);
    expect(boxOffice.invariants()).toEqual([]);
  });

  test('that has expired is 410 to who pays, and shows what became of it to who looks', async () => {
    const { http, page, pay, clock } = await ordered();
    clock.advance(TTL_MS);
    const late = await pay(1, 'succeeds');
    expect([late.status, late.text.includes('data-status="canceled"')]).toEqual([410, true]);
    expect((await http.get(page)).status).toBe(200);
  });
});

describe('what is refused', () => {
  test('a guessed URL is a page that says so', async () => {
    const { http } = await ordered();
    for (const path of ['/pay/AAAAAAAAAAAAAAAAAAAAAA', '/3ds/p_s1_abcdefgh', '/pay/x%00']) {
      const { status, type } = await http.get(path);
      expect([path, status, type]).toEqual([path, 404, 'text/html']);
    }
  });

  test('a number that is no test card, and it is not shown again', async () => {
    const { post, page, status } = await ordered();
    const { status: code, text } = await post(page, { attempt: 1, number: '5555 5555 5555 4444' });
    expect([code, text.includes('data-trouble="unknown_card"'), text.includes('5555')]).toEqual([422, true, false]);
    expect((await post(page, { attempt: 1 })).status).toBe(422);
    expect((await post(page, { attempt: 1, number: '4242-4242 42424242' })).status).toBe(303);
    expect(await status()).toBe('paid');
  });

  test('what is no form, or no attempt that can be', async () => {
    const { http, post, page, issuer } = await ordered();
    expect((await http.post(page).send({ attempt: 1, card: 'succeeds' })).status).toBe(415);
    expect((await post(page, { attempt: 1, number: 'x'.repeat(20_000) })).status).toBe(413);
    expect((await post(page, { attempt: 2, card: 'succeeds' })).status).toBe(422);
    expect((await post(page, { attempt: '1e0', card: 'succeeds' })).status).toBe(422);
    expect((await post(issuer, { attempt: 1, answer: 'perhaps' })).status).toBe(400);
  });

  test.each([
    'http://shop.example/back',
    'https://localhost@shop.example/',
    'http://169.254.169.254/latest',
    'http://localhost.evil.example/',
  ])('a way back to %s', async (returnUrl) => {
    const { ask } = testUpstream();
    const { body: reservation } = await ask('reserveSeats', { id: 's1', body: { seats: ['B-1'], customerRef: 'a' } });
    const customer = { name: 'A', phone: '0912' };
    const body = {
      reservationId: reservation.id,
      customer,
      externalRef: 'x',
      payment: { method: 'redirect', returnUrl },
    };
    const { status, body: problem } = await ask('createOrder', { body });
    expect([status, problem.errors?.[0]?.path]).toEqual([400, 'payment.returnUrl']);
  });
});
