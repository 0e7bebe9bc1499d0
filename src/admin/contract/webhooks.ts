// The shapes of webhooks: endpoints, deliveries and secrets, asked and answered.
import { z } from 'zod';
import { DELIVERY_STATUSES } from '../../base/delivery-status.ts';
import { WEBHOOK_TYPES } from '../../faults/notice.ts';
import { by } from './requests.ts';
import { count, time } from './values.ts';

const client = z.string().min(1).max(8192).describe('the seller, by name or by key');
const webhookType = z.enum(WEBHOOK_TYPES);
const MAX_URL_CHARS = 2000;

export const webhookRequest = z.strictObject({
  client,
  url: z
    .string()
    .max(MAX_URL_CHARS)
    .refine((text) => URL.canParse(text), 'must be an http or https URL')
    .describe('of the receiver, on this machine or a host of SHOWSTOPPER_WEBHOOK_HOSTS'),
  events: z.array(webhookType).min(1).max(WEBHOOK_TYPES.length).optional().describe('types to send; unset: all'),
  by,
});
export const secretRequest = z.strictObject({ client, by });
export const webhookByQuery = z.strictObject({ by });

export const deliveriesQuery = z.strictObject({
  endpoint: z.string().min(1).max(80).optional().describe('id of an endpoint'),
  type: webhookType.optional().describe('what the webhook tells'),
  status: z
    .enum(DELIVERY_STATUSES)
    .optional()
    .describe(
      'lost: a rule kept it from being sent · dropped: the queue was full · canceled: its endpoint was removed',
    ),
  limit: z.coerce.number().int().min(1).max(1000).default(100).describe('deliveries on a page'),
  cursor: z.coerce.number().int().min(0).optional().describe('`nextCursor` of the page before'),
});

export const endpointShape = z.strictObject({
  id: z.string(),
  client: z.string(),
  url: z.string().describe('without user, password, and secrets in its query'),
  events: z.array(webhookType).nullable().describe('null for all'),
  madeAt: time,
  disabled: z.string().nullable().describe('why nothing is sent any more, until a reset'),
  queued: count.describe('deliveries that have not come to an end'),
  dropped: count.describe('webhooks that found the queue full'),
});
export const addedEndpointShape = endpointShape.extend({
  secret: z.string().optional().describe('that signs all of its client; shown once, and never one that a setting gave'),
});

export const deliveryShape = z.strictObject({
  id: z.string(),
  webhookId: z.string().describe('`webhook-id`, the same on every attempt'),
  type: webhookType,
  client: z.string(),
  endpoint: z.string(),
  madeAt: time,
  status: z
    .enum(DELIVERY_STATUSES)
    .describe(
      'failed: after the last attempt · lost: a rule kept it from being sent · dropped: the queue was full · canceled: its endpoint was disabled or removed',
    ),
  attempts: z.array(
    z.strictObject({
      at: time,
      ms: count,
      status: z.int().nullable(),
      error: z.string().nullable().describe('why no status came'),
      signature: z
        .enum(['good', 'bad'])
        .nullable()
        .describe('bad: a rule had it signed so that it must be refused; null while faults are sealed'),
    }),
  ),
  nextAt: time.nullable().describe('of the next attempt; null: none, or as soon as may be'),
  rules: z.array(z.string()).describe('ids of the rules that acted on it'),
});

export const rotatedSecretShape = z.strictObject({
  client: z.string(),
  secret: z.string().describe('shown once; the one before signs along for 24 hours'),
});

export type WebhookBody = z.input<typeof webhookRequest>;
export type DeliveriesQuery = z.input<typeof deliveriesQuery>;
export type WebhookEndpoint = z.output<typeof endpointShape>;
export type AddedWebhookEndpoint = z.output<typeof addedEndpointShape>;
export type WebhookDelivery = z.output<typeof deliveryShape>;
export type RotatedSecret = z.output<typeof rotatedSecretShape>;
