// A connection that breaks, falls silent or comes back, and a server whose clock goes wrong, in a real browser.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, openBrowser } from '../../support/browser.ts';
import { openFakeAdmin, stateOf } from '../../support/fake-admin.ts';
import { openPage, startWithPage } from '../../support/open-page.ts';
import { ruleOf, summaryAt } from '../../support/summaries.ts';

const HOUR_MS = 3_600_000;
const isLive = (page: Page) => page.getByText('live', { exact: true }).waitFor();
const streamsOf = (asked: readonly string[]): number => asked.filter((one) => one.includes('/v1/events')).length;

describe.skipIf(!hasBrowser)('the connection', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  test('a server that restarts is lost in words and greyed, and found again without a hand', async () => {
    const first = await startWithPage();
    const page = await openPage(browser, { url: first.admin });
    await isLive(page);
    await first.stop();
    await page.getByText('trying again').waitFor();
    await page.locator('.now.old').waitFor();
    const { port } = new URL(first.admin);
    await startWithPage({ SHOWSTOPPER_ADMIN_PORT: port, SHOWSTOPPER_ADMIN_TOKEN: '' });
    await isLive(page);
    await page.locator('.now:not(.old)').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('one that comes back with tokens asks for one', async () => {
    const first = await startWithPage();
    const page = await openPage(browser, { url: first.admin });
    await isLive(page);
    await first.stop();
    await startWithPage({ SHOWSTOPPER_ADMIN_PORT: new URL(first.admin).port, SHOWSTOPPER_ADMIN_TOKEN: 'new-token' });
    await page.getByLabel('Token').fill('new-token');
    await page.keyboard.press('Enter');
    await isLive(page);
  });

  const figures = () => ({
    ...summaryAt(0, { totals: { arrived: 1 } }),
    ...{ at: new Date().toISOString(), seq: Date.now() },
  });

  test('silence is said and greyed on every screen after 3 s', async () => {
    const admin = await openFakeAdmin();
    const pages = await Promise.all(
      ['now', 'presenter', 'participants'].map((panel) => openPage(browser, { url: admin.url, hash: `#/${panel}` })),
    );
    admin.tellAgain('summary', figures);
    await Promise.all(pages.map(isLive));
    admin.fallSilent();
    for (const page of pages) {
      await page.getByText('nothing heard for').waitFor();
      await page.locator(':is(.now, .view).old').waitFor();
    }
  });

  test('a stream that stands and says nothing for 10 s is begun anew', async () => {
    const admin = await openFakeAdmin();
    const page = await openPage(browser, { url: admin.url });
    admin.tellAgain('summary', figures);
    await isLive(page);
    admin.fallSilent();
    await expect.poll(() => streamsOf(admin.asked)).toBe(2);
    admin.tellAgain('summary', figures);
    await isLive(page);
    await page.locator('.old').waitFor({ state: 'detached' });
  });

  test.for([
    ['ahead', 2 * HOUR_MS],
    ['behind', -2 * HOUR_MS],
  ] as const)('a clock two hours %s leaves every countdown as it is', async ([, offMs]) => {
    const admin = await openFakeAdmin();
    const page = await openPage(browser, { url: admin.url });
    const inMs = (ms: number): string => new Date(Date.now() + offMs + ms).toISOString();
    const [since, expiresAt] = [inMs(0), inMs(110_000)];
    const rule = { ...ruleOf('r1', { activation: 'two-minutes', since, expiresAt }), shareNow: 1 };
    const rehearsal = { id: 'x', title: 'Two minutes', phase: 'calm', endsAt: expiresAt, abort: [] };
    admin.tellAgain('summary', () => ({
      ...summaryAt(0, { rules: [rule], rehearsal, totals: { arrived: 1 } }),
      ...{ at: inMs(0), startedAt: since, seq: Date.now() },
    }));
    await isLive(page);
    const activation = {
      ...{ activation: 'two-minutes', profile: 'two-minutes', summary: 'Soon over.' },
      expiresAt,
      rules: [rule],
    };
    admin.tell(
      'state',
      stateOf({
        activations: [activation] as never,
        startedAt: since,
        uptimeMs: Date.parse(inMs(0)) - Date.parse(since),
      }),
    );
    const left = page.getByText(/^[01]:[0-5]\d left$/);
    await expect.poll(() => left.count()).toBe(2);
    await page.evaluate(`location.hash = '#/presenter'`);
    await expect.poll(() => left.count()).toBe(1);
  });
});
