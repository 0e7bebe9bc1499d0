// The shelf in a real browser: somebody new breaks the seat map for one client, and what is armed, played and written does what was said.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdminClient } from '../../../src/sdk/admin-client.ts';
import { hasBrowser, openBrowser } from '../../support/browser.ts';
import { isWiderThanScreen, openPage, startWithPage, violationsOn } from '../../support/open-page.ts';

describe.skipIf(!hasBrowser)('the shelf', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();

  test('by keyboard alone a profile is found, armed and ended', async () => {
    const server = await startWithPage();
    const page = await openPage(browser, { url: server.admin, hash: '#/shelf' });
    await page.getByRole('searchbox').focus();
    await page.keyboard.type('nothing else is wrong');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'seat-map-outage' }).and(page.locator(':focus')).waitFor();
    await page.getByLabel('Others, by name or key').focus();
    await page.keyboard.type('kiosk');
    await page.keyboard.press('Enter');
    await page.getByText('seat-map-outage is in force').waitFor();
    expect((await createAdminClient({ url: server.admin }).activations())[0]?.match).toEqual({ clients: ['kiosk'] });
    await page.getByRole('button', { name: 'End it' }).press('Enter');
    await page.getByText('seat-map-outage has ended.').waitFor();
    expect(await createAdminClient({ url: server.admin }).activations()).toEqual([]);
  });

  test('what the server refuses stands in its words beside the field, which is gone to', async () => {
    const server = await startWithPage();
    const page = await openPage(browser, { url: server.admin, hash: '#/shelf?profile=upstream-hang' });
    const ttl = page.getByLabel('Time to live');
    await ttl.fill('soon');
    await press(page, 'Arm');
    await page.getByText(/^must be a duration such as .* got "soon"$/).waitFor();
    await ttl.and(page.locator(':focus[aria-invalid="true"]')).waitFor();
    await ttl.fill('2m');
    await page.getByText('More', { exact: true }).click();
    await page.getByLabel('Name', { exact: true }).fill('a b');
    await press(page, 'Arm');
    await page.getByText(/^must be 1 to 63 letters, digits/).waitFor();
    expect(await violationsOn(page)).toEqual([]);
    expect(await createAdminClient({ url: server.admin }).activations()).toEqual([]);
  });

  test('a rule is made by the schema of its kind, and its mistakes stand beside the parameters', async () => {
    const server = await startWithPage();
    const page = await openPage(browser, { url: server.admin, hash: '#/shelf?show=rule&kind=latency' });
    const uniform = page.getByRole('group', { name: 'uniform' });
    await uniform.getByLabel('give it').check();
    await uniform.getByLabel('min').fill('10ms');
    await press(page, 'Put in force');
    await uniform.getByText(/^is missing: it must be a duration/).waitFor();
    await uniform.getByLabel('max').fill('20ms');
    await page.getByLabel('getSeatMap', { exact: true }).check();
    await page.getByLabel('Share', { exact: true }).fill('50');
    await press(page, 'Put in force');
    await page.getByText(/^rule\/1 is in force, until/).waitFor();
    expect(await createAdminClient({ url: server.admin }).rules()).toMatchObject([
      {
        ...{ fault: 'latency', with: { uniform: { min: '10ms', max: '20ms' } }, share: 0.5, ttl: '2m' },
        match: { operations: ['getSeatMap'] },
      },
    ]);
    expect(await violationsOn(page)).toEqual([]);
  });

  test('a scenario is played at the speed that was said, and a second one is refused with its reason', async () => {
    const server = await startWithPage();
    const page = await openPage(browser, { url: server.admin, hash: '#/shelf?show=scenarios' });
    await page.getByRole('link', { name: /rolling-restart/ }).click();
    await page.getByLabel('Speed').fill('60');
    await page.getByLabel('Begin paused').check();
    await page.getByText(/^rolling-restart at 60×: .* paused at its beginning$/).waitFor();
    await press(page, 'Play');
    await page.getByText('rolling-restart has begun.').waitFor();
    expect(await createAdminClient({ url: server.admin }).playback()).toMatchObject({
      ...{ scenario: 'rolling-restart', status: 'paused', speed: 60 },
    });
    await page.getByRole('link', { name: /slow-brown-out/ }).click();
    await page.getByText('Only one scenario plays at a time').waitFor();
    await press(page, 'Play');
    await page.getByText('rolling-restart is paused; stop it first').waitFor();
    expect(await violationsOn(page)).toEqual([]);
  });

  test.each([
    ['a phone', 360, 740],
    ['a projector', 1920, 1080],
  ])('on %s nothing is wider than the screen', async (_, width, height) => {
    const server = await startWithPage();
    const page = await openPage(browser, { url: server.admin, viewport: { width, height } });
    for (const hash of ['', '?profile=webhook-storm', '?show=rule&kind=latency', '?show=write', '?show=scenarios']) {
      await page.goto(`${server.admin}/#/shelf${hash}`);
      await page.locator('.shelf .card').first().waitFor();
      expect([hash, await isWiderThanScreen(page)]).toEqual([hash, false]);
    }
  });
});
