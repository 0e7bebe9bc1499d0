// duplicate-webhook: it comes several times, with one id or with another each time, and one after the other.
import { expect, test } from 'vitest';
import { describeWebhookKind } from '../../support/webhook-kinds.ts';
import { HOOK, orderIds, webhookStage } from '../../webhooks/stage.ts';

describeWebhookKind('duplicate-webhook');

test.each([
  ['same', 1],
  ['another', 3],
])('with %s id comes three times under %i ids', async (id, distinct) => {
  const { webhooks, arm, completed, shared } = webhookStage();
  webhooks.add({ client: 'seller-a', url: HOOK });
  arm({ fault: 'duplicate-webhook', with: { copies: 3, id } });
  await completed('o-1');
  expect(orderIds(shared.calls)).toEqual(['o-1', 'o-1', 'o-1']);
  expect(new Set(shared.calls.map(({ headers }) => headers['webhook-id'])).size).toBe(distinct);
  expect(webhooks.deliveries({ limit: 9 }).data.map(({ rules }) => rules)).toEqual([['test/0'], ['test/0'], []]);
});
