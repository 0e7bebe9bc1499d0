// The chain that slow payment sets off by itself, played as shipped: reservations lapse, others buy the seats, late money has none.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { sleep } from '../src/base/clock.ts';
import type { Fact } from '../src/box-office/facts.ts';
import type { PaymentRules } from '../src/box-office/paying/money.ts';
import { createDirector } from '../src/director/director.ts';
import { createScenarioShelf } from '../src/shelf/scenario-shelf.ts';
import { createShelf } from '../src/shelf/shelf.ts';
import { OPERATION_NAMES } from '../src/upstream/operations/operations.ts';
import { ADMIN, quiet } from './director/stage.ts';
import { ManualClock } from './support/manual-clock.ts';
import { openUpstream } from './support/open-upstream.ts';
import { type RedirectBuyer, redirectBuyer } from './support/redirect-buyer.ts';
import { ask } from './support/seller.ts';
import { ROOT } from './support/shipped.ts';

const SCENARIO = 'payment-cascade';
const FILE = join(ROOT, 'faults/scenarios', `${SCENARIO}.yaml`);
const SESSION = 's1';
const CARDS = ['succeeds', 'challenge'] as const;
type Card = (typeof CARDS)[number];
const BUYERS = 16;
/** Every page is slow from then on, for five minutes. */
const SLOW_FROM_MS = 300_000;
const STEP_MS = 1000;
/** Before each form is sent. */
const THINKS_MS = 2000;
/** More than any of them takes, in steps. */
const MAX_STEPS = 300;
/** Box-office time; fifteen seconds of the story. */
const REFUND_AFTER_MS = 300_000;

interface Play {
  readonly latePayment: PaymentRules['latePayment'];
  /** The story without its slowness. */
  readonly quick?: true;
  /** Of so many buyers somebody else looks once a second whether their seats have come free, and buys them. */
  readonly watched: number;
}

async function play({ latePayment, quick, watched }: Play) {
  const clock = new ManualClock();
  const plays = await openShelves(clock, quick ? withoutSlowness() : undefined);
  const paymentRules = { latePayment, refundAfterMs: REFUND_AFTER_MS };
  const upstream = await openUpstream({ clock, plays, paymentRules });
  onTestFinished(() => upstream.close());
  const { world, url } = upstream;
  const facts: Fact[] = [];
  world.boxOffice.facts.subscribe((fact) => facts.push(fact));
  await world.playback.play(SCENARIO, { seed: 1399 }, ADMIN);
  await clock.advanceAsync(SLOW_FROM_MS);
  const kinds = plays.director.rules(world).map(({ fault }) => fault);
  expect(kinds).toEqual(quick ? [] : ['latency']);
  const endings = await livedThrough({ clock, url, holds: world.holds, watched });
  expect(world.boxOffice.invariants()).toEqual([]);
  await clock.advanceAsync(REFUND_AFTER_MS);
  expect(world.boxOffice.invariants()).toEqual([]);
  return { endings, facts };
}

async function openShelves(clock: ManualClock, overlay: string | undefined) {
  const known = { operations: OPERATION_NAMES, doors: ['main'] };
  const places = { shipped: join(ROOT, 'faults'), ...(overlay && { overlay }), known, clock, log: quiet };
  const shelf = await createShelf(places);
  const scenarios = await createScenarioShelf({ ...places, profiles: shelf });
  const director = createDirector({ shelf, known });
  onTestFinished(() => {
    director.close();
    scenarios.close();
    shelf.close();
  });
  return { director, scenarios };
}

/** A folder with the same story, but for the cues that put slowness in force. */
function withoutSlowness(): string {
  const folder = mkdtempSync(join(tmpdir(), 'showstopper-cascade-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { cues, ...story } = parse(readFileSync(FILE, 'utf8'));
  const kept = cues.filter((cue: object) => !('activate' in cue || 'deactivate' in cue));
  mkdirSync(join(folder, 'scenarios'));
  writeFileSync(join(folder, 'scenarios', `${SCENARIO}.yaml`), stringify({ ...story, cues: kept }));
  return folder;
}

interface Ending extends RedirectBuyer {
  /** What the return to the shop said; undefined where no page led back. */
  readonly told: string | null | undefined;
  readonly status: string;
  readonly tickets: number;
}

type Think = () => Promise<void>;

async function buy(buyer: RedirectBuyer, card: Card, think: Think): Promise<Ending> {
  const told = await paid(buyer, card, think);
  const { status } = await buyer.read();
  const tickets = status === 'paid' ? (await buyer.complete(buyer.id)).body.tickets.length : 0;
  return { ...buyer, told, status, tickets };
}

/** Every page is looked at before its form is sent. */
async function paid({ page, issuer, submit, returned }: RedirectBuyer, card: Card, think: Think) {
  await look(page);
  await think();
  if (card === 'succeeds') return returned(page, { attempt: '1', card });
  const led = await submit(page, { attempt: '1', card });
  if (led.status !== 303) return undefined;
  await look(issuer);
  await think();
  return returned(issuer, { attempt: '1', answer: 'approve' });
}

const look = async (url: string): Promise<unknown> => (await fetch(url, { redirect: 'manual' })).arrayBuffer();

interface Living {
  readonly clock: ManualClock;
  /** Of the upstream. */
  readonly url: string;
  readonly holds: { readonly size: number };
  readonly watched: number;
}

/** Buyers who come at once; time goes on only while all who are not done think, or wait for a page. */
async function livedThrough({ clock, url, holds, watched }: Living): Promise<Ending[]> {
  let [unfinished, thinking] = [BUYERS, 0];
  const think = async (): Promise<void> => {
    thinking++;
    await sleep(clock, THINKS_MS);
    thinking--;
  };
  const buyers: RedirectBuyer[] = [];
  for (let nth = 0; nth < BUYERS; nth++) buyers.push(await redirectBuyer(url, {}, SESSION));
  const underWay = buyers.map((buyer, nth) =>
    buy(buyer, CARDS[nth % CARDS.length] ?? 'succeeds', think).finally(() => unfinished--),
  );
  const seats = buyers.slice(0, watched).map(({ seat }) => seat);
  for (let step = 0; unfinished > 0; step++) {
    if (step > MAX_STEPS) throw new Error(`${unfinished} buyers wait still`);
    await expect.poll(() => holds.size + thinking === unfinished).toBe(true);
    if (unfinished > 0) await clock.advanceAsync(STEP_MS);
    await buyFreed(url, seats, step);
  }
  return Promise.all(underWay);
}

/** By somebody who pays at another shop. */
async function buyFreed(url: string, watched: readonly string[], step: number): Promise<void> {
  const post = (path: string, json: object, key: string) =>
    ask(`${url}/v1${path}`, { method: 'POST', json, headers: { 'Idempotency-Key': key } });
  const { rows } = (await ask(`${url}/v1/sessions/${SESSION}/seat-map`)).body as SeatMap;
  const free = rows.flatMap(({ seats }) => seats.filter(({ id, status }) => status === 'free' && watched.includes(id)));
  for (const { id: seat } of free) {
    const ref = `other-${seat}-${step}`;
    const reserved = await post(`/sessions/${SESSION}/reservations`, { seats: [seat], customerRef: ref }, `r-${ref}`);
    const order = { reservationId: reserved.body.id, externalRef: ref, customer: { name: 'Ben', phone: '0912' } };
    const { id } = (await post('/orders', { ...order, payment: { method: 'seller' } }, `o-${ref}`)).body;
    expect((await post(`/orders/${id}/complete`, {}, `c-${ref}`)).body.status).toBe('completed');
  }
}

interface SeatMap {
  readonly rows: readonly { readonly seats: readonly { readonly id: string; readonly status: string }[] }[];
}

/** What happened to a buyer's seat, in order, and to whom: this buyer, or another. */
function storyOf(facts: readonly Fact[], { id, seat }: RedirectBuyer): string {
  const mine = facts.find((fact) => fact.kind === 'ordered' && fact.orderId === id)?.reservationId;
  return facts
    .filter(({ kind, sessionId, seats }) => kind !== 'extended' && sessionId === SESSION && seats.includes(seat))
    .map(({ kind, reservationId }) => (reservationId === mine ? kind : `other ${kind}`))
    .join(' ');
}

const LAPSED = 'reserved ordered lapsed payment_canceled';
const TO_OTHERS = 'other reserved other ordered other completed';
const storiesOf = (endings: readonly Ending[], facts: readonly Fact[]) => endings.map((one) => storyOf(facts, one));

test('by latency alone reservations lapse, others buy the seats, and the money that comes late is given back', async () => {
  const { endings, facts } = await play({ latePayment: 'refund', watched: BUYERS });
  const late = endings.filter(({ status }) => status === 'refund_pending');
  expect(storiesOf(late, facts)).toContain(`${LAPSED} ${TO_OTHERS} captured refunded`);
  for (const order of late) {
    expect([order.told, order.tickets]).toEqual(['succeeded', 0]);
    expect(await order.read()).toMatchObject({ status: 'refunded', payment: { status: 'refunded' } });
    expect((await order.complete(`late-${order.id}`)).body.code).toBe('reservation_expired');
  }
  const neverPaid = endings.filter(({ status }) => status === 'expired');
  expect(new Set(storiesOf(neverPaid, facts))).toEqual(new Set([`${LAPSED} ${TO_OTHERS}`]));
  const served = endings.filter(({ tickets }) => tickets === 1);
  expect(new Set(storiesOf(served, facts))).toEqual(new Set(['reserved ordered captured paid completed']));
  expect(late.length + neverPaid.length + served.length).toBe(BUYERS);
});

test('where late money may take its seats again, it does so while they are free, and goes back where they are not', async () => {
  const { endings, facts } = await play({ latePayment: 'reacquire', watched: BUYERS / 2 });
  const again = endings.filter((one) => storyOf(facts, one) === `${LAPSED} captured reserved paid completed`);
  expect(again.map(({ tickets }) => tickets)).toContain(1);
  const inVain = endings.filter(({ status }) => status === 'refund_pending');
  expect(storiesOf(inVain, facts)).toContain(`${LAPSED} ${TO_OTHERS} captured refunded`);
});

test('without the latency the same buyers all get tickets', async () => {
  const { endings, facts } = await play({ latePayment: 'refund', quick: true, watched: BUYERS });
  expect(endings.map(({ told, tickets }) => [told, tickets])).toEqual(Array(BUYERS).fill(['succeeded', 1]));
  expect(new Set(storiesOf(endings, facts))).toEqual(new Set(['reserved ordered captured paid completed']));
});
