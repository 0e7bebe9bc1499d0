// The views without controls in a real browser: for the wall of a room, and for those who are rehearsed.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type AdminClient, createAdminClient } from '../../../src/sdk/admin-client.ts';
import { hasBrowser, openBrowser } from '../../support/browser.ts';
import { isWiderThanScreen, openPage, startWithPage, violationsOn } from '../../support/open-page.ts';

const SEALED = `summary: A secret trouble for the seat maps.
hidden: true
ends: 10m
cues:
  - { at: 0s, activate: seat-map-outage }
  - { at: 0s, activate: lost-completions }
`;

const NOTHING_TO_PRESS = 'button, a, input, select, textarea, summary, [tabindex], [role=button]';

const isLive = (page: Page) => page.getByText('live', { exact: true }).waitFor();

/** A server whose folder has a hidden scenario named `quiet-evening`. */
async function startWithSecret() {
  const folder = mkdtempSync(join(tmpdir(), 'showstopper-sealed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'scenarios'));
  writeFileSync(join(folder, 'scenarios/quiet-evening.yaml'), SEALED);
  const server = await startWithPage({ SHOWSTOPPER_FAULTS: folder });
  return { server, admin: createAdminClient({ url: server.admin }) };
}

/** Everything that a glimpse of would tell what is played. */
async function secretsOf(admin: AdminClient): Promise<string[]> {
  const [kinds, profiles] = await Promise.all([admin.kinds(), admin.profiles()]);
  return [...kinds, ...profiles].map(({ name }) => name).concat('quiet-evening', 'secret trouble');
}

const toldIn = (html: string, secrets: readonly string[]): string[] =>
  secrets.filter((name) => new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(html));

describe.skipIf(!hasBrowser)('the views without controls', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  test('the presenter’s view shows faults with their time left and has nothing to press; Esc leads back', async () => {
    const server = await startWithPage();
    const admin = createAdminClient({ url: server.admin });
    await admin.activate('seat-map-outage', { ttl: '100s' });
    await admin.addRule({ fault: 'lost-reply', share: 0.25 });
    const page = await openPage(browser, { url: server.admin, hash: '#/presenter' });
    await isLive(page);
    const faults = page.getByRole('list', { name: 'In force' }).getByRole('listitem');
    const timed = faults.filter({ hasText: 'seat-map-outage' });
    await timed.getByText(/^[01]:[0-5]\d left$/).waitFor();
    await faults.filter({ hasText: '25 %' }).getByText('until ended').waitFor();
    expect(await page.locator(NOTHING_TO_PRESS).count()).toBe(0);
    await admin.heal();
    await page.getByText('Nothing is broken').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'All clear' }).waitFor();
  });

  test('it shows the phase of a rehearsal and the nearest limit, and holds no dead man’s switch', async () => {
    const server = await startWithPage();
    const admin = createAdminClient({ url: server.admin });
    await admin.startRehearsal({
      title: 'A calm day',
      client: 'my-shop',
      phases: [
        { name: 'calm', for: '10m' },
        { name: 'fault', for: '3m', on: [{ profile: 'seat-map-outage' }] },
        { name: 'recovery', for: '90s' },
      ],
      hypothesis: [{ metric: 'client-timeout', max: '5s' }],
      abort: { openRequests: 5000 },
    });
    const page = await openPage(browser, { url: server.admin, hash: '#/presenter' });
    await page.getByText('A calm day').waitFor();
    await page.getByText('nearest limit: Open requests').waitFor();
    expect(page.workers()).toEqual([]);
    expect((await admin.rehearsal()).silentMs).toBeNull();
  });

  test('of a sealed scenario participants see that something may be wrong, and no name in the whole document', async () => {
    const { server, admin } = await startWithSecret();
    const secrets = await secretsOf(admin);
    const page = await openPage(browser, { url: server.admin, hash: '#/participants' });
    await page.getByText('Nothing is broken').waitFor();
    await admin.playScenario('quiet-evening');
    await page.getByText('stays sealed until the story has ended').waitFor();
    await fetch(`${server.upstream}/v1/sessions`, { headers: { 'X-Api-Key': 'my-shop' } }).catch(() => {});
    await page.getByRole('row', { name: 'my-shop' }).waitFor();
    expect(toldIn(await page.content(), secrets)).toEqual([]);
    expect(await page.locator(NOTHING_TO_PRESS).count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'All clear' }).waitFor();
  });

  test('once nothing is sealed, participants see what is in force', async () => {
    const { server, admin } = await startWithSecret();
    await admin.activate('seat-map-outage');
    const page = await openPage(browser, { url: server.admin, hash: '#/participants' });
    await page.getByText('error-status').waitFor();
    expect(toldIn(await page.content(), await secretsOf(admin))).toContain('error-status');
  });

  test.for([
    ['light', 390],
    ['light', 1440],
    ['dark', 390],
    ['dark', 1440],
  ] as const)('in %s at %i px everybody can read both', async ([colorScheme, width]) => {
    const { server, admin } = await startWithSecret();
    await admin.activate('seat-map-outage', { ttl: '100s' });
    await fetch(`${server.upstream}/v1/sessions`, { headers: { 'X-Api-Key': 'my-shop' } });
    const viewport = { width, height: 900 };
    for (const view of ['presenter', 'participants']) {
      const page = await openPage(browser, { url: server.admin, hash: `#/${view}`, viewport, colorScheme });
      await isLive(page);
      await page.getByText(/error-status/).waitFor();
      expect(await violationsOn(page), view).toEqual([]);
      expect(await isWiderThanScreen(page), view).toBe(false);
    }
  });
});
