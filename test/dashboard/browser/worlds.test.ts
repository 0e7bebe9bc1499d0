// The worlds in a real browser: made with a door of their own, entered, and deleted after one more question.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdminClient } from '../../../src/sdk/admin-client.ts';
import { hasBrowser, openBrowser } from '../../support/browser.ts';
import { isWiderThanScreen, openPage, startWithPage, violationsOn } from '../../support/open-page.ts';
import { ask } from '../../support/seller.ts';

describe.skipIf(!hasBrowser)('the worlds', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  test('one is made with a door of its own, looked at, and deleted; the default one cannot be', async () => {
    const said: string[] = [];
    const server = await startWithPage();
    const page = await openPage(browser, { url: server.admin, hash: '#/worlds', said });
    await page.getByText(server.upstream.replace('127.0.0.1', new URL(server.admin).hostname)).waitFor();
    await page.getByLabel('Name', { exact: true }).fill('team-a');
    await page.getByLabel('A door of its own').selectOption('free');
    await page.getByRole('button', { name: 'Make a world' }).click();
    await page.getByRole('status').getByText('The world team-a is there at http').waitFor();
    const { upstream } =
      (await createAdminClient({ url: server.admin }).worlds()).find(({ name }) => name === 'team-a') ?? {};
    expect((await ask(`${upstream}/v1/sessions`)).status).toBe(200);
    await expect.poll(() => page.getByRole('button', { name: /^Delete/ }).count()).toBe(1);
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole('link', { name: 'team-a' }).click();
    await page.getByLabel('World: team-a').click();
    await page.getByText('looked at').waitFor();
    await expect.poll(() => new URL(page.url()).hash).toBe('#/w/team-a/worlds');
    await page.getByRole('button', { name: 'Delete team-a' }).click();
    await page.getByRole('alertdialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Delete team-a' }).click();
    await page.getByRole('button', { name: 'Delete it' }).click();
    await expect.poll(() => new URL(page.url()).hash).toBe('#/worlds');
    await expect.poll(() => page.getByRole('button', { name: /^Delete/ }).count()).toBe(0);
    await page.setViewportSize({ width: 360, height: 800 });
    await expect.poll(() => isWiderThanScreen(page)).toBe(false);
  });

  test('a viewer sees them, and can neither make nor delete one', async () => {
    const server = await startWithPage({ SHOWSTOPPER_ADMIN_TOKEN: 'admin', SHOWSTOPPER_VIEWER_TOKEN: 'viewer' });
    await createAdminClient({ url: server.admin, token: 'admin' }).putWorld('team-a');
    const page = await openPage(browser, { url: server.admin, hash: '#/worlds' });
    await page.getByLabel('Token').fill('viewer');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'team-a' }).waitFor();
    expect(await page.getByRole('button', { name: /^Delete/ }).count()).toBe(0);
    await expect.poll(() => page.getByRole('button', { name: 'Make a world' }).isDisabled()).toBe(true);
  });
});
