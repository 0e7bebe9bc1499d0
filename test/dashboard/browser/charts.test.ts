// The live charts in a real browser: faults as bands on all of them, one cursor, a pause, and no more work than once a second.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '../../../src/server.ts';
import { hasBrowser, openBrowser } from '../../support/browser.ts';
import { isWiderThanScreen, openPage, startWithPage, violationsOn } from '../../support/open-page.ts';
import { ask } from '../../support/seller.ts';

/** All but those of a queue and its servers, while capacity is off. */
const DRAWN = 6;
/** Opacity of the bands, of 255, in light and in dark. */
const LIGHT = 26;
const DARK = 36;
/** The narrowest band has more pixels, and the blurred edges of lines fewer. */
const MIN_BAND_PIXELS = 200;

const send = (url: string, json: object, method = 'POST') => ask(url, { method, json });
const arm = (server: RunningServer) =>
  send(`${server.admin}/v1/profiles/flaky-503/activate`, { match: { clients: ['kiosk'] }, as: 'bad-luck' });
const time = (page: Page) => page.locator('.time-bar time').innerText();
const headerClock = (page: Page) => page.locator('.clocks time').innerText();

/** Of each canvas, whether a band is on it: reddish, and as opaque as bands are in this light. */
const hasBand = (page: Page, opacity: number): Promise<boolean[]> =>
  page.evaluate(`[...document.querySelectorAll('.chart canvas')].map((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let at = 0; at < data.length; at += 4)
      if (data[at] > data[at + 1] + 40 && Math.abs(data[at + 3] - ${opacity}) <= 1) count++;
    return count >= ${MIN_BAND_PIXELS};
  })`);

/** Waits until a clock of the page has gone on thrice: that of its head goes on whatever the charts show. */
async function secondsGoOn(page: Page, clock = headerClock): Promise<void> {
  for (let more = 0; more < 3; more++) {
    const before = await clock(page);
    await expect.poll(() => clock(page)).not.toBe(before);
  }
}

describe.skipIf(!hasBrowser)('the charts', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  async function openCharts(server: RunningServer, options: { colorScheme?: 'dark'; width?: number } = {}) {
    const { width = 1440, ...rest } = options;
    const said: string[] = [];
    const viewport = { width, height: 900 };
    const page = await openPage(browser, { url: server.admin, hash: '#/charts', said, viewport, ...rest });
    await expect.poll(() => page.locator('.chart canvas').count()).toBe(DRAWN);
    return { page, said };
  }

  test('a fault is a band over every chart, with its name in the legend, in light and in dark', async () => {
    const server = await startWithPage();
    const { page, said } = await openCharts(server);
    await page.getByText('No fault was in force.').waitFor();
    expect(await hasBand(page, LIGHT)).not.toContain(true);
    await arm(server);
    await page.locator('.fault-legend').getByText('bad-luck').waitFor();
    expect(await page.locator('.fault-legend li').innerText()).toMatch(
      /^1 bad-luck error-status since \d\d:\d\d:\d\d$/,
    );
    await expect.poll(() => hasBand(page, LIGHT)).toEqual(Array(DRAWN).fill(true));
    expect(await violationsOn(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(() => hasBand(page, DARK)).toEqual(Array(DRAWN).fill(true));
    expect(await hasBand(page, LIGHT)).not.toContain(true);
    expect(await violationsOn(page)).toEqual([]);
    await send(`${server.admin}/v1/heal`, {});
    await page
      .locator('.fault-legend')
      .getByText(/ to \d\d:\d\d:\d\d$/)
      .waitFor();
    // that pixels are read is the test's own doing
    expect(said.filter((line) => !line.includes('getImageData'))).toEqual([]);
  });

  test('a moment pointed at on one chart is looked at on all of them, and their numbers are of it', async () => {
    const server = await startWithPage();
    const { page } = await openCharts(server);
    await arm(server);
    await page.locator('.fault-legend').getByText('bad-luck').waitFor();
    await secondsGoOn(page, time);
    await page.getByRole('button', { name: 'Pause' }).click();
    const newest = await time(page);
    const slider = page.getByRole('slider', { name: 'Look at a moment' });
    await slider.focus();
    await page.keyboard.press('Home');
    expect(await time(page)).not.toBe(newest);
    expect(await slider.getAttribute('aria-valuetext')).toBe(await time(page));
    expect(await page.locator('.fault-legend li.then').count()).toBe(0);
    const cursors = () => page.locator('.u-cursor-x').evaluateAll((all) => all.map(({ style }) => style.transform));
    const first = await cursors();
    expect([first.length, new Set(first).size]).toEqual([DRAWN, 1]);
    const over = page.locator('.u-over').nth(3);
    const box = await over.boundingBox();
    await over.hover({ position: { x: (box?.width ?? 0) - 1, y: 40 } });
    await expect.poll(() => cursors()).not.toContain(first[0]);
    expect(new Set(await cursors()).size).toBe(1);
    expect(await page.locator('.fault-legend li.then').count()).toBe(1);
  });

  test('while paused the charts stand still and the world goes on', async () => {
    const server = await startWithPage();
    const { page } = await openCharts(server);
    await page.getByRole('button', { name: 'Pause' }).click();
    const held = await time(page);
    await secondsGoOn(page);
    expect(await time(page)).toBe(held);
    await page.getByRole('button', { name: 'Go on' }).click();
    await expect.poll(() => time(page)).not.toBe(held);
  });

  test('each chart is drawn at most once a second, and not at all while nobody sees it', async () => {
    const server = await startWithPage();
    const { page } = await openCharts(server);
    await page.evaluate(`{
      const { clearRect } = CanvasRenderingContext2D.prototype;
      window.draws = { count: 0, since: performance.now() };
      CanvasRenderingContext2D.prototype.clearRect = function (...of) { window.draws.count++; return clearRect.apply(this, of); };
    }`);
    await secondsGoOn(page);
    const { count, ms } = (await page.evaluate('({ count: draws.count, ms: performance.now() - draws.since })')) as {
      count: number;
      ms: number;
    };
    expect(count).toBeGreaterThan(0);
    expect(count / DRAWN).toBeLessThanOrEqual(Math.ceil(ms / 1000) + 1);
    await page.evaluate(`{
      Object.defineProperty(document, 'hidden', { value: true, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
      draws.count = 0;
    }`);
    await secondsGoOn(page);
    expect(await page.evaluate('draws.count')).toBe(0);
    await page.evaluate(`{
      delete document.hidden;
      document.dispatchEvent(new Event('visibilitychange'));
    }`);
    await expect.poll(() => page.evaluate('draws.count')).toBeGreaterThan(0);
  });

  test('numbers stand as text beside every chart, and capacity that is off says so', async () => {
    const server = await startWithPage();
    await ask(`${server.upstream}/v1/sessions`, { headers: { 'X-Api-Key': 'kiosk' } });
    const { page } = await openCharts(server, { width: 360 });
    const requests = page.getByRole('region', { name: 'Requests a second' });
    const offered = requests.getByRole('listitem').first();
    await expect.poll(() => offered.innerText()).toMatch(/^offered\s+[\d.]+\/s/);
    await page.getByRole('region', { name: 'Queue' }).getByText('Capacity is off').waitFor();
    expect(await isWiderThanScreen(page)).toBe(false);
    await send(`${server.admin}/v1/capacity`, { servers: 2 }, 'PUT');
    await page.getByRole('region', { name: 'Queue' }).getByText('busy servers').waitFor();
    await expect.poll(() => page.locator('.chart canvas').count()).toBe(DRAWN + 2);
  });
});
