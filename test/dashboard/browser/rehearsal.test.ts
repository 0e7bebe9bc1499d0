// The panel of rehearsals in a real browser: one is begun, noted in, kept alive, finished and reported.
import { readFileSync } from 'node:fs';
import type { Browser, Locator, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdminClient } from '../../../src/sdk/admin-client.ts';
import { hasBrowser, openBrowser } from '../../support/browser.ts';
import { isWiderThanScreen, openPage, startWithPage, violationsOn } from '../../support/open-page.ts';

const TITLE = 'Seat maps fail, and the shop survives';
const fileWith = (profile: string): string => `title: ${TITLE}
client: my-shop
phases:
  - { name: calm, for: 10m }
  - { name: fault, for: 3m, on: [{ profile: ${profile} }] }
  - { name: recovery, for: 90s }
hypothesis:
  - { metric: client-timeout, max: 5s }
abort: { openRequests: 5000 }
`;
const FILE = fileWith('seat-map-outage');

const begin = async (page: Page, file: string): Promise<void> => {
  await page.getByLabel('Rehearsal', { exact: true }).fill(file);
  await page.getByRole('button', { name: 'Begin' }).click();
};
const holdsSwitch = (page: Page) => page.getByText('This page holds the dead man’s switch').waitFor();
const noteIn = (page: Page): Locator => page.getByLabel('Note', { exact: true });
const hasFocus = (field: Locator) =>
  expect.poll(() => field.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
const heartbeat = (page: Page) =>
  page.waitForResponse((answer) => answer.url().endsWith('/heartbeat') && answer.status() === 200);

describe.skipIf(!hasBrowser)('the panel of rehearsals', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  test('a mistake is shown with its line, and nothing has begun; the mended file begins', async () => {
    const server = await startWithPage();
    const admin = createAdminClient({ url: server.admin });
    const page = await openPage(browser, { url: server.admin, hash: '#/rehearsal' });
    await begin(page, fileWith('no-such-profile'));
    const alert = page.getByRole('alert');
    await alert.getByText('no-such-profile').first().waitFor();
    expect(await alert.locator('pre').textContent()).toContain(`line 5: ${fileWith('no-such-profile').split('\n')[4]}`);
    expect(await admin.rehearsals()).toEqual([]);
    await begin(page, FILE);
    await page.getByRole('heading', { name: TITLE }).waitFor();
    await page.getByRole('list', { name: 'Phases' }).getByText(/left$/).waitFor();
    await page.getByRole('progressbar', { name: 'Open requests' }).waitFor();
    expect((await admin.rehearsal()).title).toBe(TITLE);
  });

  test('from any panel a note is written without a mouse', async () => {
    const server = await startWithPage();
    const admin = createAdminClient({ url: server.admin });
    await admin.startRehearsal(FILE);
    const page = await openPage(browser, { url: server.admin, hash: '#/rehearsal' });
    await page.getByLabel('Author').fill('Ada');
    await page.getByRole('link', { name: 'Now', exact: true }).click();
    // the list of all rehearsals has such a link, too, and stays until the next panel is there
    await page.getByRole('region', { name: 'Rehearsal', exact: true }).getByRole('link', { name: TITLE }).waitFor();
    await page.keyboard.press('n');
    await hasFocus(noteIn(page));
    await page.keyboard.press('Alt+2');
    await page.keyboard.type('no sale now');
    await page.keyboard.press('Enter');
    await page.getByRole('listitem').filter({ hasText: 'no sale now' }).waitFor();
    expect((await admin.rehearsal()).notes).toMatchObject([{ author: 'Ada', kind: 'thought', text: 'no sale now' }]);
    expect(await noteIn(page).inputValue()).toBe('');
  });

  test('the field for a note keeps the focus though another panel, asked for before, is loaded only now', async () => {
    const server = await startWithPage();
    await createAdminClient({ url: server.admin }).startRehearsal(FILE);
    const page = await openPage(browser, { url: server.admin, hash: '#/rehearsal' });
    const asked = Promise.withResolvers<Route>();
    await page.route(/\/now-[^/]*\.js$/, (route) => asked.resolve(route));
    await page.route('**/let-it-come', async (route) => {
      const panel = await asked.promise;
      await panel.fulfill({ response: await panel.fetch() });
      await route.fulfill();
    });
    await noteIn(page).waitFor();
    await page.getByRole('link', { name: 'Now', exact: true }).click();
    await asked.promise;
    // nothing of the page runs between the key and the coming of the other panel
    await page.evaluate(`addEventListener('keydown', () => {
      const held = new XMLHttpRequest();
      held.open('GET', '/let-it-come', false);
      held.send();
    }, { once: true })`);
    await page.keyboard.press('n');
    await hasFocus(noteIn(page));
    await page.keyboard.type('no sale now');
    expect(await noteIn(page).inputValue()).toBe('no sale now');
  });

  test('the heartbeat comes from a thread of its own, and goes on while the tab is hidden', async () => {
    const server = await startWithPage();
    const admin = createAdminClient({ url: server.admin });
    const { id } = await admin.startRehearsal(FILE);
    expect((await admin.rehearsal()).silentMs).toBeNull();
    const page = await openPage(browser, { url: server.admin, hash: '#/rehearsal' });
    await holdsSwitch(page);
    expect((await admin.rehearsal()).silentMs).not.toBeNull();
    expect(page.workers().map((worker) => new URL(worker.url()).origin)).toEqual([server.admin]);
    // the timers of a hidden tab may not run for a minute; here none of the page's own runs at all
    await page.evaluate(`
      for (let timer = setTimeout(() => {}); timer > 0; timer--) clearTimeout(timer);
      Object.defineProperty(document, 'hidden', { value: true, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    `);
    await heartbeat(page);
    await heartbeat(page);
    expect((await admin.rehearsal(id)).status).toBe('running');
  });

  test('closing the page warns while it holds the switch, and a viewer never holds it', async () => {
    const tokens = { SHOWSTOPPER_ADMIN_TOKEN: 'admin-token', SHOWSTOPPER_VIEWER_TOKEN: 'viewer-token' };
    const server = await startWithPage(tokens);
    const admin = createAdminClient({ url: server.admin, token: 'admin-token' });
    await admin.startRehearsal(FILE);
    const page = await openPage(browser, { url: server.admin, hash: '#/rehearsal' });
    await page.getByLabel('Token').fill('viewer-token');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: TITLE }).waitFor();
    expect(page.workers()).toEqual([]);
    expect((await admin.rehearsal()).silentMs).toBeNull();
    await page.getByRole('button', { name: 'Forget token' }).click();
    await page.getByLabel('Token').fill('admin-token');
    await page.keyboard.press('Enter');
    await holdsSwitch(page);
    const asked = page.waitForEvent('dialog');
    await page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.accept();
  });

  test('finished, it shows what came of it, and its reports are saved', async () => {
    const server = await startWithPage();
    const admin = createAdminClient({ url: server.admin });
    const page = await openPage(browser, { url: server.admin, hash: '#/rehearsal' });
    await begin(page, FILE);
    await page.getByRole('button', { name: 'Finish' }).click();
    await page.getByText('The hypothesis does not hold.').waitFor();
    await page.getByRole('cell', { name: 'unproven' }).waitFor();
    const id = (await admin.rehearsals())[0]?.id;
    for (const [name, file] of [
      ['HTML', `${id}.html`],
      ['Markdown', `${id}.md`],
      ['JSON', `${id}.json`],
      ['JUnit', `${id}.junit.xml`],
    ]) {
      const saving = page.waitForEvent('download');
      await page.getByRole('button', { name: `Save ${name}` }).click();
      const saved = await saving;
      expect(saved.suggestedFilename()).toBe(file);
      expect(readFileSync(await saved.path(), 'utf8')).toContain(TITLE);
    }
    await page.getByRole('link', { name: 'All rehearsals' }).click();
    await page.getByRole('row', { name: TITLE }).getByText('does not hold').waitFor();
    await page.getByRole('button', { name: 'Begin' }).waitFor();
  });

  test('aborted with a reason, it stays on show with that reason', async () => {
    const server = await startWithPage();
    const page = await openPage(browser, { url: server.admin, hash: '#/rehearsal' });
    await begin(page, FILE);
    await page.getByLabel('Reason').fill('the phones ring');
    await page.getByRole('button', { name: 'Abort' }).click();
    await page.getByText('the phones ring').first().waitFor();
    await page.getByRole('button', { name: 'Save HTML' }).waitFor();
  });

  test.for([
    ['light', 390],
    ['light', 1440],
    ['dark', 390],
    ['dark', 1440],
  ] as const)('in %s at %i px everybody can use it: before, meanwhile and afterwards', async ([colorScheme, width]) => {
    const server = await startWithPage();
    const admin = createAdminClient({ url: server.admin });
    const viewport = { width, height: 900 };
    const page = await openPage(browser, { url: server.admin, hash: '#/rehearsal', viewport, colorScheme });
    const wellAt = async (moment: string): Promise<void> => {
      expect(await violationsOn(page), moment).toEqual([]);
      expect(await isWiderThanScreen(page), moment).toBe(false);
    };
    await begin(page, fileWith('no-such-profile'));
    await page.getByRole('alert').first().waitFor();
    await wellAt('before');
    await admin.startRehearsal(FILE);
    await holdsSwitch(page);
    await wellAt('meanwhile');
    await admin.finishRehearsal();
    await page.getByText('The hypothesis does not hold.').waitFor();
    await wellAt('afterwards');
  });
});
