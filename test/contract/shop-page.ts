// The page of a shop that a buyer comes back to.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export const SHOP_PAGE = '<!doctype html><title>Thank you</title>';

export interface ShopPage {
  readonly url: string;
  /** What was asked of it, as paths with their queries. */
  readonly asked: readonly (string | undefined)[];
}

/** Is there until the test ends. */
export async function openShopPage(): Promise<ShopPage> {
  const asked: (string | undefined)[] = [];
  const server = createServer((req, res) => {
    asked.push(req.url);
    res.setHeader('Content-Type', 'text/html').end(SHOP_PAGE);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}
