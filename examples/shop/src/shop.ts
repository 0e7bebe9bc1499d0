// A ticket shop that sells by somebody else's API, and stays open on the days that API does not.
import { failureOf } from './call-failed.ts';
import { type CheckoutSettings, createCheckout } from './checkout.ts';
import { createUpstreamClient, type UpstreamSettings } from './upstream-client.ts';
import type { Session } from './upstream-types.ts';
import { createWebhookServer } from './webhooks.ts';

export interface ShopSettings extends Partial<UpstreamSettings & CheckoutSettings> {
  /** Of the upstream, without `/v1`. */
  readonly baseUrl: string;
  readonly key: string;
}

export interface Programme {
  readonly sessions: readonly Session[];
  /** Or what was last heard, because the upstream does not say. */
  readonly isFresh: boolean;
}

export type Shop = ReturnType<typeof createShop>;

const DEFAULTS = {
  timeoutMs: 1000,
  retries: 2,
  retryDelayMs: 100,
  maxRetryAfterMs: 2000,
  failuresToOpen: 5,
  openMs: 5000,
  maxConcurrent: 8,
  looks: 3,
  lookAgainMs: 500,
};

export function createShop(settings: ShopSettings) {
  const all = { ...DEFAULTS, ...settings };
  const upstream = createUpstreamClient(all);
  const { buy, settle } = createCheckout(upstream, all);
  let lastSessions: readonly Session[] = [];

  return {
    async programme(): Promise<Programme> {
      try {
        lastSessions = await upstream.sessions();
        return { sessions: lastSessions, isFresh: true };
      } catch (error) {
        failureOf(error);
        return { sessions: lastSessions, isFresh: false };
      }
    },
    seatMap: upstream.seatMap,
    buy,
    settle,
    /** Settles what it is told of, and lets itself be told again of what cannot be settled yet. */
    webhookServer: (secret: () => string) =>
      createWebhookServer(secret, async ({ data: { externalRef } }) => {
        const outcome = externalRef ? await settle(externalRef) : undefined;
        if (outcome?.result === 'unknown') throw new Error(`${externalRef} is not settled yet`);
      }),
  };
}
