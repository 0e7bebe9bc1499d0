// The report in a browser: nothing that axe finds, nothing wider than the screen, times in the reader's zone, and on paper.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compare } from '../../../src/rehearsal/report/comparison.ts';
import { htmlReport } from '../../../src/rehearsal/report/html.ts';
import { hasBrowser, openBrowser } from '../../support/browser.ts';
import { FAULT_AT, reportOn } from './recorded.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.skipIf(!hasBrowser)('in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'showstopper-report-'));
  const file = join(folder, 'report.html');
  let browser: Browser;

  beforeAll(async () => {
    const note = { type: 'note', at: FAULT_AT, author: 'Ada', text: 'Buyers wait.', kind: 'saw' } as const;
    const [now, before] = [await reportOn({ retries: 4, lines: [note] }), await reportOn({ timeOutMs: 2000 })];
    writeFileSync(file, htmlReport({ ...now, gaps: ['a line is cut off'] }, compare(now, before)));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  async function open(width: number, colorScheme: 'light' | 'dark', said: string[] = []): Promise<Page> {
    const context = await browser.newContext({
      ...{ viewport: { width, height: 800 }, colorScheme, timezoneId: 'Asia/Tehran' },
    });
    const page = await context.newPage();
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    await page.goto(pathToFileURL(file).href);
    return page;
  }

  test.each([
    ['phone', 390, 'light'],
    ['phone, in the dark', 390, 'dark'],
    ['desktop', 1280, 'light'],
    ['desktop, in the dark', 1280, 'dark'],
  ] as const)('on a %s axe finds nothing, and nothing is wider than the screen', async (_, width, scheme) => {
    const said: string[] = [];
    const page = await open(width, scheme, said);
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
    await page.evaluate(AXE);
    const found = await page.evaluate(async () => {
      type Axe = { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      const { axe } = globalThis as unknown as { axe: Axe };
      return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    });
    expect(found).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    expect(said).toEqual([]);
    await page.context().close();
  });

  test('times are in the zone of its reader', async () => {
    const page = await open(1280, 'light');
    expect(await page.textContent('#zone')).toBe('Times are in your zone, Asia/Tehran.');
    const time = await page.$eval('time', ({ dateTime, textContent, title }) => ({ dateTime, textContent, title }));
    const there = new Date(Date.parse(time.dateTime) + 3.5 * 3_600_000).toISOString();
    expect(time.textContent).toBe(there.slice(0, 19).replace('T', ' '));
    expect(time.title).toMatch(/ UTC$/);
    await page.context().close();
  });

  test('on paper the evidence is open, and what leads about the screen is not there', async () => {
    const page = await open(1280, 'dark');
    await page.emulateMedia({ media: 'print' });
    expect(await page.isVisible('nav')).toBe(false);
    expect(await page.isVisible('.criteria details li')).toBe(true);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000);
    await page.context().close();
  });
});
