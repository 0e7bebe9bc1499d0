// Two processes over one log of patches: no seat is sold twice, no claim is lost, and each lapse is told once in all.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMovableClock } from '../../src/base/movable-clock.ts';
import { type BoxOffice, createBoxOffice } from '../../src/box-office/box-office.ts';
import type { Fact } from '../../src/box-office/facts.ts';
import { small } from '../../src/box-office/season/small.ts';
import { createIdempotencyKeys } from '../../src/box-office/state/idempotency.ts';
import { codeTally, filmTally, type Tally } from '../../src/box-office/state/tally.ts';
import { HONEST } from '../../src/box-office/terms.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { hasSurplus, ordersIn, seatsPaidLate } from './books.ts';
import { attempt, nothingKnown, play, type Round, round } from './random-sellers.ts';
import { createReplicas, type Replica } from './replicas.ts';
import { OPENED_AT, refusal, TTL_MS } from './stage.ts';

interface Process {
  readonly store: Replica;
  readonly office: BoxOffice;
}

/** Box offices of the same season and seed, and what they told, in order. */
function open() {
  const machine = new ManualClock(OPENED_AT);
  const clock = createMovableClock(machine);
  const facts: Fact[] = [];
  const processes = createReplicas(2).map((store, index): Process => {
    const settings = { season: small(), store, clock, seed: 1, openedAt: OPENED_AT, reservationTtlMs: TTL_MS };
    const office = createBoxOffice({ ...settings, claimant: `p${index}-` });
    office.facts.subscribe((fact) => facts.push(fact));
    lookAtAll(office, store);
    return { store, office };
  });
  const catchUp = (): void => {
    for (const { store } of processes) store.catchUp();
  };
  return { machine, clock, facts, processes: processes as [Process, Process], catchUp };
}

/** So that the process hears of every session, limit and quota that the other changes. */
function lookAtAll(office: BoxOffice, store: Replica): void {
  const { season } = office;
  for (const { plan } of office.sessions({}, 0, season.sessions.length).items)
    for (const customer of ['ada', 'ben']) store.peek(filmTally(plan.film.id, customer));
  for (const code of season.discounts.keys()) store.peek(codeTally(code));
}

type House = ReturnType<typeof open>;

const REQUEST = { client: 'alpha', sessionId: 's1', customerRef: 'ada', seats: ['C-4'] };

async function game(house: House, rounds: readonly Round[]): Promise<void> {
  const { processes, machine, clock, catchUp } = house;
  const known = nothingKnown();
  for (const { moves, clockMs, how } of rounds) {
    const running = moves.map((each, at) =>
      attempt(play((processes[at % 2] as Process).office, known, each, clock.now())),
    );
    if (how === 'pass' && clockMs > 0) machine.advance(clockMs);
    else clock.advance(clockMs);
    await Promise.all(running);
    catchUp();
    check(house);
  }
}

function check({ processes, catchUp, facts }: House): void {
  const totals = processes.map(({ office }) => {
    const counted = office.totals(); // settles what is due, which the other has to hear of
    catchUp();
    return counted;
  });
  expect(totals[1]).toEqual(totals[0]);
  for (const { office, store } of processes) {
    const doubled = ordersIn(store).filter(hasSurplus).length; // a breach that a fault makes
    expect(office.invariants().map(({ rule }) => rule)).toEqual(Array(doubled).fill('money_adds_up'));
    const held = [...store.all('limit')].reduce((sum, [, tally]) => sum + (tally as Tally).total, 0);
    expect(held).toBe((totals[0]?.reserved ?? 0) + (totals[0]?.sold ?? 0) + seatsPaidLate(store));
  }
  for (const kind of ['reserved', 'lapsed', 'released', 'completed'] as const) {
    const told = facts.filter((fact) => fact.kind === kind).map(({ reservationId }) => reservationId);
    expect(new Set(told).size).toBe(told.length);
  }
}

test('whatever sellers do at both at once, the books of both are in order and alike', async () => {
  let reruns = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 10 }), async (rounds) => {
      const house = open();
      await game(house, rounds);
      for (const { store } of house.processes) reruns += store.reruns;
    }),
    { numRuns: 100 },
  );
  expect(reruns).toBeGreaterThan(0);
});

test('a lapse that both conclude gives one fact and gives the tickets back once', async () => {
  const { processes, machine, facts, catchUp } = open();
  const [one, other] = processes;
  const four = { ...REQUEST, seats: ['C-1', 'C-2', 'C-3', 'C-4'] };
  await one.office.reserve(four, HONEST);
  catchUp();
  machine.advance(TTL_MS);
  expect([one, other].map(({ office }) => office.session('s1').available)).toEqual([39, 39]);
  expect(facts.map(({ kind }) => kind)).toEqual(['reserved', 'lapsed']);
  await other.office.reserve(four, HONEST);
  await refusal(one.office.reserve({ ...REQUEST, seats: ['D-1'] }, HONEST), 'limit_reached');
});

test('a customer who asks both at once gets no more than the limit', async () => {
  const { processes, catchUp } = open();
  const asked = ['C', 'D', 'B', 'E'].map((row, at) =>
    (processes[at % 2] as Process).office.reserve({ ...REQUEST, seats: [`${row}-1`, `${row}-2`] }, HONEST),
  );
  const given = (await Promise.allSettled(asked)).filter(({ status }) => status === 'fulfilled');
  expect(given).toHaveLength(2);
  catchUp();
  expect(processes[1].office.totals().reserved).toBe(4);
});

test('a key that is claimed at one is in progress at the other, and replays there', async () => {
  const scope = { client: 'alpha', path: '/v1/orders', key: 'k' };
  const [one, other] = createReplicas(2).map((store, index) =>
    createIdempotencyKeys({ store, clock: { now: () => 0 }, claimant: `p${index}-` }),
  ) as [ReturnType<typeof createIdempotencyKeys>, ReturnType<typeof createIdempotencyKeys>];
  const claims = await Promise.allSettled([one.claim(scope, 'body'), other.claim(scope, 'body')]);
  const [won, lost] = claims;
  expect(lost).toMatchObject({ status: 'rejected', reason: { code: 'idempotency_in_progress' } });
  if (won?.status !== 'fulfilled' || won.value.state !== 'claimed') throw new Error('the first was not first');
  const answer = { status: 201, headers: [], body: 'done' };
  won.value.settle(answer);
  expect(await other.claim(scope, 'body')).toEqual({ state: 'replay', answer });
});
