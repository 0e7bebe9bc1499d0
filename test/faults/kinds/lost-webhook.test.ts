// lost-webhook: what it keeps from being sent stays unsent, and is in the log.
import { expect, test } from 'vitest';
import { describeWebhookKind, twoOrders } from '../../support/webhook-kinds.ts';
import { HOOK, orderIds, webhookStage } from '../../webhooks/stage.ts';

describeWebhookKind('lost-webhook');

test('what it loses is never sent, also not later, until it is sent again by hand', async () => {
  const stage = webhookStage();
  stage.webhooks.add({ client: 'seller-a', url: HOOK });
  stage.arm({ fault: 'lost-webhook', every: 2 });
  await twoOrders(stage);
  expect(orderIds(stage.shared.calls)).toEqual(['o-1']);
  const [lost] = stage.webhooks.deliveries({ limit: 1, status: 'lost' }).data;
  expect(lost).toMatchObject({ status: 'lost', rules: ['test/0'], attempts: [] });
  stage.webhooks.redeliver(lost?.id ?? '');
  await stage.clock.settle();
  expect(orderIds(stage.shared.calls)).toEqual(['o-1', 'o-2']);
});
