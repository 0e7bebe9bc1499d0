// The shop of one test, with short waits between its tries, and what a customer buys there.
import type { Upstream } from 'showstopper/vitest';
import type { Purchase } from '../src/checkout.ts';
import { createShop, type Shop, type ShopSettings } from '../src/shop.ts';

/** Where nothing hangs, no time-out is to strike, however busy the machine is. */
const PATIENT = { timeoutMs: 20_000, retryDelayMs: 5, lookAgainMs: 5 };

export const shopOf = ({ url, key }: Upstream, settings: Partial<ShopSettings> = {}): Shop =>
  createShop({ baseUrl: url, key, ...PATIENT, ...settings });

/** Two seats of the first session in the catalogue `small`. */
export const purchaseOf = (upstream: Upstream, other: Partial<Purchase> = {}): Purchase => ({
  sessionId: 's1',
  seats: ['C-5', 'C-6'],
  customerRef: upstream.customer(),
  customer: { name: 'Ada', phone: '09120000000' },
  reference: upstream.reference(),
  ...other,
});
