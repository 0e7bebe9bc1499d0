// A purchase under each fault that can befall a payment: where payment, order, seat and money end, and that the books explain it.
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Rule } from '../src/faults/rule.ts';
import { NOBODY } from './support/flows.ts';
import { type OpenUpstream, openUpstream, type UpstreamWishes } from './support/open-upstream.ts';
import { redirectBuyer } from './support/redirect-buyer.ts';
import { parseShipped, shippedProfiles } from './support/shipped.ts';

const TTL_MS = 900_000;
const HOUR_MS = 3_600_000;
const SEATS = ['free', 'reserved', 'sold'];

/** Payment, order, seat, captures and refunds. */
type State = readonly [payment: string, order: string, seat: string, captures: number, refunds: number];

async function opened(rules: readonly Rule[], wishes?: UpstreamWishes): Promise<OpenUpstream> {
  const upstream = await openUpstream(wishes);
  onTestFinished(() => upstream.close());
  upstream.arm(...rules);
  return upstream;
}

/** What is held for good is given up, as a buyer does who closes the window; a cut is no answer either. */
async function patiently<Answer>({ world }: OpenUpstream, call: Promise<Answer>): Promise<Answer | undefined> {
  let isOver = false;
  const outcome = call
    .catch(() => undefined)
    .finally(() => {
      isOver = true;
    });
  await vi.waitUntil(() => isOver || world.holds.size > 0, { timeout: 30_000 });
  if (!isOver) await world.holds.release('drop');
  return outcome;
}

async function stateOf({ world: { boxOffice } }: OpenUpstream, id: string, seat: string): Promise<State> {
  const { payment, status } = await boxOffice.order(NOBODY, id);
  const { layout, states } = boxOffice.seatMap('s1');
  const rows = (kind: string): number => payment.redirect?.money.filter((row) => row.kind === kind).length ?? 0;
  const is = SEATS[states[layout.indexOf.get(seat) as number] as number] as string;
  return [payment.status, status, is, rows('capture'), rows('refund')];
}

/** Every form is sent twice; the shop asks for completion twice by one key, and then by another. */
async function purchase(rules: readonly Rule[], card: string) {
  const upstream = await opened(rules);
  const { id, seat, page, issuer, submit, complete } = await redirectBuyer(upstream.url);
  for (let i = 0; i < 2; i++) await patiently(upstream, submit(page, { attempt: '1', card }));
  if (card === 'challenge')
    for (let i = 0; i < 2; i++) await patiently(upstream, submit(issuer, { attempt: '1', answer: 'approve' }));
  for (const key of ['one', 'one', 'another']) await patiently(upstream, complete(key));
  const soon = await stateOf(upstream, id, seat);
  upstream.world.boxOfficeClock.advance(TTL_MS + HOUR_MS);
  const later = await stateOf(upstream, id, seat);
  const acted = upstream.world.engine.rules.filter(({ counts }) => (counts?.acted ?? 0) > 0);
  return {
    id,
    soon,
    later,
    acted: acted.map(({ fault }) => fault.name),
    breaches: upstream.world.boxOffice.invariants(),
  };
}

const TICKET: State = ['succeeded', 'completed', 'sold', 1, 0];

/** Of a profile, or of one rule: what it is once the shop has asked, and an hour after all that may lapse has. */
const FAULTS: readonly (readonly [what: string | Rule, card: string, soon: State, later: State])[] = [
  [
    'issuer-down',
    'challenge',
    ['requires_action', 'pending_payment', 'reserved', 0, 0],
    ['canceled', 'expired', 'free', 0, 0],
  ],
  ['return-lost', 'succeeds', TICKET, TICKET],
  ['lost-completions', 'succeeds', TICKET, TICKET],
  ['ambiguous-completion', 'challenge', TICKET, TICKET],
  ['webhook-storm', 'succeeds', TICKET, TICKET],
  ['webhooks-lost', 'succeeds', TICKET, TICKET],
  [
    'charged-but-no-ticket',
    'succeeds',
    ['succeeded', 'completing', 'reserved', 4, 0],
    ['succeeded', 'completing', 'reserved', 4, 0],
  ],
  [
    'charged-but-no-ticket',
    'challenge',
    ['succeeded', 'completing', 'reserved', 4, 0],
    ['succeeded', 'completing', 'reserved', 4, 0],
  ],
  [
    'paid-too-late',
    'succeeds',
    ['processing', 'pending_payment', 'reserved', 0, 0],
    ['refunded', 'refunded', 'free', 1, 1],
  ],
  [
    'paid-too-late',
    'challenge',
    ['processing', 'pending_payment', 'reserved', 0, 0],
    ['refunded', 'refunded', 'free', 1, 1],
  ],
  [
    { fault: 'completion-pending' },
    'succeeds',
    ['succeeded', 'completing', 'reserved', 1, 0],
    ['succeeded', 'completing', 'reserved', 1, 0],
  ],
  [
    { fault: 'completion-pending', with: { after: '20s' } },
    'succeeds',
    ['succeeded', 'completing', 'reserved', 1, 0],
    TICKET,
  ],
  [{ fault: 'forgotten-idempotency' }, 'succeeds', TICKET, TICKET],
  [
    { fault: 'double-charge' },
    'succeeds',
    ['succeeded', 'completed', 'sold', 3, 0],
    ['succeeded', 'completed', 'sold', 3, 0],
  ],
];

const shipped = new Map(shippedProfiles().map((profile) => [profile.name, profile]));

function rulesOf(what: string | Rule): readonly Rule[] {
  if (typeof what !== 'string') return [what];
  const profile = shipped.get(what);
  if (!profile) throw new Error(`no profile ${what}`);
  return parseShipped(profile).rules;
}

const named = FAULTS.map(
  ([what, ...rest]) => [typeof what === 'string' ? what : JSON.stringify(what), what, ...rest] as const,
);

describe('a purchase', () => {
  test('without a fault is a ticket, charged once', async () => {
    expect(await purchase([], 'challenge')).toMatchObject({ soon: TICKET, later: TICKET, breaches: [] });
  });

  test.each(named)(
    'under %s, by a card that $2, ends where the books can explain it',
    async (_name, what, card, soon, later) => {
      const rules = rulesOf(what);
      const seen = await purchase(rules, card);
      expect({ soon: seen.soon, later: seen.later }).toEqual({ soon, later });
      const surely = rules.filter(({ fault, share }) => share === undefined && !/webhook|signature/.test(fault));
      expect(seen.acted).toEqual(expect.arrayContaining(surely.map(({ fault }) => fault)));
      const charges = rules.some(({ fault }) => fault === 'double-charge');
      expect(seen.breaches.map(({ rule, detail }) => `${rule} ${detail.split(' ')[0]}`)).toEqual(
        charges ? [`money_adds_up ${seen.id}`] : [],
      );
    },
  );

  test('paid too late gets its seat again where that is free and the upstream is told so', async () => {
    const upstream = await opened(rulesOf('paid-too-late'), { paymentRules: { latePayment: 'reacquire' } });
    const { id, seat, page, returned, complete } = await redirectBuyer(upstream.url);
    expect(await returned(page, { attempt: '1', card: 'succeeds' })).toBe('open');
    upstream.world.boxOfficeClock.advance(TTL_MS);
    expect(await stateOf(upstream, id, seat)).toEqual(['processing', 'expired', 'free', 0, 0]);
    upstream.world.boxOfficeClock.advance(30_000);
    expect(await stateOf(upstream, id, seat)).toEqual(['succeeded', 'paid', 'reserved', 1, 0]);
    expect((await complete('k')).status).toBe(200);
    expect(await stateOf(upstream, id, seat)).toEqual(TICKET);
    expect(upstream.world.boxOffice.invariants()).toEqual([]);
  });

  test('paid too late has no seat when others have bought it meanwhile', async () => {
    const upstream = await opened(rulesOf('paid-too-late'), { paymentRules: { latePayment: 'reacquire' } });
    const { id, seat, page, submit } = await redirectBuyer(upstream.url);
    await submit(page, { attempt: '1', card: 'succeeds' });
    await upstream.heal();
    upstream.world.boxOfficeClock.advance(TTL_MS);
    const other = await redirectBuyer(upstream.url);
    expect(other.seat).toBe(seat);
    await other.submit(other.page, { attempt: '1', card: 'succeeds' });
    expect((await other.complete('k')).status).toBe(200);
    upstream.world.boxOfficeClock.advance(30_000);
    expect(await stateOf(upstream, id, seat)).toEqual(['refunded', 'refunded', 'sold', 1, 1]);
    expect(upstream.world.boxOffice.invariants()).toEqual([]);
  });
});
