// What webhooks of all worlds share in a process: the one way out, the secrets that sign, and the endpoints of the settings.
import { randomBytes } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import { Refusal } from '../base/refusal.ts';
import { createSigningSecrets } from '../base/signing-secrets.ts';
import type { Config } from '../config.ts';
import { Outbound } from '../web/outbound.ts';
import type { SharedByWebhooks } from '../webhooks/sending.ts';
import { WebhookCounts } from '../webhooks/webhook-counts.ts';
import type { OpenWorld } from '../world/world.ts';
import { StartError } from './start-error.ts';

export interface ProcessWebhooks extends SharedByWebhooks {
  /** Ends what is under way, in whatever world. */
  close(): void;
}

const HOSTS_SETTING = 'SHOWSTOPPER_WEBHOOK_HOSTS';

export function processWebhooks({ webhookHosts, webhookSecrets }: Config, clock: Clock): ProcessWebhooks {
  const outbound = new Outbound({ clock, hosts: webhookHosts, setting: HOSTS_SETTING });
  const secrets = createSigningSecrets({ configured: webhookSecrets, randomBytes, clock });
  return { outbound, secrets, counts: new WebhookCounts(), close: () => outbound.close() };
}

/** Throws a StartError for a URL that may not be called. */
export function addConfigured({ webhooks }: Config, world: Pick<OpenWorld, 'webhooks'>): void {
  for (const { client, url } of webhooks)
    try {
      world.webhooks.add({ client, url: new URL(url) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new StartError(`SHOWSTOPPER_WEBHOOKS: the endpoint of ${client} cannot be had: ${error.message}`);
    }
}
