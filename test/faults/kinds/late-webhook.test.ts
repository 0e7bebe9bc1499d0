// late-webhook: it is sent after the delay, or at once when its rule ends.
import { expect, test } from 'vitest';
import { countsOf, describeWebhookKind, mistakesIn } from '../../support/webhook-kinds.ts';
import { HOOK, webhookStage } from '../../webhooks/stage.ts';

describeWebhookKind('late-webhook', { delay: '10s' });

const opened = () => {
  const stage = webhookStage();
  stage.webhooks.add({ client: 'seller-a', url: HOOK });
  stage.arm({ fault: 'late-webhook', with: { delay: '16m' } });
  return stage;
};

test('comes as late as it says, with the time it tells of in its body and that of the attempt in its head', async () => {
  const { completed, clock, shared, webhooks } = opened();
  await completed('o-1');
  expect(webhooks.deliveries({ limit: 1 }).data[0]).toMatchObject({ status: 'pending', nextAt: clock.now() + 960_000 });
  await clock.advanceAsync(959_999);
  expect(shared.calls).toEqual([]);
  await clock.advanceAsync(1);
  const [call] = shared.calls;
  expect(JSON.parse(call?.body ?? '').timestamp).toBe('2026-01-05T12:00:00.000Z');
  expect(call?.headers['webhook-timestamp']).toBe(String(clock.now() / 1000));
});

test('goes on at once when its rule ends, and has acted', async () => {
  const stage = opened();
  const [rule] = stage.engine.rules;
  await stage.completed('o-1');
  await stage.clock.advanceAsync(1000);
  stage.engine.end(stage.engine.rules);
  await stage.clock.settle();
  expect(stage.shared.calls).toHaveLength(1);
  expect(rule?.counts.acted).toBe(1);
  expect(stage.clock.pending).toBe(0);
});

test('that is forgotten by a reset has not acted', async () => {
  const stage = opened();
  await stage.completed('o-1');
  stage.webhooks.reset();
  expect(countsOf(stage)).toMatchObject({ acted: 0, inapplicable: 1 });
});

test('of no delay is refused', () => {
  const none = { fault: 'late-webhook', with: { delay: '0s' } };
  expect(mistakesIn(none)).toEqual(['with.delay: must be longer than nothing, got 0']);
});
