// Rules about webhooks among the others: who takes events, what an activation lays over them, and where nobody can ask for their hits.
import { describe, expect, test } from 'vitest';
import { RulesSeen } from '../../src/director/rules-seen.ts';
import { activationMistakes } from '../../src/faults/laid-over.ts';
import { checked } from '../support/open-upstream.ts';
import { mistakesIn } from '../support/webhook-kinds.ts';

const known = { operations: ['listSessions'], doors: ['main'] };

describe('events', () => {
  test.each(['hang', 'reset-connection', 'dark-door'])('are refused of %s, which acts on what clients ask', (fault) => {
    expect(mistakesIn({ fault, match: { events: ['order.paid'] } })[0]).toMatch(
      /^match.events: .* only webhooks have a type/,
    );
  });

  test('laid over a profile must have something in common with those of its rules', () => {
    const rules = [checked({ fault: 'lost-webhook', match: { events: ['order.paid'] } })];
    expect(activationMistakes({ match: { events: ['order.paid'] } }, rules, known).mistakes).toEqual([]);
    const { mistakes } = activationMistakes({ match: { events: ['order.expired'] } }, rules, known);
    expect(mistakes.map(({ message }) => message)[0]).toMatch(/its events exclude each other/);
    const other = activationMistakes({ match: { operations: ['listSessions'] } }, rules, known).mistakes;
    expect(other.map(({ path }) => path)).toEqual(['match.operations']);
  });
});

test('a question about a rule of webhooks in the journal is told where they are written', () => {
  const seen = new RulesSeen();
  const { fault } = checked({ fault: 'lost-webhook' });
  seen.add([{ id: 'w', fault }]);
  expect(seen.whyUnasked('w')).toMatch(/acts on webhooks: GET \/v1\/webhooks\/deliveries tells where it acted/);
});
