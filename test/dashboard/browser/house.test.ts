// The house in a real browser: a seat map that fills up, by status and by client.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, openBrowser } from '../../support/browser.ts';
import { isWiderThanScreen, openPage, startWithPage, violationsOn } from '../../support/open-page.ts';
import { ask } from '../../support/seller.ts';

describe.skipIf(!hasBrowser)('the house', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  test('fills up as clients reserve, each seat with its status and whose it is', async () => {
    const said: string[] = [];
    const server = await startWithPage();
    const page = await openPage(browser, { url: server.admin, hash: '#/house', said });
    const reserve = (client: string, seats: readonly string[]) =>
      ask(`${server.upstream}/v1/sessions/s1/reservations`, {
        method: 'POST',
        headers: { 'X-Api-Key': client, 'Idempotency-Key': seats.join() },
        json: { seats, customerRef: client },
      });
    await page.getByText('No seat is reserved or sold yet.').waitFor();
    await page.getByRole('link', { name: 'Show all sessions' }).click();
    await page.getByRole('link', { name: 'The Glass Orchard' }).first().click();
    await page.getByRole('img', { name: 'Seat map: 39 free, 0 reserved' }).waitFor();
    await reserve('north', ['C-4', 'C-5']);
    await reserve('south', ['D-1']);
    await page.getByRole('img', { name: 'Seat map: 36 free, 3 reserved' }).waitFor();
    const seat = page.locator('[data-seat="C-4"]');
    expect(await seat.getAttribute('class')).toContain('reserved');
    expect(await seat.locator('title').textContent()).toBe('C-4 reserved by north');
    expect(await seat.locator('text').textContent()).toBe('A');
    await page.getByRole('button', { name: 'south' }).click();
    await expect.poll(() => seat.getAttribute('class')).toContain('dim');
    await page.getByText('Seats as text').click();
    await page.getByText('D-1 reserved by south').last().waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violationsOn(page)).toEqual([]);
    }
    await page.setViewportSize({ width: 360, height: 800 });
    expect(await isWiderThanScreen(page)).toBe(false);
    await page.getByLabel('Film, hall or session').fill('s1');
    await page.getByRole('button', { name: 'Find' }).click();
    await expect.poll(() => page.locator('.pick li').count()).toBe(1);
    await page.goto(`${server.admin}/#/house?session=s99`);
    await page.getByRole('alert').getByText('no session "s99"').waitFor();
    expect(said.filter((line) => !line.includes('404'))).toEqual([]);
  });
});
