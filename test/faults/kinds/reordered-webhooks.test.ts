// reordered-webhooks: one is passed by a later one, and waits no longer than it says.
import { describe, expect, test } from 'vitest';
import type { Rule } from '../../../src/faults/rule.ts';
import { countsOf, describeWebhookKind } from '../../support/webhook-kinds.ts';
import { HOOK, orderIds, webhookStage } from '../../webhooks/stage.ts';

describeWebhookKind('reordered-webhooks');

const opened = (params: Record<string, unknown> = {}, rule: Partial<Rule> = {}) => {
  const stage = webhookStage();
  stage.webhooks.add({ client: 'seller-a', url: HOOK });
  stage.arm({ fault: 'reordered-webhooks', with: params, ...rule });
  return stage;
};

describe('a webhook that is held back', () => {
  test('is passed by the next of its client, so that pairs are swapped', async () => {
    const stage = opened();
    for (const order of ['o-1', 'o-2', 'o-3', 'o-4']) await stage.completed(order);
    expect(orderIds(stage.shared.calls)).toEqual(['o-2', 'o-1', 'o-4', 'o-3']);
    expect(countsOf(stage)).toMatchObject({ matched: 4, acted: 2, inapplicable: 2 });
  });

  test('by order is passed only by one about the same order', async () => {
    const stage = opened({ by: 'order' });
    const canceled = {
      kind: 'canceled',
      at: 0,
      sessionId: 's-1',
      client: 'seller-a',
      reservationId: 'r',
      seats: [],
    } as const;
    await stage.completed('o-1');
    await stage.completed('o-2');
    expect(stage.shared.calls).toEqual([]);
    await stage.told({ ...canceled, orderId: 'o-1', externalRef: 'x', refunded: false });
    expect(stage.types()).toEqual(['order.canceled', 'order.completed']);
    expect(orderIds(stage.shared.calls)).toEqual(['o-1', 'o-1']);
  });

  test('that none passes in time is only late, and has not been reordered', async () => {
    const stage = opened({ within: '10s' });
    await stage.completed('o-1');
    await stage.clock.advanceAsync(9999);
    expect(stage.shared.calls).toEqual([]);
    await stage.clock.advanceAsync(1);
    expect(orderIds(stage.shared.calls)).toEqual(['o-1']);
    expect(countsOf(stage)).toMatchObject({ acted: 0, inapplicable: 1 });
  });

  test('goes on at once when its rule ends', async () => {
    const stage = opened();
    await stage.completed('o-1');
    stage.engine.end(stage.engine.rules);
    await stage.clock.settle();
    expect(orderIds(stage.shared.calls)).toEqual(['o-1']);
    expect(stage.clock.pending).toBe(0);
  });

  test('is not passed by its own copies', async () => {
    const stage = opened({}, { limit: 1 });
    stage.engine.end(stage.engine.rules);
    stage.arm({ fault: 'duplicate-webhook', id: 'twice' }, { fault: 'reordered-webhooks', id: 'swap' });
    await stage.completed('o-1');
    expect(stage.shared.calls).toEqual([]);
    await stage.completed('o-2');
    expect(orderIds(stage.shared.calls).slice(0, 1)).toEqual(['o-2']);
    expect(orderIds(stage.shared.calls).sort()).toEqual(['o-1', 'o-1', 'o-2', 'o-2']);
  });
});
