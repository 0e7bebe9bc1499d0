// The books are read while others get their turn, in pages that lose nothing, and each breach is told with its requests.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Believed } from '../../src/box-office/audit/belief.ts';
import { HONEST } from '../../src/box-office/terms.ts';
import { reconcile } from '../../src/director/auditing.ts';
import { FirstKeys } from '../../src/director/first-keys.ts';
import { auditInvariants, MAX_REQUESTS } from '../../src/director/invariants.ts';
import { ledgerPage } from '../../src/director/ledger.ts';
import type { World } from '../../src/director/world-port.ts';
import { newAbout } from '../../src/journal/about.ts';
import { purchase, row } from '../box-office/audit/purchases.ts';
import { type Stage, stage, TTL_MS } from '../box-office/stage.ts';
import { exchangeEntry } from '../support/entries.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { createBareWorld } from './stage.ts';

/** A clock on which each look takes so long that the next stretch begins. */
class BusyClock extends ManualClock {
  override ticks(): number {
    this.advance(9);
    return super.ticks();
  }
}

function worldOf(house: Stage, clock = new ManualClock()): World {
  return Object.assign(createBareWorld(clock), { audit: () => house.office.audit() });
}

async function* pieces(...rows: Believed[]): AsyncGenerator<readonly Believed[]> {
  yield rows;
}

describe('reconciling', () => {
  test('is of one seller, or of all but the crowd', async () => {
    const house = stage();
    await purchase(house, 'a', 'sold');
    await purchase(house, 'b', 'sold', { client: 'beta' });
    await purchase(house, 'c', 'sold', { client: 'crowd' });
    const world = worldOf(house);
    const unknown = async (client: string | undefined) =>
      (await reconcile(world, client, pieces(row('a')))).differences.map(({ externalRef }) => externalRef);
    expect(await unknown('alpha')).toEqual([]);
    expect(await unknown('beta')).toEqual(['a', 'b']);
    expect(await unknown(undefined)).toEqual(['b']);
    expect((await reconcile(world, 'beta', pieces(row('a')))).counts).toMatchObject({
      'unknown-to-upstream': 1,
      'unknown-to-seller': 1,
      'seats-differ': 0,
    });
  });

  test('lets others have their turn, and takes what they change meanwhile as it is then', async () => {
    const house = stage();
    const many = Array.from({ length: 120 }, (_, index) => `ref-${String(index).padStart(3, '0')}`);
    const bought = await Promise.all(many.map((ref) => purchase(house, ref, 'sold')));
    const world = worldOf(house, new BusyClock());
    let turns = 0;
    let isOver = false;
    const count = (): void => {
      turns++;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    setImmediate(() => void house.office.cancelOrder('alpha', bought.at(-1)?.order.id ?? '', HONEST));
    const { differences } = await reconcile(world, undefined, pieces(...many.map((ref) => row(ref))));
    isOver = true;
    expect(turns).toBeGreaterThan(2);
    expect(differences.map(({ kind, externalRef }) => `${externalRef} ${kind}`)).toEqual([
      'ref-119 paid-without-ticket',
    ]);
  });
});

describe('the ledger', () => {
  test('has every reference once, whatever the size of its pages', async () => {
    const house = stage();
    await purchase(house, 'z', 'sold', { client: 'beta' });
    for (const ref of ['b', 'a', 'é', 'a']) await purchase(house, ref, 'sold');
    await house.reserve({ seats: ['D-1', 'D-2'], customerRef: 'held' });
    const world = worldOf(house);
    const all = await ledgerPage(world, { limit: 100 });
    expect(all.lines.map(({ client, externalRef, truth }) => [client, externalRef, truth.orders])).toEqual([
      ...[
        ['alpha', null, 0],
        ['alpha', 'a', 2],
        ['alpha', 'b', 1],
        ['alpha', 'é', 1],
        ['beta', 'z', 1],
      ],
    ]);
    expect(all).toMatchObject({ next: null, currency: 'IRR', forgotten: 0 });
    expect(all.lines[0]).toMatchObject({ reservations: 1, reserved: 2 });
    const one: unknown[] = [];
    for (let after: string | undefined; ; ) {
      const page = await ledgerPage(world, { limit: 1, after });
      one.push(...page.lines);
      if (page.next === null) break;
      after = page.next;
    }
    expect(one).toEqual(all.lines);
    expect((await ledgerPage(world, { limit: 9, externalRef: 'a' })).lines).toEqual([all.lines[1]]);
    expect((await ledgerPage(world, { limit: 9, client: 'beta' })).lines).toEqual([all.lines[4]]);
  });

  test('tells what is held, sold, taken and given back apart', async () => {
    const house = stage();
    const lineOf = async (ending: Parameters<typeof purchase>[2]) => {
      const { order } = await purchase(house, ending, ending);
      const { lines } = await ledgerPage(worldOf(house), { limit: 1, externalRef: ending });
      const { reserved, truth } = lines[0] ?? { truth: undefined };
      const shares = [truth?.amount, truth?.captured, truth?.refunded, truth?.stranded].map(
        (sum) => (sum ?? Number.NaN) / order.amount,
      );
      return [reserved, truth?.sold, ...shares];
    };
    expect(await lineOf('pending')).toEqual([1, 0, 0, 0, 0, 0]);
    expect(await lineOf('sold')).toEqual([0, 1, 1, 0, 0, 0]);
    expect(await lineOf('sold-here')).toEqual([0, 1, 1, 1, 0, 0]);
    expect(await lineOf('charged-twice')).toEqual([0, 1, 2, 2, 0, 0]);
    expect(await lineOf('stranded')).toEqual([1, 0, 0, 1, 0, 1]);
    expect(await lineOf('refunded')).toEqual([0, 0, 0, 0, 0, 0]);
    house.clock.advance(TTL_MS); // what was stranded is given back
    const { lines } = await ledgerPage(worldOf(house), { limit: 1, externalRef: 'stranded' });
    expect(lines[0]?.truth).toMatchObject({ stranded: 0, shown: [{ status: 'refunded' }] });
    expect(lines[0]?.truth.refunded).toBe(lines[0]?.truth.captured);
  });

  test('the first keys of a list are the same as of the list in order', () => {
    const key = fc.string({ maxLength: 3 });
    fc.assert(
      fc.property(fc.array(key, { maxLength: 200 }), key, fc.integer({ min: 1, max: 9 }), (keys, after, wanted) => {
        const first = new FirstKeys<string>(after, wanted);
        for (const one of keys) first.add(one, `of ${one}`);
        const sorted = [...new Set(keys)].filter((one) => one > after).sort();
        expect(first.list()).toEqual(sorted.slice(0, wanted).map((one) => [one, `of ${one}`]));
      }),
    );
  });
});

describe('the invariants', () => {
  test('a double charge is told with the requests that were about its order, the last ones', async () => {
    const house = stage();
    const { order } = await purchase(house, 'r', 'charged-twice');
    const world = worldOf(house, new BusyClock());
    const ask = (url: string): string => {
      const entry = exchangeEntry({ url, requestId: `q${world.journal.stats.entries}` });
      world.journal.open(entry);
      return entry.requestId;
    };
    ask('/v1/orders/o_s1_other000/complete');
    ask('/v1/sessions');
    const about = Array.from({ length: MAX_REQUESTS + 5 }, () => ask(`/v1/orders/${order.id}/complete`));
    const ofPage = exchangeEntry({
      url: '/pay/[redacted]',
      requestId: 'paid',
      about: { ...newAbout(), order: order.id },
    });
    world.journal.open(ofPage);
    about.push(ofPage.requestId);
    const { breaches, counts, evicted } = await auditInvariants(world);
    expect([...counts]).toEqual([['money_adds_up', 1]]);
    expect(breaches).toMatchObject([{ breach: { rule: 'money_adds_up', orders: [order.id] }, found: about.length }]);
    expect(breaches[0]?.requests.map(({ requestId }) => requestId)).toEqual(about.slice(-MAX_REQUESTS));
    expect(evicted).toBe(0);
  });

  test('hold while sellers are at work between two looks', async () => {
    const house = stage();
    const world = worldOf(house, new BusyClock());
    const bought = await Promise.all(
      Array.from({ length: 60 }, (_, index) => purchase(house, `a${index}`, 'sold', { count: 1 })),
    );
    let isOver = false;
    const work = (async () => {
      for (let index = 0; !isOver; index++) {
        const { order } = bought[index % bought.length] ?? bought[0] ?? (await purchase(house, 'x', 'sold'));
        await house.office.cancelOrder(order.client, order.id, HONEST);
        await purchase(house, `b${index}`, index % 2 ? 'sold' : 'canceled');
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    for (let i = 0; i < 5; i++) expect((await auditInvariants(world)).breaches).toEqual([]);
    isOver = true;
    await work;
  });
});
