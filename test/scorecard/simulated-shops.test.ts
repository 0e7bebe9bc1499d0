// Shops of many manners in virtual time: none is taken for having a breaker that it has not, and of those that have one it is told when it opened.
import { describe, expect, test } from 'vitest';
import { breakerOpening } from '../../src/scorecard/criteria/breaker-opening.ts';
import { halfOpenProbes } from '../../src/scorecard/criteria/half-open-probes.ts';
import { judged, many } from '../support/evidence.ts';
import { FAULT } from '../support/purchases.ts';
import { type SimulatedShop, simulated } from '../support/simulated-shop.ts';

type Manner = Omit<SimulatedShop, 'seed' | 'shares' | 'breaker'>;

const MANNERS = (['hang', 'refuse'] as const).flatMap((fails) =>
  [1, 3].flatMap((tries) =>
    [10, Number.POSITIVE_INFINITY].flatMap((places) =>
      (fails === 'hang' ? [1000, 10_000] : [1000]).map((timeoutMs): Manner => ({ fails, tries, places, timeoutMs })),
    ),
  ),
);
const ALL = [1, 1, 1, 1, 1];
const COMPLETIONS = [0, 0, 0, 0, 1];
const RESERVATIONS = [0, 0, 1, 0, 0];

const words = ({ fails, tries, places, timeoutMs }: Manner): string =>
  `calls that ${fails}, tried ${tries} times, for ${timeoutMs} ms each, with ${places} places`;

describe('without a breaker', () => {
  const faults = [
    ALL,
    COMPLETIONS,
    RESERVATIONS,
    [1],
    Array(5).fill(0.7),
    Array(5).fill(0.45),
    [0.3, 0.3, 0.3, 0.3, 0.9],
  ];

  test.each(MANNERS.map((manner) => [words(manner), manner] as const))('%s never pass', (_, manner) => {
    for (const shares of faults)
      for (const seed of [1, 2]) {
        const shop = simulated({ ...manner, shares, seed });
        const { verdict, figure } = judged(breakerOpening, shop);
        expect(figure).toBeNull();
        expect(['fail', 'no-data']).toContain(verdict);
        expect(judged(halfOpenProbes, shop)).toMatchObject({ verdict: 'no-data', figure: null });
      }
  });
});

describe('with a breaker that opens after ten failures for ten seconds', () => {
  const quick = MANNERS.filter(({ timeoutMs, places }) => timeoutMs === 1000 && places > 10);

  test.each(quick.map((manner) => [words(manner), manner] as const))('%s pass with when it opened', (_, manner) => {
    const cases = [
      { scope: 'all', shares: ALL, opened: 'all' },
      { scope: 'step', shares: ALL, opened: 'step 0' },
      { scope: 'step', shares: COMPLETIONS, opened: 'step 4' },
      { scope: 'step', shares: RESERVATIONS, opened: 'step 2' },
    ] as const;
    for (const { scope, shares, opened } of cases)
      for (const seed of many(3, (n) => n + 1)) {
        const breaker = { scope, failures: 10, openMs: 10_000 };
        const { openedAt, ...shop } = simulated({ ...manner, shares, seed, breaker });
        const seconds = ((openedAt.get(opened) as number) - FAULT.from) / 1000;
        const finding = judged(breakerOpening, shop);
        expect(finding).toMatchObject({ verdict: 'pass', more: { operation: opened === 'all' ? 'step 0' : opened } });
        // buyers come by chance, and retries go on for as long as they take
        expect(Math.abs((finding.figure as number) - seconds)).toBeLessThan(manner.tries > 1 ? 1.5 : 0.8);
        const probes = judged(halfOpenProbes, shop);
        expect(probes).toMatchObject({ verdict: 'pass', more: { burst: 1 } });
        expect(Math.abs((probes.figure as number) - 10)).toBeLessThan(0.2);
      }
  });
});
