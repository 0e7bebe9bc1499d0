// What payments by redirect are made with in a process: pages, the keys that sign returns, and where these may lead.
import type { Clock } from '../base/clock.ts';
import type { SigningSecrets } from '../base/signing-secrets.ts';
import type { Config } from '../config.ts';
import { createPaymentPages, type PaymentPages } from '../payments/pages.ts';
import type { PaymentSettings } from '../upstream/operations/pages-asked.ts';

export function paymentSettings({ returnHosts }: Config, secrets: SigningSecrets, clock: Clock): PaymentSettings {
  let pages: PaymentPages | undefined;
  return {
    get pages() {
      pages ??= createPaymentPages(); // for who pays by redirect, and at no cost to a start
      return pages;
    },
    signingKey: (client) => secrets.keysOf(client)[0],
    returnHosts,
    now: () => clock.now(),
  };
}
