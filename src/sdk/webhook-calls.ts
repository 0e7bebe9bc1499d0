// The calls of the typed client that are about webhooks: where they go, what became of them, and their secrets.
import type { Page } from '../admin/contract/contract.ts';
import type {
  AddedWebhookEndpoint,
  DeliveriesQuery,
  RotatedSecret,
  WebhookBody,
  WebhookDelivery,
  WebhookEndpoint,
} from '../admin/contract/webhooks.ts';
import type { AdminAddress } from './admin-request.ts';
import { callsTo, queryText } from './calls.ts';

export interface WebhookCalls {
  webhooks(): Promise<WebhookEndpoint[]>;
  /** The answer has the secret of the client where it was not shown before. */
  addWebhook(endpoint: WebhookBody): Promise<AddedWebhookEndpoint>;
  deleteWebhook(id: string): Promise<void>;
  /** The newest first. */
  webhookDeliveries(query?: DeliveriesQuery): Promise<Page<WebhookDelivery>>;
  redeliverWebhook(delivery: string): Promise<WebhookDelivery>;
  /** In every world; the secret before signs along for 24 hours. */
  rotateWebhookSecret(client: string): Promise<RotatedSecret>;
}

export function webhookCalls(world: AdminAddress): WebhookCalls {
  const { read, post, remove, list } = callsTo(world);
  return {
    webhooks: () => list('/v1/webhooks'),
    addWebhook: (endpoint) => post('/v1/webhooks', endpoint),
    deleteWebhook: (id) => remove(`/v1/webhooks/${encodeURIComponent(id)}`),
    webhookDeliveries: (query = {}) => read(`/v1/webhooks/deliveries${queryText(query)}`),
    redeliverWebhook: (delivery) => post(`/v1/webhooks/deliveries/${encodeURIComponent(delivery)}/redeliver`),
    rotateWebhookSecret: (client) => post('/v1/webhooks/secrets', { client }),
  };
}
