// Texts on the shelf in a real browser: mistakes on their lines, a profile written, hostile words shown as words, and what a viewer may see.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdminClient } from '../../../src/sdk/admin-client.ts';
import { faultsFolder } from '../../director/stage.ts';
import { hasBrowser, openBrowser } from '../../support/browser.ts';
import { openPage, startWithPage, violationsOn } from '../../support/open-page.ts';

const TOKENS = { SHOWSTOPPER_ADMIN_TOKEN: 'admin-token', SHOWSTOPPER_VIEWER_TOKEN: 'viewer-token' };
const EVIL = '<img src=x onerror="document.title=1"><script>document.title=2</script>';

describe.skipIf(!hasBrowser)('on the shelf', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  const enter = async (page: Page, token: string): Promise<void> => {
    await page.getByLabel('Token').fill(token);
    await page.keyboard.press('Enter');
  };
  const markedLines = (page: Page, inside: string): Promise<(string | null)[]> =>
    page.locator(`${inside} .marked`).evaluateAll((lines) => lines.map((line) => line.getAttribute('data-line')));

  test('a profile that is written has its mistakes marked on their lines, and is armed once it has none', async () => {
    const server = await startWithPage();
    const page = await openPage(browser, { url: server.admin, hash: '#/shelf?show=write' });
    const text = page.getByLabel('YAML');
    await text.fill('summary: Mine.\nrules:\n  - fault: hing\n    shares: 2\n');
    await page.getByRole('button', { name: 'Put on the shelf' }).click();
    await page.getByText('unknown kind "hing"; did you mean hang?').waitFor();
    expect(await markedLines(page, '.gutter')).toEqual(['3', '4']);
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole('button', { name: 'line 4' }).click();
    expect(await page.evaluate('getSelection().toString()')).toBe('    shares: 2');
    await page.getByLabel('Name', { exact: true }).fill('Not A Name');
    await page.getByRole('button', { name: 'Put on the shelf' }).click();
    await page.getByText(/^the name of a profile must be 1 to 63/).waitFor();
    await page.getByLabel('Name', { exact: true }).fill('mine');
    await text.fill('summary: Mine.\nrules:\n  - fault: hang\n');
    await page.getByRole('button', { name: 'Put on the shelf' }).click();
    await page.getByRole('heading', { name: 'mine' }).waitFor();
    await page.getByRole('button', { name: 'Arm', exact: true }).click();
    await page.getByText('mine is in force: 1 rule').waitFor();
    expect(await createAdminClient({ url: server.admin }).rules()).toMatchObject([{ fault: 'hang' }]);
  });

  test('a file that has gone bad is shown with its mistakes on its lines, beside the text that is still good', async () => {
    const folder = faultsFolder({ mine: 'summary: Mine.\nrules:\n  - fault: hang\n' });
    const server = await startWithPage({ SHOWSTOPPER_FAULTS: folder });
    writeFileSync(join(folder, 'profiles', 'mine.yaml'), 'summary: Mine.\nrules:\n  - fault: hang\n  - fault: hung\n');
    const page = await openPage(browser, { url: server.admin, hash: '#/shelf' });
    await page.getByRole('button', { name: 'Read the files again' }).click();
    await page.getByRole('link', { name: /^mine.*1 mistake/ }).click();
    const newest = page.getByRole('region', { name: 'The newest file' });
    await newest.getByText('did you mean hang?').waitFor();
    expect(await markedLines(page, '[aria-label="The newest file"]')).toEqual(['4']);
    expect(await markedLines(page, '[aria-label="mine.yaml"]')).toEqual([]);
    expect(await violationsOn(page)).toEqual([]);
  });

  test('script in a name or in words is shown, and never run', async () => {
    const server = await startWithPage();
    const admin = createAdminClient({ url: server.admin });
    const rules = [{ fault: 'hang', match: { clients: [EVIL] } }];
    await admin.putProfile('evil', { summary: EVIL, rules });
    const said: string[] = [];
    const page = await openPage(browser, { url: server.admin, hash: '#/shelf?profile=evil', said });
    await page.getByText(`evil on every operation for ${EVIL}`).waitFor();
    await page.getByRole('button', { name: 'Arm', exact: true }).click();
    await page.getByText('evil is in force').first().waitFor();
    expect(await page.locator('main img, main script').count()).toBe(0);
    expect(await page.title()).toMatch(/^Shelf/);
    expect(said).toEqual([]);
  });

  test('a viewer sees all of it, can press nothing, and is told what is withheld while a hidden story plays', async () => {
    const folder = faultsFolder({ whispers: 'summary: Whispers.\nrules:\n  - fault: hang\n' });
    mkdirSync(join(folder, 'scenarios'));
    const story =
      'summary: Night.\nhidden: true\ncues:\n  - { at: 0s, activate: whispers }\n  - { at: 10m, note: End. }\n';
    writeFileSync(join(folder, 'scenarios', 'night.yaml'), story);
    const server = await startWithPage({ ...TOKENS, SHOWSTOPPER_FAULTS: folder });
    const page = await openPage(browser, { url: server.admin, hash: '#/shelf?profile=whispers' });
    await enter(page, 'viewer-token');
    await page.getByText('Your token may only read').waitFor();
    expect(await page.getByRole('button', { name: 'Arm', exact: true }).isDisabled()).toBe(true);
    expect(await page.getByLabel('Time to live').isDisabled()).toBe(true);
    await createAdminClient({ url: server.admin, token: 'admin-token' }).playScenario('night');
    await page.getByText('are withheld from a viewer until it ends').waitFor();
    await page.reload();
    await page.getByText('faults are sealed until the hidden scenario has ended').waitFor();
    await page.getByRole('link', { name: /upstream-hang/ }).click();
    await page.getByRole('heading', { name: 'upstream-hang' }).waitFor();
    expect(await page.locator('main').textContent()).not.toMatch(/whispers|night/i);
    expect(await violationsOn(page)).toEqual([]);
  });
});
