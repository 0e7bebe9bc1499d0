// A purchase by clicking, in a real Chromium: a shop's page, the payment page, the issuer, and back; in three languages, and under faults.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '../src/server.ts';
import { hasBrowser, openBrowser, openShop, type Shop } from './support/browser.ts';
import { startInProcess } from './support/run-server.ts';
import { ask } from './support/seller.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SIZES = [
  ['phone', 390, 844],
  ['desktop', 1280, 800],
] as const;

describe.skipIf(!hasBrowser)('in a browser', () => {
  let server: RunningServer;
  let shop: Shop;
  let browser: Browser;
  let orders = 0;

  beforeAll(async () => {
    server = await startInProcess();
    shop = await openShop();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    shop.close();
    await server.stop();
  });

  const post = async (url: string, json: object) =>
    (await ask(url, { method: 'POST', json, headers: { 'Idempotency-Key': `k-${++orders}` } })).body;
  const api = (path: string) => `${server.upstream}/v1${path}`;
  const rule = (json: object) => post(`${server.admin}/v1/rules`, json);
  const heal = () => post(`${server.admin}/v1/heal`, { release: 'drop' });
  const enforce = (profile: string) => post(`${server.admin}/v1/profiles/${profile}/activate`, {});
  const pass = (advance: string) => post(`${server.admin}/v1/clock`, { advance });
  const happened = async (id: string): Promise<string[]> => {
    const { body } = await ask(`${server.admin}/v1/journal?kind=event&limit=100`);
    return body.data
      .filter((one: { order: string | null }) => one.order === id)
      .map((one: { happened: string }) => one.happened);
  };
  const read = async (id: string) => (await ask(api(`/orders/${id}`))).body;

  async function order(): Promise<{ id: string; payment: { redirectUrl: string } }> {
    const { body } = await ask(api('/sessions?status=on_sale&limit=1'));
    const customerRef = `buyer-${++orders}`;
    const session = body.data[0].id;
    const reservation = await post(api(`/sessions/${session}/reservations`), {
      bestAvailable: { count: 1 },
      customerRef,
    });
    const returnUrl = `${shop.url}/return?cart=7`;
    return post(api('/orders'), {
      ...{ reservationId: reservation.id, externalRef: customerRef, customer: { name: 'Ada', phone: '0912' } },
      payment: { method: 'redirect', returnUrl },
    });
  }

  async function open(options: { locale: string; width?: number; height?: number }): Promise<Page> {
    const { locale, width = 390, height = 844 } = options;
    const context = await browser.newContext({ locale, viewport: { width, height } });
    return context.newPage();
  }

  /** What axe finds wrong; the page's own policy lets no script in but a debugger's. */
  const faultsOf = async (page: Page): Promise<string[]> => {
    await page.evaluate(AXE);
    return page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } };
      return (await axe.run()).violations.map(({ id }) => id);
    });
  };

  describe.each(SIZES)('as wide as a %s', (_, width, height) => {
    test.each(['en', 'fa', 'ja'])('in %s it is bought, and the shop may lead on from its return', async (locale) => {
      const page = await open({ locale, width, height });
      const { id, payment } = await order();
      await page.goto(payment.redirectUrl);
      expect(await page.getAttribute('html', 'lang')).toBe(locale);
      expect(await faultsOf(page)).toEqual([]);
      await page.fill('#number', '4000 0025 0000 3155');
      await page.click('#pay-now');
      await page.waitForSelector('#approve');
      expect(await faultsOf(page)).toEqual([]);
      await page.click('#approve');
      await page.waitForSelector('#done');
      expect(await page.textContent('#done')).toBe('succeeded');
      expect((await post(api(`/orders/${id}/complete`), {})).status).toBe('completed');
      await page.goto(payment.redirectUrl);
      expect(await page.getAttribute('#notice', 'data-status')).toBe('succeeded');
      expect(await faultsOf(page)).toEqual([]);
      await page.context().close();
    });
  });

  test('a card that is declined says so, with the tries left', async () => {
    const page = await open({ locale: 'en' });
    await page.goto((await order()).payment.redirectUrl);
    await page.click('#card-declined');
    await page.waitForSelector('#trouble');
    expect(await page.getAttribute('#trouble', 'data-trouble')).toBe('declined');
    expect(await faultsOf(page)).toEqual([]);
    await page.click('#card-succeeds');
    await page.waitForSelector('#done');
    await page.context().close();
  });

  test('a return that is lost has charged the card, and the same page says so', async () => {
    const page = await open({ locale: 'en' });
    const { id, payment } = await order();
    await page.goto(payment.redirectUrl);
    await rule({ fault: 'lost-reply', match: { operations: ['paymentPage'], methods: ['POST'] } });
    const failed = page.waitForEvent('requestfailed');
    await page.click('#card-succeeds', { noWaitAfter: true });
    await failed;
    expect((await read(id)).status).toBe('paid');
    await heal();
    const again = await page.context().newPage(); // the other is still on its way to an error
    await again.goto(payment.redirectUrl);
    expect(await again.getAttribute('#notice', 'data-status')).toBe('succeeded');
    await page.context().close();
  });

  test('an issuer that is down takes no money, and its page is there again once it is healed', async () => {
    const page = await open({ locale: 'en' });
    const { id, payment } = await order();
    await page.goto(payment.redirectUrl);
    await rule({ fault: 'hang', match: { operations: ['threeDSecure'] } });
    await page.click('#card-challenge', { noWaitAfter: true });
    await expect.poll(async () => (await ask(`${server.admin}/v1/state`)).body.held).toBe(1);
    expect((await read(id)).payment.status).toBe('requires_action');
    await heal();
    const again = await page.context().newPage();
    await again.goto(payment.redirectUrl.replace('/pay/', '/3ds/'));
    await again.click('#approve');
    await again.waitForSelector('#done');
    expect((await read(id)).status).toBe('paid');
    await page.context().close();
  });

  test('charged, and charged again by a form that is sent twice, and still no ticket', async () => {
    const page = await open({ locale: 'en' });
    const { id, payment } = await order();
    await page.goto(payment.redirectUrl);
    await enforce('charged-but-no-ticket');
    const another = await page.context().newPage(); // whose form is the same attempt
    await another.goto(payment.redirectUrl);
    for (const tab of [page, another]) {
      await tab.click('#card-succeeds');
      await tab.waitForSelector('#done');
      expect(await tab.textContent('#done')).toBe('succeeded');
    }
    expect(await post(api(`/orders/${id}/complete`), {})).toMatchObject({ status: 'pending' });
    expect(await read(id)).toMatchObject({ status: 'completing', payment: { status: 'succeeded' } });
    expect((await happened(id)).filter((what) => what === 'captured')).toHaveLength(2);
    await heal();
    expect((await post(api(`/orders/${id}/complete`), {})).status).toBe('completed');
    await page.context().close();
  });

  test('paid too late, the buyer is told nothing, waits, and has its money back in the end', async () => {
    const page = await open({ locale: 'en' });
    const { id, payment } = await order();
    await page.goto(payment.redirectUrl);
    await enforce('paid-too-late');
    await page.click('#card-challenge');
    await page.click('#approve');
    await page.waitForSelector('#done');
    expect(await page.textContent('#done')).toBe('open');
    await page.goto(payment.redirectUrl);
    expect(await page.getAttribute('body', 'data-page')).toBe('waiting');
    expect(await faultsOf(page)).toEqual([]);
    await pass('15m');
    expect(await read(id)).toMatchObject({ status: 'expired', payment: { status: 'processing' } });
    await page.reload();
    expect(await page.getAttribute('body', 'data-page')).toBe('waiting');
    await pass('30s');
    await page.reload();
    expect(await page.getAttribute('#notice', 'data-status')).toBe('refunded');
    expect((await read(id)).status).toBe('refunded');
    expect(await faultsOf(page)).toEqual([]);
    await heal();
    await page.context().close();
  });
});
