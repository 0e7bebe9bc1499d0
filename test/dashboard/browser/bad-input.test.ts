// A server that says what it should not, in a real browser: the page says what is wrong, and lives on.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, openBrowser } from '../../support/browser.ts';
import { type FakeAdmin, openFakeAdmin, refusal, stateOf } from '../../support/fake-admin.ts';
import { openPage, violationsOn } from '../../support/open-page.ts';
import { ruleOf, type Said, summaryAt } from '../../support/summaries.ts';

const allClear = (page: Page) => page.getByRole('button', { name: 'All clear' });
const notUnderstood = (page: Page, event: string) => page.getByRole('alert').getByText(`“${event}”`);

/** Of this moment. */
const summaryNow = (said: Said = {}) => ({ ...summaryAt(0, said), at: new Date().toISOString(), seq: Date.now() });

/** With open requests by which it is known again. */
const calmWith = (open: number) => (): unknown => summaryNow({ open, totals: { arrived: 10 } });

const openRequests = (page: Page, open: number) =>
  page.getByRole('region', { name: 'Answers' }).getByText(String(open), { exact: true });

/** By the events that they come as. */
const GARBAGE: readonly (readonly [string, unknown])[] = [
  ['summary', '{"seq":'],
  ['summary', null],
  ['summary', []],
  ['summary', { ...summaryNow(), totals: undefined }],
  ['summary', { ...summaryNow(), rules: [{ id: 'x' }] }],
  ['summary', { ...summaryNow(), at: 'yesterday' }],
  ['history', { summaries: 'none' }],
  ['sample', 7],
  ['state', { ...stateOf(), rules: null }],
  ['action', { at: new Date().toISOString() }],
  ['cue', 'soon'],
];

describe.skipIf(!hasBrowser)('bad input', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  test('garbage in the stream is said, what was known stays, and the next good figure is shown', async () => {
    const admin = await openFakeAdmin();
    const said: string[] = [];
    const page = await openPage(browser, { url: admin.url, said });
    admin.tellAgain('summary', calmWith(41));
    await openRequests(page, 41).waitFor();
    admin.fallSilent();
    for (const [at, [event, garbage]] of GARBAGE.entries()) {
      admin.tell(event, garbage);
      await notUnderstood(page, event).waitFor();
      expect(await openRequests(page, 41 + at).isVisible(), `after ${event} ${at}`).toBe(true);
      admin.tell('summary', calmWith(42 + at)());
      await openRequests(page, 42 + at).waitFor();
      if (event === 'summary') await notUnderstood(page, event).waitFor({ state: 'detached' });
    }
    expect(await allClear(page).isEnabled()).toBe(true);
    expect(said).toEqual([]);
  });

  test('what this page does not read may come in any form', async () => {
    const admin = await openFakeAdmin();
    const page = await openPage(browser, { url: admin.url });
    admin.tellAgain('summary', calmWith(41));
    await openRequests(page, 41).waitFor();
    admin.tell('news', '{"half":');
    admin.tell('news', null);
    admin.tellAgain('summary', calmWith(42));
    await openRequests(page, 42).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(admin.asked.filter((one) => one.includes('/v1/events'))).toHaveLength(1);
  });

  test.for<[string, object, string]>([
    ['a page of a proxy', { body: '<h1>It works!</h1>' }, '200 without a word that we know'],
    ['JSON of another sort', { body: [1, 2] }, 'nothing that this page knows'],
    ['null', { body: null }, '200 without a word that we know'],
    ['a failure', refusal(500, 'internal', 'something went wrong here'), 'something went wrong here'],
    ['too many', refusal(429, 'too_many_concurrent', 'come back later'), 'come back later'],
  ])('%s in the place of who one is is said, and asked again until it is well', async ([, answer, words]) => {
    const admin = await openFakeAdmin();
    const good = admin.answers.get('GET /v1/access');
    admin.answers.set('GET /v1/access', answer as { body: unknown });
    const page = await openPage(browser, { url: admin.url });
    await page.getByRole('alert').getByText(words).waitFor();
    expect(await page.getByLabel('Token').count()).toBe(0);
    if (good) admin.answers.set('GET /v1/access', good);
    await allClear(page).waitFor();
  });

  test('a page in the place of the stream is said by the mark of the connection', async () => {
    const admin = await openFakeAdmin();
    admin.answers.set('GET /v1/events', { body: '<h1>It works!</h1>' });
    const page = await openPage(browser, { url: admin.url });
    const mark = page.getByRole('status').filter({ hasText: 'connection lost' });
    await mark.waitFor();
    expect(await mark.getAttribute('title')).toContain('where a stream of events should be');
    admin.answers.delete('GET /v1/events');
    admin.tellAgain('summary', calmWith(41));
    await openRequests(page, 41).waitFor();
  });

  test('a server that does not know who may what is called older, and no token is asked for', async () => {
    const admin = await openFakeAdmin();
    admin.answers.delete('GET /v1/access');
    const page = await openPage(browser, { url: admin.url });
    await page.getByRole('heading', { name: 'The server is older than this page' }).waitFor();
    expect(await page.getByLabel('Token').count()).toBe(0);
    expect(await violationsOn(page)).toEqual([]);
  });

  test('a server without figures by the second says so, and is live once it has them', async () => {
    const admin = await openFakeAdmin();
    admin.answers.set('GET /v1/events', refusal(400, 'validation_failed', 'view: unknown'));
    const page = await openPage(browser, { url: admin.url });
    await page.getByText('refused: the server tells no figures by the second').waitFor();
    expect(await page.getByRole('alert').getByText('view: unknown').isVisible()).toBe(true);
    admin.answers.delete('GET /v1/events');
    admin.tellAgain('summary', calmWith(41));
    await openRequests(page, 41).waitFor();
    await page.getByText('live', { exact: true }).waitFor();
  });

  async function enterWithToken(admin: FakeAdmin): Promise<Page> {
    const access = admin.answers.get('GET /v1/access');
    admin.answers.set('GET /v1/access', refusal(401, 'unauthorized', 'a token, please'));
    const page = await openPage(browser, { url: admin.url });
    await page.getByLabel('Token').fill('short-lived');
    if (access) admin.answers.set('GET /v1/access', access);
    await page.keyboard.press('Enter');
    admin.tellAgain('summary', calmWith(41));
    await openRequests(page, 41).waitFor();
    expect(await page.evaluate('sessionStorage.length')).toBe(1);
    for (const asked of ['GET /v1/access', 'GET /v1/events', 'POST /v1/heal'])
      admin.answers.set(asked, refusal(401, 'unauthorized', 'this token is not known'));
    return page;
  }

  async function isForgotten(page: Page): Promise<void> {
    await page.getByRole('alert').getByText('not, or no longer, one of this server').waitFor();
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
    expect(await page.getByLabel('Token').isVisible()).toBe(true);
  }

  test('a token that ends with its stream is forgotten, and the next one asked for', async () => {
    const admin = await openFakeAdmin();
    const page = await enterWithToken(admin);
    admin.cutStreams();
    await isForgotten(page);
  });

  test('a token that is refused by a call, while the stream goes on, is forgotten too', async () => {
    const admin = await openFakeAdmin();
    const page = await enterWithToken(admin);
    await allClear(page).click();
    await page.getByRole('button', { name: 'Heal now' }).click();
    await isForgotten(page);
  });

  test('script in the names and words of a profile is text', async () => {
    const admin = await openFakeAdmin();
    const script = '<img src=x onerror="window.struck=1"><script>window.struck=1</script>';
    const rule = { ...ruleOf('r1', { activation: script, fault: script }), shareNow: 1 };
    const activation = { activation: script, profile: script, summary: script, rules: [rule] };
    const page = await openPage(browser, { url: admin.url });
    // no Content-Security-Policy here: nothing but the page itself keeps a script from running
    admin.tellAgain('summary', () => summaryNow({ rules: [rule], totals: { arrived: 1 } }));
    await page.getByText('Faults in force').waitFor();
    admin.tell('state', stateOf({ activations: [activation] as never, doorTroubles: [script] }));
    await page.getByRole('listitem').getByText(script, { exact: true }).first().waitFor();
    await page.getByRole('alert').getByText(script, { exact: true }).waitFor();
    for (const view of ['presenter', 'participants', 'now']) {
      await page.evaluate(`location.hash = '#/${view}'`);
      await page.getByText('onerror').first().waitFor();
    }
    expect(await page.evaluate(`[typeof window.struck, document.querySelectorAll('#app [src=x]').length]`)).toEqual([
      ...['undefined', 0],
    ]);
  });

  test('an address with a world that cannot be is said, and leads to the default one', async () => {
    const admin = await openFakeAdmin();
    const page = await openPage(browser, { url: admin.url, hash: '#/w/<b>Team</b>A/now' });
    const odd = await openPage(browser, { url: admin.url, hash: '#/w/Team%20A/now' });
    await allClear(page).waitFor();
    await odd.getByRole('heading', { name: 'There can be no such world' }).waitFor();
    expect(await allClear(odd).count()).toBe(0);
    expect(admin.asked.filter((one) => one.includes('Team'))).toEqual([]);
    await odd.getByRole('link', { name: 'To the default world' }).click();
    await allClear(odd).waitFor();
  });
});
