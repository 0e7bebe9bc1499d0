// What payments by redirect are made with in tests: one secret for all clients, and private hosts to return to.
import { createCapability } from '../../src/payments/capability.ts';
import { createPaymentPages } from '../../src/payments/pages.ts';
import type { PaymentSettings } from '../../src/upstream/operations/pages-asked.ts';

export const SIGNING_KEY = Buffer.alloc(32, 7);

export const testPayments = (clock: { now(): number }): PaymentSettings => ({
  pages: createPaymentPages(),
  signingKey: () => SIGNING_KEY,
  returnHosts: undefined,
  now: () => clock.now(),
});

/** Of worlds in tests. */
export const PAYMENTS_IN_WORLDS = {
  paymentRules: { latePayment: 'refund', refundAfterMs: 0 },
  paymentToken: createCapability(Buffer.alloc(32, 9)),
} as const;
