// The journal in a real browser: filters that can be linked, the live tail, and one exchange in full.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdminClient } from '../../../src/sdk/admin-client.ts';
import { hasBrowser, openBrowser } from '../../support/browser.ts';
import { isWiderThanScreen, openPage, startWithPage, violationsOn } from '../../support/open-page.ts';
import { ask } from '../../support/seller.ts';

describe.skipIf(!hasBrowser)('the journal', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  async function opened(hash = '#/journal', said: string[] = []) {
    const server = await startWithPage();
    const admin = createAdminClient({ url: server.admin });
    const sell = (client: string, path = '/v1/sessions') =>
      ask(server.upstream + path, { headers: { 'X-Api-Key': client } });
    await admin.addRule({ fault: 'error-status', id: 'storm', match: { clients: ['north'] } });
    await sell('north');
    await sell('south');
    const page = await openPage(browser, { url: server.admin, hash, said });
    await page.getByRole('row').nth(1).waitFor();
    return { server, admin, sell, page, said };
  }

  test('a filter goes into the address, and an address is a filter', async () => {
    const { page, server } = await opened();
    expect(await page.locator('.entries tbody tr').count()).toBe(2);
    await page.getByLabel('Client', { exact: true }).fill('north');
    await page.getByRole('button', { name: 'Show' }).click();
    await expect.poll(() => page.locator('.entries tbody tr').count()).toBe(1);
    expect(new URL(page.url()).hash).toBe('#/journal?client=north');
    const other = await openPage(browser, { url: server.admin, hash: '#/journal?rule=storm&status=5xx' });
    await other.getByRole('cell', { name: 'north' }).waitFor();
    expect(await other.locator('.entries tbody tr').count()).toBe(1);
    await page.goto(`${server.admin}/#/journal?operation=listSesions`);
    await page.getByRole('alert').getByText('listSessions').waitFor();
    expect(await page.getByRole('button', { name: 'All clear' }).isVisible()).toBe(true);
  });

  test('the list stands still until it is asked to follow, and again when it is paused', async () => {
    const { page, sell } = await opened('#/journal?client=south');
    await sell('south');
    expect(await page.locator('.entries tbody tr').count()).toBe(1);
    await page.getByRole('button', { name: 'Follow' }).click();
    await expect.poll(() => page.locator('.entries tbody tr').count()).toBe(2);
    await page.getByText('all that arrives is shown').waitFor();
    await sell('south');
    await expect.poll(() => page.locator('.entries tbody tr').count()).toBe(3);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('stands still').waitFor();
  });

  test('one exchange tells what was decided, drawn and sent, by its request ID too', async () => {
    const said: string[] = [];
    const { page, admin, server } = await opened('#/journal?client=north', said);
    await page.locator('.entries tbody a').first().click();
    const one = page.locator('.one');
    await one.getByRole('heading', { name: 'GET /v1/sessions' }).waitFor();
    await one.getByRole('cell', { name: 'error-status' }).waitFor();
    await one.getByRole('cell', { name: 'acted' }).waitFor();
    await one.getByText('The work was not done.').waitFor();
    expect(new URL(page.url()).hash).toMatch(/client=north&seq=\d+$/);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violationsOn(page)).toEqual([]);
    }
    const { data } = await admin.journal({ client: 'south' });
    await page.goto(`${server.admin}/#/journal?request=${data[0]?.kind === 'exchange' && data[0].requestId}`);
    await one.getByText('No rule was drawn for it.').waitFor();
    await page.goto(`${server.admin}/#/journal?request=never-seen`);
    await one.getByText('The journal does not have it').waitFor();
    await page.setViewportSize({ width: 360, height: 800 });
    expect(await isWiderThanScreen(page)).toBe(false);
    expect(said).toEqual([]);
  });
});
