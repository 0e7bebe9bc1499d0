// What a call of a payment's page brings along: which payment it is about, and what its pages are made with.
import type { PaymentPages } from '../../payments/pages.ts';
import type { ReturnHosts } from '../../payments/return-hosts.ts';

/** Of the process: what payments by redirect are made with. */
export interface PaymentSettings {
  readonly pages: PaymentPages;
  /** The key that signs returns of this client. */
  signingKey(client: string): Buffer;
  /** Where customers may be sent back to; undefined: private hosts only. */
  readonly returnHosts: ReturnHosts;
  /** Epoch milliseconds, real. */
  now(): number;
}

/** The payment that a page's URL stands for, as its request found it. */
export interface AskedPayment {
  readonly id: string;
  readonly client: string;
  /** When it was asked: epoch ms of box-office time. */
  readonly sentAt: number;
}
