// Incident B with a real browser beside it: the busy page, 503, a cut on the next click, and the purchase that goes through in the end.
import type { Browser, BrowserContext, Page, Request, Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AdminClient, createAdminClient } from '../src/sdk/admin-client.ts';
import type { RunningServer } from '../src/server.ts';
import { hasBrowser, openBrowser, openShop, type Shop } from './support/browser.ts';
import { startInProcess } from './support/run-server.ts';
import { shopSite } from './support/shop-site.ts';

/** What a buyer clicks, from the top page to the ticket, and what each click leads to. */
const CLICKS = [
  ['#session', 'performance'],
  ['#seats', 'seat selection'],
  ['#buy', 'payment form'],
  ['#card-challenge', 'issuer'],
  ['#approve', 'ticket'],
] as const;
const TICKET = '#purchase';
/** By one name in every run, since what a rule draws for an order depends on its words. */
const SHOP = 'http://shop.test';
/** Draws that let a buyer be cut at the seats, at the order, and at the card form in turn; by others it takes fifty tries. */
const SEED = 31;
/** One try in twenty-five is cut right at the card form, were it by chance alone. */
const MAX_TRIES = 150;
const STORY_MS = 120_000;

/** How one try ended, and where. */
interface Try {
  readonly at: 'top' | (typeof CLICKS)[number][1];
  /** `busy`: a page that says so · `cut`: no answer · `ticket`: bought · or a status. */
  readonly saw: string;
}

type Shown = { readonly status: number } | 'cut';

/** What comes of a navigation: the first of a failed request and a page. */
function shownBy(page: Page, act: () => Promise<unknown>): Promise<Shown> {
  return new Promise((resolve) => {
    let status = 0;
    const noted = (response: Response): void => {
      if (response.request().isNavigationRequest()) status = response.status();
    };
    const failed = (request: Request): void => {
      if (request.isNavigationRequest()) over('cut');
    };
    const loaded = (): void => over({ status });
    const over = (shown: Shown): void => {
      page.off('response', noted).off('requestfailed', failed).off('domcontentloaded', loaded);
      resolve(shown);
    };
    page.on('response', noted).on('requestfailed', failed).on('domcontentloaded', loaded);
    act().catch(() => over('cut'));
  });
}

/** From the top, as everybody must after a cut, on a page of its own. */
async function tryToBuy(buyer: BrowserContext, url: string): Promise<Try> {
  const page = await buyer.newPage();
  try {
    let at: Try['at'] = 'top';
    let shown = await shownBy(page, () => page.goto(url));
    for (const [button, leadsTo] of CLICKS) {
      if (shown === 'cut' || (await page.locator(button).count()) === 0) return { at, saw: await seen(page, shown) };
      at = leadsTo;
      shown = await shownBy(page, () => page.click(button, { noWaitAfter: true }));
    }
    const bought = shown !== 'cut' && (await page.locator(TICKET).count()) > 0;
    return { at, saw: bought ? `${await page.textContent(TICKET)}` : await seen(page, shown) };
  } finally {
    await page.close();
  }
}

async function seen(page: Page, shown: Shown): Promise<string> {
  if (shown === 'cut') return shown;
  return /very busy/i.test((await page.textContent('body')) ?? '') ? 'busy' : `${shown.status}`;
}

describe.skipIf(!hasBrowser)('incident B', () => {
  let server: RunningServer;
  let admin: AdminClient;
  let shop: Shop;
  let browser: Browser;
  let buyer: BrowserContext;

  beforeAll(async () => {
    server = await startInProcess();
    admin = createAdminClient({ url: server.admin });
    shop = await openShop(shopSite({ upstream: server.upstream, url: SHOP }));
    browser = await openBrowser({ [new URL(SHOP).host]: new URL(shop.url).host });
    buyer = await browser.newContext({ locale: 'en', viewport: { width: 390, height: 844 } });
  });
  afterAll(async () => {
    await browser.close();
    shop.close();
    await server.stop();
  });

  const once = (): Promise<Try> => tryToBuy(buyer, SHOP);

  /** Again and again from the top, until a try ends so. */
  async function until(isIt: (one: Try) => boolean): Promise<Try[]> {
    const tries: Try[] = [];
    while (tries.length < MAX_TRIES) {
      const one = await once();
      tries.push(one);
      if (isIt(one)) return tries;
    }
    throw new Error(`in vain: ${JSON.stringify(tries)}`);
  }

  test(
    'as its buyer lives it: not one page, then 503, then cut on the next click, then at the payment form, then a ticket',
    async () => {
      // time stands still while the buyer tries; only what the browser asks for twice by itself differs from run to run
      await admin.playScenario('stage-tickets', { seed: SEED, paused: true });
      await admin.seekPlayback('1m');
      expect(await once()).toEqual({ at: 'top', saw: 'busy' });
      await admin.seekPlayback('40m');
      expect(await once()).toEqual({ at: 'top', saw: 'busy' });
      await admin.seekPlayback('1h10m');
      expect(await once()).toEqual({ at: 'top', saw: '503' });

      await admin.seekPlayback('2h35m');
      const early = await until(({ at, saw }) => at === 'performance' && saw === 'cut');
      expect(early.filter(({ at }) => at === 'top' || at === 'ticket')).toEqual([]);

      await admin.seekPlayback('3h25m');
      const late = await until(({ at, saw }) => at === 'issuer' && saw === 'cut');
      expect(late.filter(({ at }) => at === 'top' || at === 'performance')).toEqual([]);
      const { free, sold } = (await admin.state()).boxOffice;
      expect(free, 'seats are plentiful').toBeGreaterThan(sold);

      await admin.seekPlayback('3h31m');
      expect(await once()).toEqual({ at: 'ticket', saw: 'completed' });
      expect((await admin.playback()).failures).toBe(0);
      process.stdout.write(`incident B: ${late.map(({ at, saw }) => `${saw} at ${at}`).join(', ')}\n`);
    },
    STORY_MS,
  );
});
