// Whether the client bought anything twice: tickets, or the money for them.
import { z } from 'zod';
import { ByName } from '../by-name.ts';
import { type Case, defineCriterion, type Finding } from '../criterion.ts';
import type { Attempt } from '../evidence.ts';
import { groupsOf } from '../groups.ts';
import type { Name } from '../names.ts';
import { type Sold, standing } from '../sales.ts';
import { idsOf, noData } from '../verdict.ts';

const SECOND_MS = 1000;

export const duplicateOrders = defineCriterion({
  name: 'duplicate-orders',
  asks: 'Did it buy anything twice?',
  unit: 'count',
  counts: 'gate',
  better: 'less',
  weight: 160,
  thresholds: z.strictObject({
    pass: z.int().min(0).default(0).describe('orders and captured payments too many, at most'),
    alikeWithin: z
      .number()
      .min(0)
      .default(600)
      .describe(
        'seconds within which orders of one customer, session and number of seats are alike, which is a warning',
      ),
  }),
  threshold: ({ pass }) => `at most ${pass} orders of one reference and session too many; orders that are alike warn`,
  source: 'Oztix, 2022: seven charges for one order; Spektrix Connect on confirming an order',
  judge: (of, { pass, alikeWithin }): Finding => {
    const sold = standing(of.sales);
    if (sold.length === 0) return noData(0, 'An order that was completed or paid is needed.');
    const again = boughtAgain(sold);
    const charged = of.sales.filter(({ captures }) => captures > 1);
    const surplus = charged.reduce((total, { captures }) => total + captures - 1, 0);
    const figure = again.reduce((total, group) => total + group.length - 1, 0) + surplus;
    const alike = alikeOf(of, sold, alikeWithin * SECOND_MS);
    const shown = figure > pass ? [...again.flat(), ...charged] : alike.flat();
    return {
      verdict: figure > pass ? 'fail' : alike.length > 0 || figure > 0 ? 'warn' : 'pass',
      ...{ n: sold.length, figure, evidence: idsOf(completionsOf(of, shown)) },
      advice: adviceOn({ again: figure - surplus, surplus, alike: alike.length }),
      more: { orders: figure - surplus, captures: surplus, alike: alike.length },
    };
  },
});

function adviceOn(found: { readonly again: number; readonly surplus: number; readonly alike: number }): string {
  if (found.again > 0)
    return `It bought ${found.again} times again what it already had; after an answer that was lost, ask findOrders for the reference before ordering again.`;
  if (found.surplus > 0)
    return `Money was taken ${found.surplus} times too often; complete an order under one key only, and never send a payment twice.`;
  if (found.alike > 0)
    return `${found.alike} orders are like one shortly before, under another reference; see whether those customers meant to buy twice.`;
  return 'Nothing was bought twice.';
}

/** Those of one reference and session, more than one. */
const boughtAgain = (sold: readonly Sold[]): Sold[][] =>
  groupsOf(sold, { placeOf: ({ session }) => session, nameOf: ({ externalRef }) => externalRef });

/** Pairs, one after the other, of one customer for as many seats of one session, under different references. */
function alikeOf({ named }: Case, sold: readonly Sold[], withinMs: number): Sold[][] {
  const customers = new ByName<Name>();
  for (const { operation, order, customer } of named)
    if (operation === 'createOrder' && order !== null && customer !== null) customers.set(order, customer);
  const groups = groupsOf(sold, {
    placeOf: ({ session, seats }) => `${session} ${seats}`,
    nameOf: ({ order }) => customers.get(order) ?? null,
  });
  return groups.flatMap((group) =>
    group.slice(1).flatMap((sale, before) => {
      const last = group[before] as Sold;
      const isAlike = sale.soldAt - last.soldAt <= withinMs && sale.externalRef !== last.externalRef;
      return isAlike ? [[last, sale]] : [];
    }),
  );
}

/** Of each order, the completion that was done; what was completed by itself has none. */
function completionsOf({ named }: Case, sales: readonly { readonly order: Name }[]): Attempt[] {
  if (sales.length === 0) return [];
  const places = new ByName<number>();
  sales.forEach(({ order }, place) => {
    places.set(order, place);
  });
  const first = new Array<Attempt | undefined>(sales.length).fill(undefined);
  for (const attempt of named) {
    const { operation, order, workedAt } = attempt;
    const isOne = operation === 'completeOrder' && workedAt !== null && order !== null;
    const place = isOne ? places.get(order) : undefined;
    if (place !== undefined) first[place] ??= attempt;
  }
  return first.filter((attempt) => attempt !== undefined);
}
