// What every kind that acts on webhooks is held to: what it may be told, share 0, limit, heal, and where its hits are written.
import { describe, expect, test } from 'vitest';
import { checkRule } from '../../src/faults/check.ts';
import type { Rule } from '../../src/faults/rule.ts';
import { OPERATION_NAMES } from '../../src/upstream/operations/operations.ts';
import { HOOK, OTHER_HOOK, type WebhookStage, webhookStage } from '../webhooks/stage.ts';

const known = { operations: OPERATION_NAMES, doors: ['main'] };

export const mistakesIn = (rule: Rule): string[] => {
  const result = checkRule(rule, known);
  return 'mistakes' in result ? result.mistakes.map(({ path, message }) => `${path}: ${message}`) : [];
};

export const countsOf = ({ engine }: WebhookStage) => engine.rules[0]?.counts;

/** Tells of two orders, and lets time go by until all of it is sent. */
export async function twoOrders(stage: WebhookStage): Promise<void> {
  await stage.completed('o-1');
  await stage.completed('o-2');
  await stage.clock.advanceAsync(600_000);
}

export function describeWebhookKind(fault: string, params: Record<string, unknown> = {}): void {
  const opened = (rule: Partial<Rule> = {}): WebhookStage => {
    const stage = webhookStage();
    stage.webhooks.add({ client: 'seller-a', url: HOOK });
    stage.arm({ fault, with: params, ...rule });
    return stage;
  };

  describe(`${fault}, as every kind that acts on webhooks`, () => {
    test('takes events and clients to match by, and refuses what only requests have, with the reason', () => {
      expect(mistakesIn({ fault, match: { events: ['order.paid'], clients: ['seller-a'] } })).toEqual([]);
      const match = {
        ...{ operations: ['listSessions'], methods: ['GET'], paths: ['/v1/sessions'], headers: { a: 'b' } },
        ...{ doors: ['main'], addresses: ['10.0.0.1'] },
      };
      for (const [part, value] of Object.entries(match))
        expect(mistakesIn({ fault, match: { [part]: value } })).toContain(
          `match.${part}: ${fault} acts on webhooks, which have no ${part}; allowed: events, clients`,
        );
      expect(mistakesIn({ fault, per: 'connection' })[0]).toMatch(/^per: .* have no connection; allowed: client, all/);
      expect(mistakesIn({ fault, connections: 'new' })[0]).toMatch(/^connections: .* on no connection of a client/);
      expect(mistakesIn({ fault, match: { events: ['order.payed'] } })[0]).toMatch(/did you mean order.paid\?/);
    });

    test('acts on what it is meant for, and its hits are counted, told and written to the log', async () => {
      const stage = opened({ match: { events: ['order.completed'], clients: ['seller-a'] } });
      const told: string[] = [];
      stage.engine.counted.subscribe(({ fault: kind, outcome }) => told.push(`${kind} ${outcome}`));
      stage.webhooks.add({ client: 'seller-b', url: OTHER_HOOK });
      await stage.completed('o-0', 'seller-b');
      await twoOrders(stage);
      const { matched = 0, acted = 0 } = countsOf(stage) ?? {};
      expect(matched).toBe(2);
      expect(acted).toBeGreaterThan(0);
      expect(told.filter((one) => one === `${fault} acted`)).toHaveLength(acted);
      const hit = stage.webhooks.deliveries({ limit: 100 }).data.filter(({ rules }) => rules.includes('test/0'));
      expect(hit.length).toBeGreaterThanOrEqual(acted);
      expect(hit.every(({ notice }) => notice.client === 'seller-a')).toBe(true);
    });

    test('a share of 0 never acts', async () => {
      const stage = opened({ share: 0 });
      await twoOrders(stage);
      expect(stage.types()).toEqual(['order.completed', 'order.completed']);
      expect(countsOf(stage)).toMatchObject({ acted: 0, spared: 2 });
    });

    test('a limit is spent where it acts', async () => {
      const stage = opened({ limit: 1 });
      for (let i = 0; i < 3; i++) await twoOrders(stage);
      expect(countsOf(stage)).toMatchObject({ acted: 1 });
    });

    test('is off once its rule has ended', async () => {
      const stage = opened();
      stage.engine.end(stage.engine.rules);
      await twoOrders(stage);
      expect(stage.types()).toEqual(['order.completed', 'order.completed']);
    });
  });
}
