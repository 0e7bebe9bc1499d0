// bad-signature: what comes does not verify with the public package, on every attempt, until its rule ends.
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { signedHeaders } from '../../../src/webhooks/signature.ts';
import { describeWebhookKind } from '../../support/webhook-kinds.ts';
import { HOOK, webhookStage } from '../../webhooks/stage.ts';

describeWebhookKind('bad-signature');

test('is bad on every attempt while the rule is in force, and good on the next one after', async () => {
  const { webhooks, arm, completed, shared, clock, engine } = webhookStage({
    answer: () => ({ status: 400, headers: {} }),
  });
  webhooks.add({ client: 'seller-a', url: HOOK });
  arm({ fault: 'bad-signature' });
  await completed('o-1');
  await clock.advanceAsync(5000);
  engine.end(engine.rules);
  await clock.advanceAsync(300_000);
  const keys = shared.secrets.keysOf('seller-a').filter((key) => key !== undefined);
  const good = shared.calls.map(({ headers, body }) => {
    const { 'webhook-id': id = '', 'webhook-timestamp': seconds, 'webhook-signature': signature } = headers;
    const honest = signedHeaders({ id, at: Number(seconds) * 1000, body, signature: 'good' }, keys);
    return signature === honest['webhook-signature'];
  });
  expect(good).toEqual([false, false, true]);
});

test('is rejected by a receiver that verifies', async () => {
  const keys = [Buffer.alloc(32, 1)];
  const headers = signedHeaders({ id: 'msg_1', at: Date.now(), body: '{}', signature: 'bad' }, keys);
  const receiver = new Webhook(`whsec_${keys[0]?.toString('base64')}`);
  expect(() => receiver.verify('{}', headers)).toThrow(WebhookVerificationError);
});
