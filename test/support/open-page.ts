// A server in this process with the page as it is built from the sources, and the page in a real browser.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { inject, onTestFinished } from 'vitest';
import type { RunningServer } from '../../src/server.ts';
import { startInProcess } from './run-server.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const PAGE_FOLDER: string = join(inject('commandPackage'), 'dist/page');

/** Ends with the test. */
export async function startWithPage(env: Record<string, string> = {}): Promise<RunningServer> {
  const server = await startInProcess(env, { pageFolder: PAGE_FOLDER });
  onTestFinished(() => server.stop());
  return server;
}

/** What a page is waited for, also on a machine with much to do. */
const PATIENT_MS = 60_000;

export interface PageOptions extends BrowserContextOptions {
  /** Of the admin listener. */
  readonly url: string;
  /** `#/now`; unset: none. */
  readonly hash?: string;
  /** Takes what the page's console says, and what goes wrong in it. */
  readonly said?: string[];
}

/** In a context of its own; ends with the test. */
export async function openPage(
  browser: Browser,
  { url, hash = '', said = [], ...options }: PageOptions,
): Promise<Page> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  context.setDefaultTimeout(PATIENT_MS);
  const page = await context.newPage();
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => said.push(error.message));
  await page.goto(`${url}/${hash}`);
  return page;
}

interface AxeResults {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

/** What axe finds against WCAG 2.2 AA, each with the elements concerned. */
export async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const run = `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`;
  const { violations } = (await page.evaluate(run)) as AxeResults;
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
}

/** Whether something is wider than the screen. */
export const isWiderThanScreen = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
