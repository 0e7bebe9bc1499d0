// The webhooks of one world on the manual clock: facts are told by hand, and calls are answered as a test says.
import { createTopic, type Topic } from '../../src/base/topic.ts';
import type { Fact } from '../../src/box-office/facts.ts';
import { Engine } from '../../src/faults/engine.ts';
import type { Rule } from '../../src/faults/rule.ts';
import type { Outgoing, Sent } from '../../src/web/outbound.ts';
import { Webhooks } from '../../src/webhooks/webhooks.ts';
import { CAPABLE } from '../support/arrivals.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { checked } from '../support/open-upstream.ts';
import { OK, type WrittenCalls, writtenCalls } from '../support/webhook-receivers.ts';

export const HOOK = new URL('http://127.0.0.1:1/hook');
export const OTHER_HOOK = new URL('http://127.0.0.1:1/other');

export interface WebhookStage {
  readonly clock: ManualClock;
  readonly webhooks: Webhooks;
  readonly facts: Topic<Fact>;
  readonly engine: Engine;
  readonly shared: WrittenCalls;
  /** Types of what was sent, in order. */
  types(): string[];
  arm(...rules: readonly Rule[]): void;
  /** Tells that an order was completed, and lets it be sent. */
  completed(orderId: string, client?: string): Promise<void>;
  told(fact: Fact): Promise<void>;
}

interface Wishes {
  readonly answer?: (call: Outgoing) => Sent | Promise<Sent>;
  readonly timeScale?: number;
  readonly seed?: number;
}

export function webhookStage({ answer = () => OK, timeScale = 1, seed = 7 }: Wishes = {}): WebhookStage {
  const clock = new ManualClock();
  const facts = createTopic<Fact>((error) => {
    throw error;
  });
  const engine = new Engine({ clock, conditions: CAPABLE });
  const shared = writtenCalls(answer, clock);
  const webhooks = new Webhooks({ ...shared, world: 'w', clock, timeScale, facts, engine, seed: () => seed });
  const told = async (fact: Fact): Promise<void> => {
    facts.publish(fact);
    await clock.settle();
  };
  return {
    ...{ clock, webhooks, facts, engine, shared, told },
    types: () => shared.calls.map(({ body }) => JSON.parse(body).type),
    arm: (...rules) =>
      engine.enforce(
        engine.arm(
          rules.map((rule) => checked(rule)),
          { activation: 'test', seed },
        ),
      ),
    completed: (orderId, client = 'seller-a') => told(completedOrder(orderId, client)),
  };
}

export const completedOrder = (orderId: string, client = 'seller-a'): Fact => ({
  ...{ kind: 'completed', at: 1_767_614_400_000, sessionId: 's-1', client, reservationId: `r-${orderId}`, seats: [] },
  ...{ orderId, externalRef: `ref-${orderId}`, amount: 1000, currency: 'EUR' },
});

export const orderIds = (calls: readonly Outgoing[]): string[] => calls.map(({ body }) => JSON.parse(body).data.id);
