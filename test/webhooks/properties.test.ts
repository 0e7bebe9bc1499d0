// Whatever happens, whatever rules are in force and however receivers answer: every webhook comes to an end, and every hit is accounted for.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Rule } from '../../src/faults/rule.ts';
import type { Sent } from '../../src/web/outbound.ts';
import { HOOK, webhookStage } from './stage.ts';

const answers = fc.constantFrom<Sent>(
  { status: 200, headers: {} },
  { status: 500, headers: {} },
  { status: 429, headers: { 'retry-after': '30' } },
  { error: 'no whole answer within 15 s' },
);

const rules = fc.uniqueArray(
  fc.record({
    fault: fc.constantFrom('lost-webhook', 'late-webhook', 'duplicate-webhook', 'reordered-webhooks', 'bad-signature'),
    share: fc.constantFrom(0.3, 0.7, 1),
    limit: fc.integer({ min: 1, max: 20 }),
    per: fc.constantFrom<Rule['per']>('all', 'client'),
  }),
  { maxLength: 5, selector: ({ fault }) => fault },
);

/** Milliseconds between one fact and the next, the order it is about, and whether all rules end then. */
const steps = fc.array(
  fc.record({
    waitMs: fc.constantFrom(0, 1, 7000, 90_000),
    order: fc.nat(3),
    heals: fc.constantFrom(...Array(9).fill(false), true),
  }),
  { minLength: 1, maxLength: 25 },
);

test('every webhook comes to an end, and every rule that was drawn has acted, or has not, once', async () => {
  await fc.assert(
    fc.asyncProperty(steps, rules, fc.infiniteStream(answers), async (happenings, wanted, replies) => {
      const open = new Set<string>();
      const stage = webhookStage({
        timeScale: 1000,
        async answer({ body }) {
          const { id } = JSON.parse(body).data;
          expect(open.has(id)).toBe(false); // two calls about one order
          open.add(id);
          await Promise.resolve();
          open.delete(id);
          return replies.next().value;
        },
      });
      stage.webhooks.add({ client: 'seller-a', url: HOOK });
      stage.arm(...wanted);
      const armed = stage.engine.rules;
      for (const { waitMs, order, heals } of happenings) {
        if (heals) stage.engine.end(stage.engine.rules);
        await stage.completed(`o-${order}`);
        await stage.clock.advanceAsync(waitMs);
      }
      await stage.clock.advanceAsync(7 * 86_400_000);
      const { data } = stage.webhooks.deliveries({ limit: 2000 });
      expect(data.filter(({ status }) => !['delivered', 'failed', 'lost'].includes(status))).toEqual([]);
      expect(new Set(data.map(({ origin }) => origin)).size).toBe(happenings.length);
      expect(data.reduce((sum, { attempts }) => sum + attempts.length, 0)).toBe(stage.shared.calls.length);
      for (const { counts } of armed)
        expect(counts.acted + counts.spared + counts.inapplicable + counts.limited).toBe(counts.matched);
      expect([stage.clock.pending, stage.webhooks.totals.queued]).toEqual([0, 0]);
    }),
    { numRuns: 150 },
  );
});
