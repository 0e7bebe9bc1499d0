// A real Chromium to buy in, where there is one, and a shop that it comes back to.

import { accessSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium } from 'playwright-core';
import { isMissing } from './missing.ts';

const CHROMIUM = '/usr/bin/chromium';

/** Whether there is a browser. Where tests must not be left out its absence is an error, elsewhere it is said. */
export const hasBrowser: boolean = !isMissing(
  `a purchase in a browser needs ${CHROMIUM}: apt-get install -y chromium`,
  isPresent(),
);

function isPresent(): boolean {
  try {
    accessSync(CHROMIUM);
    return true;
  } catch {
    return false;
  }
}

/** `names` are found at these places, as `localhost:1234`, and nowhere else. */
export function openBrowser(names: Readonly<Record<string, string>> = {}): Promise<Browser> {
  const rules = Object.entries(names).map(([name, place]) => `MAP ${name} ${place}`);
  const args = ['--no-sandbox', ...(rules.length > 0 ? [`--host-resolver-rules=${rules.join(',')}`] : [])];
  return chromium.launch({ executablePath: CHROMIUM, args, timeout: 100_000 });
}

export interface Shop {
  /** Without a slash at its end. */
  readonly url: string;
  close(): void;
}

/** Answers what it knows; false for the rest. */
export type Pages = (asked: URL, request: IncomingMessage, response: ServerResponse) => boolean;

/** A shop that leads on from its return, as shops do, to a page that says what the return said; `first` has pages before these. */
export async function openShop(first: Pages = () => false): Promise<Shop> {
  const server: Server = createServer((request, response) => {
    const asked = new URL(request.url ?? '/', 'http://shop.test');
    if (first(asked, request, response)) return;
    if (asked.pathname === '/return') response.writeHead(303, { Location: `/done${asked.search}` }).end();
    else {
      const said = asked.searchParams.get('status') === 'succeeded' ? 'succeeded' : 'open';
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(`<title>Shop</title><p id="done">${said}</p>`);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, () => resolve()));
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, close: () => void server.close() };
}
