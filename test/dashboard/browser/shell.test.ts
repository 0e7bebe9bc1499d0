// What stands around the panels, in a real browser: the token, All clear, and what a viewer may do.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, openBrowser } from '../../support/browser.ts';
import { openPage, startWithPage, violationsOn } from '../../support/open-page.ts';

const TOKENS = { SHOWSTOPPER_ADMIN_TOKEN: 'admin-token', SHOWSTOPPER_VIEWER_TOKEN: 'viewer-token' };

describe.skipIf(!hasBrowser)('the page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  test('a server without tokens is entered at once, and nothing is asked of another host', async () => {
    const server = await startWithPage();
    const said: string[] = [];
    const context = await browser.newContext();
    const page = await context.newPage();
    const hosts = new Set<string>();
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    page.on('console', (message) => said.push(message.text()));
    await page.goto(server.admin);
    await page.getByRole('button', { name: 'All clear' }).waitFor();
    expect([...hosts]).toEqual([new URL(server.admin).host]);
    expect(said).toEqual([]);
    await context.close();
  });

  test('a wrong token is refused in words, the right one is kept for this tab alone', async () => {
    const server = await startWithPage(TOKENS);
    const page = await openPage(browser, { url: server.admin });
    await page.getByLabel('Token').fill('guessed');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('not, or no longer, one of this server').waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await page.getByLabel('Token').fill('admin-token');
    await page.keyboard.press('Enter');
    const clear = page.getByRole('button', { name: 'All clear' });
    await clear.waitFor();
    expect(await clear.isEnabled()).toBe(true);
    await page.reload();
    await clear.waitFor();
    expect(await page.evaluate(() => ({ ...localStorage }))).toEqual({});
    const other = await openPage(browser, { url: server.admin });
    await other.getByLabel('Token').waitFor();
  });

  test('a viewer sees and cannot touch', async () => {
    const server = await startWithPage(TOKENS);
    const page = await openPage(browser, { url: server.admin });
    await page.getByLabel('Token').fill('viewer-token');
    await page.keyboard.press('Enter');
    await page.getByText('view only').waitFor();
    expect(await page.getByRole('button', { name: 'All clear' }).isDisabled()).toBe(true);
  });
});
