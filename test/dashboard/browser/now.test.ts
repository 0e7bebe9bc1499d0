// The first screen in a real browser: a story with a hand on it, and All clear while a thousand requests hang.
import { connect, type Socket } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createAdminClient } from '../../../src/sdk/admin-client.ts';
import { hasBrowser, openBrowser } from '../../support/browser.ts';
import { openPage, startWithPage } from '../../support/open-page.ts';

const HELD = 1000;

/** One that asks for the sessions; resolves when it is cut. */
function asking(upstream: string): { readonly ended: Promise<void>; readonly socket: Socket } {
  const { hostname, port } = new URL(upstream);
  const socket = connect(Number(port), hostname);
  socket.write(`GET /v1/sessions HTTP/1.1\r\nHost: ${hostname}\r\nX-Api-Key: my-shop\r\n\r\n`);
  const ended = new Promise<void>((resolve) => {
    socket.on('error', () => {}).once('close', () => resolve());
  });
  return { socket, ended };
}

describe.skipIf(!hasBrowser)('the first screen', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  test('a story at 60 times its speed is followed, paused, moved, and stopped', async () => {
    const server = await startWithPage();
    const admin = createAdminClient({ url: server.admin });
    const page = await openPage(browser, { url: server.admin });
    const story = page.getByRole('region', { name: 'Story' });
    await story.getByText('No scenario is playing.').waitFor();
    await admin.playScenario('rolling-restart', { speed: 60 });
    await story.getByText('rolling-restart').waitFor();
    // paused, it stays where a busy browser may take its time to look
    await story.getByRole('button', { name: 'Pause' }).click();
    await story.getByRole('button', { name: 'Resume' }).waitFor();
    await story.getByRole('slider', { name: 'Story time' }).fill('240000');
    const node = page.locator('.chip', { hasText: 'first-node' });
    await node.waitFor();
    await story.getByRole('button', { name: 'Resume' }).click();
    await node.waitFor({ state: 'detached' });
    await story.getByRole('button', { name: 'Pause' }).click();
    await story.getByRole('button', { name: 'Resume' }).waitFor();
    await story.getByRole('slider', { name: 'Story time' }).fill('600000');
    await story.getByText('+10m', { exact: true }).waitFor();
    expect(await admin.playback()).toMatchObject({ status: 'paused', storyMs: 600_000 });
    await story.getByRole('button', { name: 'Stop' }).click();
    await story.getByText('No scenario is playing.').waitFor();
    expect((await admin.playback()).status).toBe('ended');
  });

  test('All clear lets a thousand held requests go, and says what it has done', async () => {
    const server = await startWithPage();
    const page = await openPage(browser, { url: server.admin });
    const admin = createAdminClient({ url: server.admin });
    await admin.activate('upstream-hang');
    const shop = Array.from({ length: HELD }, () => asking(server.upstream));
    onTestFinished(() => {
      for (const { socket } of shop) socket.destroy();
    });
    await page.getByText('1,000 held by a fault').waitFor();
    await page.getByRole('button', { name: 'All clear' }).click();
    await page.keyboard.press('Enter');
    await page.getByText(/^All clear in .*: 1 rule ended, held requests: 1,000 reset, 0 answered\.$/).waitFor();
    await Promise.all(shop.map(({ ended }) => ended));
    await page.getByText('0 held by a fault').waitFor();
  });
});
