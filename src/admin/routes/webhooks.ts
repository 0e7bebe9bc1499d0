// Webhooks: where they go, what became of them, and the secrets that sign them.
import type { DeliverySeen, EndpointSeen } from '../../director/webhooks-port.ts';
import { listOf, pageOf } from '../contract/contract.ts';
import {
  addedEndpointShape,
  deliveriesQuery,
  deliveryShape,
  endpointShape,
  rotatedSecretShape,
  secretRequest,
  type WebhookDelivery,
  type WebhookEndpoint,
  webhookByQuery,
  webhookRequest,
} from '../contract/webhooks.ts';
import type { AdminDeps } from '../deps.ts';
import { defineRoute, ok, type Route } from '../route.ts';

export const webhookRoutes = (deps: AdminDeps): Route[] => [
  ...endpointRoutes(deps),
  ...deliveryRoutes(deps),
  secretRoute(deps),
];

function endpointRoutes({ director }: AdminDeps): Route[] {
  return [
    defineRoute({
      name: 'listWebhooks',
      method: 'GET',
      path: '/v1/webhooks',
      summary: 'Endpoints of webhooks, with what waits for each and what it had no room for.',
      access: 'read',
      answers: { 200: { summary: 'All endpoints.', shape: listOf(endpointShape) } },
      handle: ({ world }) => ok({ data: world.webhooks.endpoints().map(presentEndpoint) }),
    }),
    defineRoute({
      name: 'addWebhook',
      method: 'POST',
      path: '/v1/webhooks',
      summary: 'Sends webhooks of a client to this URL from now on; they are made while there is an endpoint.',
      access: 'write',
      body: webhookRequest,
      answers: { 201: { summary: 'It is there; the secret of the client is shown once.', shape: addedEndpointShape } },
      refusals: ['validation_failed', 'conflict'],
      handle({ world, base, body, caller }) {
        const { secret, ...added } = director.addWebhook(world, body, caller);
        const shown = { ...presentEndpoint(added), ...(secret !== undefined && { secret }) };
        return { status: 201, body: shown, headers: { Location: `${base}/v1/webhooks/${added.id}` } };
      },
    }),
    defineRoute({
      name: 'deleteWebhook',
      method: 'DELETE',
      path: '/v1/webhooks/{id}',
      summary: 'Removes an endpoint, and cancels what waits for it.',
      access: 'write',
      params: { id: 'id of the endpoint' },
      query: webhookByQuery,
      answers: { 204: { summary: 'It is gone.' } },
      refusals: ['not_found'],
      handle({ world, params, query, caller }) {
        director.deleteWebhook(world, { endpoint: params.id ?? '', ...query }, caller);
        return { status: 204 };
      },
    }),
  ];
}

function deliveryRoutes({ director }: AdminDeps): Route[] {
  return [
    defineRoute({
      name: 'listDeliveries',
      method: 'GET',
      path: '/v1/webhooks/deliveries',
      summary: 'What became of webhooks, the newest first, with every attempt.',
      access: 'read',
      query: deliveriesQuery,
      answers: { 200: { summary: 'One page.', shape: pageOf(deliveryShape) } },
      handle({ world, query }) {
        const { data, nextCursor } = world.webhooks.deliveries(query);
        return ok({ data: data.map(presentDelivery), nextCursor: nextCursor === null ? null : String(nextCursor) });
      },
    }),
    defineRoute({
      name: 'redeliverWebhook',
      method: 'POST',
      path: '/v1/webhooks/deliveries/{id}/redeliver',
      summary: 'Sends a webhook once more, with its id; if that fails, it is tried again by the whole schedule.',
      access: 'write',
      params: { id: 'id of the delivery' },
      body: webhookByQuery,
      answers: { 202: { summary: 'It is about to be sent.', shape: deliveryShape } },
      refusals: ['not_found', 'conflict'],
      handle({ world, params, body, caller }) {
        const again = director.redeliverWebhook(world, { delivery: params.id ?? '', ...body }, caller);
        return { status: 202, body: presentDelivery(again) };
      },
    }),
  ];
}

const secretRoute = ({ director }: AdminDeps): Route =>
  defineRoute({
    name: 'rotateWebhookSecret',
    of: 'process',
    method: 'POST',
    path: '/v1/webhooks/secrets',
    summary: 'Gives a client a new secret, in every world; the one before signs along for 24 hours.',
    access: 'write',
    body: secretRequest,
    answers: { 200: { summary: 'The new secret, shown once.', shape: rotatedSecretShape } },
    refusals: ['validation_failed'],
    handle: ({ world, body, caller }) => ok(director.rotateWebhookSecret(world, body, caller)),
  });

const time = (epochMs: number): string => new Date(epochMs).toISOString();
const timeOrNull = (epochMs: number | null): string | null => (epochMs === null ? null : time(epochMs));

const presentEndpoint = ({ events, madeAt, ...endpoint }: EndpointSeen): WebhookEndpoint => ({
  ...endpoint,
  events: events && [...events],
  madeAt: time(madeAt),
});

function presentDelivery(delivery: DeliverySeen): WebhookDelivery {
  const { id, notice, madeAt, status, attempts, nextAt, rules } = delivery;
  return {
    ...{ id, webhookId: notice.id, type: notice.type, client: notice.client, endpoint: notice.endpoint },
    ...{ madeAt: time(madeAt), status, nextAt: timeOrNull(nextAt), rules: [...rules] },
    attempts: attempts.map((attempt) => ({ ...attempt, at: time(attempt.at) })),
  };
}
