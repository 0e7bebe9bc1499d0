// What worlds in tests share of webhooks: calls that are written down and answered as a test says, and secrets that are known.
import { createSigningSecrets, type SigningSecrets } from '../../src/base/signing-secrets.ts';
import type { Outgoing, Sent } from '../../src/web/outbound.ts';
import type { SharedByWebhooks } from '../../src/webhooks/sending.ts';
import { WebhookCounts } from '../../src/webhooks/webhook-counts.ts';
import { ManualClock } from './manual-clock.ts';

export interface WrittenCalls extends SharedByWebhooks {
  readonly calls: Outgoing[];
  readonly secrets: SigningSecrets;
}

export const OK: Sent = { status: 200, headers: {} };

/** No socket is opened; unset: every call is answered 200 at once. */
export function writtenCalls(
  answer: (call: Outgoing) => Sent | Promise<Sent> = () => OK,
  clock: Pick<ManualClock, 'now'> = new ManualClock(),
): WrittenCalls {
  const calls: Outgoing[] = [];
  return {
    calls,
    outbound: {
      refusal: (url) => (url.hostname.endsWith('.invalid') ? 'may not be called' : undefined),
      async post(call) {
        calls.push(call);
        return answer(call);
      },
    },
    secrets: createSigningSecrets({ configured: new Map(), randomBytes: (count) => Buffer.alloc(count, 7), clock }),
    counts: new WebhookCounts(),
  };
}
