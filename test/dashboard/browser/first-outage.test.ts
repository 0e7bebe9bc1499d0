// Somebody who has read nothing opens the page, breaks the seat map for one client for two minutes, watches it, and heals it.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { hasBrowser, openBrowser } from '../../support/browser.ts';
import { isWiderThanScreen, openPage, startWithPage, violationsOn } from '../../support/open-page.ts';
import { ask } from '../../support/seller.ts';
import { ROOT } from '../../support/shipped.ts';

/** Where the pictures of the documentation are; `SHOWSTOPPER_PICTURES=1` takes them anew. */
const PICTURES = join(ROOT, 'docs/images');

async function picture(page: Page, name: string): Promise<void> {
  if (process.env.SHOWSTOPPER_PICTURES === undefined) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

interface Shop {
  readonly name: string;
  /** Of its last seat map; null where it gave up. */
  readonly last: number | null | undefined;
}

/** Asks for a seat map again and again, one at a time, and gives up after five seconds. */
function openShop(upstream: string, session: string, name: string): Shop {
  const shop: { name: string; last: Shop['last'] } = { name, last: undefined };
  let isOpen = true;
  onTestFinished(() => {
    isOpen = false;
  });
  const look = async (): Promise<void> => {
    while (isOpen)
      shop.last = await fetch(`${upstream}/v1/sessions/${session}/seat-map`, {
        headers: { 'X-Api-Key': name },
        signal: AbortSignal.timeout(5000),
      })
        .then(async (answer) => {
          await answer.arrayBuffer();
          return answer.status;
        })
        .catch(() => null);
  };
  void look();
  return shop;
}

describe.skipIf(!hasBrowser)('the first outage', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  test('is made, watched and ended on the page alone', async () => {
    const server = await startWithPage();
    const page = await openPage(browser, { url: server.admin, viewport: { width: 1440, height: 900 } });
    await page.getByText(`curl -H 'X-Api-Key: my-shop' ${server.upstream}/v1/sessions`).waitFor();
    expect(await violationsOn(page)).toEqual([]);

    const { body } = await ask(`${server.upstream}/v1/sessions?status=on_sale&limit=1`);
    await page.getByText('The first request is here').waitFor();
    const session = (body as { data: { id: string }[] }).data[0]?.id ?? '';
    const [mine, other] = [
      openShop(server.upstream, session, 'my-shop'),
      openShop(server.upstream, session, 'another-shop'),
    ];
    await expect.poll(() => [mine.last, other.last]).toEqual([200, 200]);

    await page.getByRole('link', { name: 'Arm a profile' }).click();
    await page.getByRole('link', { name: /The seat map fails/ }).click();
    await page.getByRole('checkbox', { name: 'my-shop' }).check();
    await page.getByText(/seat-map-outage on .* for my-shop, .* for 2 minutes/).waitFor();
    await picture(page, 'shelf');
    await page.getByRole('button', { name: 'Arm', exact: true }).click();
    await expect.poll(() => mine.last).not.toBe(200);
    await page.getByRole('link', { name: 'Watch it on Now' }).last().click();

    const chip = page.locator('.chip', { hasText: 'seat-map-outage' });
    await chip.getByText(/^1:\d\d left$/).waitFor();
    await chip.getByText('@my-shop').first().waitFor();
    await expect
      .poll(() =>
        chip
          .getByText(/acted \d/)
          .first()
          .textContent(),
      )
      .toMatch(/acted [1-9]/);
    await expect.poll(() => other.last).toBe(200);
    expect(await violationsOn(page)).toEqual([]);
    await picture(page, 'now');

    await page.getByRole('button', { name: 'All clear' }).click();
    await page.getByRole('button', { name: 'Heal now' }).click();
    await page.getByText(/^All clear in /).waitFor();
    await page.getByText('Nothing is broken.').waitFor();
    await expect.poll(() => mine.last).toBe(200);
  });

  test.each([
    ['a phone', 390, 844, 'light'],
    ['a phone in the dark', 390, 844, 'dark'],
    ['a desk in the dark', 1440, 900, 'dark'],
    ['a projector', 1920, 1080, 'light'],
  ] as const)('every panel fits on %s, and axe finds nothing on it', async (_, width, height, colorScheme) => {
    const server = await startWithPage();
    const said: string[] = [];
    const page = await openPage(browser, { url: server.admin, viewport: { width, height }, colorScheme, said });
    const bar = page.locator('nav.panels');
    await bar.waitFor();
    for (const name of await bar.locator('> a').allTextContents()) {
      await bar.getByRole('link', { name, exact: true }).click();
      await page.locator('main h1').filter({ hasText: name }).waitFor({ state: 'attached' });
      expect([name, await violationsOn(page), await isWiderThanScreen(page)]).toEqual([name, [], false]);
    }
    expect(said).toEqual([]);
  });
});
