// The clients in a real browser: a row each, their order, the trace behind a row, and verdicts asked for only while they are seen.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '../../../src/server.ts';
import { hasBrowser, openBrowser } from '../../support/browser.ts';
import { isWiderThanScreen, openPage, startWithPage, violationsOn } from '../../support/open-page.ts';
import { ask } from '../../support/seller.ts';

const JUDGED_EVERY_MS = 10_000;
const WIDE = { width: 1440, height: 900 };

const call = (server: RunningServer, client: string) =>
  ask(`${server.upstream}/v1/sessions`, { headers: { 'X-Api-Key': client, 'X-Invocation-Id': `${client}-1` } });

async function callOften(server: RunningServer, client: string, times: number): Promise<void> {
  for (let at = 0; at < times; at++) await call(server, client);
}

/** What is asked for verdicts from here on. */
function verdictsAsked(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/v1/scorecard')) asked.push(request.url());
  });
  return asked;
}

describe.skipIf(!hasBrowser)('the clients', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  const openClients = (server: RunningServer, hash = '#/clients') =>
    openPage(browser, { url: server.admin, hash, viewport: WIDE });
  const names = (page: Page) => page.locator('tbody th').allInnerTexts();

  test('nobody yet, then a row each: by name, by what is asked for, and turned round', async () => {
    const server = await startWithPage();
    const page = await openClients(server);
    await page.getByText('No client has come yet').waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await ask(`${server.admin}/v1/rules`, {
      method: 'POST',
      json: { fault: 'error-status', match: { clients: ['kiosk'] } },
    });
    await callOften(server, 'web', 2);
    await callOften(server, 'kiosk', 8);
    await callOften(server, 'app', 5);
    await expect.poll(() => names(page)).toEqual(['app', 'kiosk', 'web']);
    const heading = page.getByRole('columnheader', { name: /^Retries/ });
    await heading.getByRole('button').focus();
    await page.keyboard.press('Enter');
    expect(await heading.getAttribute('aria-sort')).toBe('descending');
    await expect.poll(async () => (await names(page))[0]).toBe('kiosk');
    await page.keyboard.press('Enter');
    expect(await heading.getAttribute('aria-sort')).toBe('ascending');
    await expect.poll(async () => (await names(page))[2]).toBe('kiosk');
    await expect.poll(() => page.locator('tr', { hasText: 'web' }).innerText()).toContain('no data yet');
    expect(await violationsOn(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 800 });
    expect(await isWiderThanScreen(page)).toBe(false);
  });

  test('a row leads to its trace: exchanges, and criteria whose evidence is in the journal', async () => {
    const server = await startWithPage();
    await ask(`${server.admin}/v1/rules`, {
      method: 'POST',
      json: { fault: 'error-status', match: { clients: ['kiosk'] }, with: { retryAfter: '30s' } },
    });
    await callOften(server, 'kiosk', 40);
    await call(server, 'web');
    const page = await openClients(server);
    await page.locator('tr', { hasText: 'kiosk' }).getByRole('link').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'kiosk' }).waitFor();
    expect(new URL(page.url()).hash).toBe('#/clients?client=kiosk');
    const exchanges = page.getByRole('region', { name: 'Last exchanges' });
    await expect.poll(() => exchanges.locator('tbody tr').count()).toBe(30);
    expect(await exchanges.locator('tbody tr').first().innerText()).toMatch(/listSessions.*503.*error-status/s);
    const criterion = page.locator('.criteria li').filter({ has: page.getByText('retry-after', { exact: true }) });
    await criterion.waitFor();
    expect(await criterion.innerText()).toMatch(/^fail\s+retry-after/);
    const link = criterion.locator('.evidence a').first();
    expect(await link.getAttribute('href')).toBe(`#/journal?request=${await link.innerText()}`);
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole('link', { name: 'All clients' }).click();
    await page.locator('tr', { hasText: 'web' }).click();
    await page.getByRole('heading', { name: 'web' }).waitFor();
  });

  test('verdicts are asked for every ten seconds, only on this panel and only while it is seen', async () => {
    const server = await startWithPage();
    await call(server, 'web');
    const page = await openPage(browser, { url: server.admin, hash: '#/now' });
    await page.clock.install();
    const asked = verdictsAsked(page);
    const judged = page.getByText(/^judged at/);
    await page.getByRole('link', { name: 'Clients', exact: true }).click();
    await judged.waitFor();
    expect(asked).toHaveLength(1);
    await page.clock.fastForward(JUDGED_EVERY_MS);
    await expect.poll(() => asked.length).toBe(2);
    await judged.waitFor();
    await page.evaluate(`{
      Object.defineProperty(document, 'hidden', { value: true, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }`);
    await page.clock.fastForward(3 * JUDGED_EVERY_MS);
    expect(asked).toHaveLength(2);
    await page.evaluate(`{
      delete document.hidden;
      document.dispatchEvent(new Event('visibilitychange'));
    }`);
    await expect.poll(() => asked.length).toBe(3);
    await page.getByRole('link', { name: 'Charts', exact: true }).click();
    await page.getByRole('heading', { name: 'Requests a second' }).waitFor();
    await page.clock.fastForward(3 * JUDGED_EVERY_MS);
    expect(asked).toHaveLength(3);
  });

  test('a refusal while a hidden scenario plays is said in the server’s words', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hidden-'));
    mkdirSync(join(folder, 'scenarios'));
    writeFileSync(
      join(folder, 'scenarios', 'first-night.yaml'),
      'summary: Opening night.\nhidden: true\ncues:\n  - { at: 0s, activate: flaky-503 }\n  - { at: 10m, note: Curtain. }\n',
    );
    const server = await startWithPage({
      SHOWSTOPPER_FAULTS: folder,
      SHOWSTOPPER_ADMIN_TOKEN: 'admin-token',
      SHOWSTOPPER_VIEWER_TOKEN: 'viewer-token',
    });
    await ask(`${server.admin}/v1/scenarios/first-night/play`, {
      method: 'POST',
      json: {},
      headers: { Authorization: 'Bearer admin-token' },
    });
    await call(server, 'web');
    const page = await openClients(server);
    await page.getByLabel('Token').fill('viewer-token');
    await page.keyboard.press('Enter');
    await page.getByText(/^No verdicts: .*sealed until the hidden scenario has ended/).waitFor();
    expect(await names(page)).toEqual(['web']);
    await page.getByRole('link', { name: 'Charts', exact: true }).click();
    await page.locator('.fault-legend').getByText('sealed faults').waitFor();
    expect(await page.locator('body').innerText()).not.toMatch(/flaky-503|error-status/);
  });
});
