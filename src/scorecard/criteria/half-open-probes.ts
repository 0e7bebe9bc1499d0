// How carefully the client asks whether the upstream is back.
import { z } from 'zod';
import { counted } from '../../base/counted.ts';
import { defineCriterion, type Finding } from '../criterion.ts';
import { DEMAND_NEEDED, MIN_DEMAND } from '../in-vain.ts';
import { openTimesOf } from '../open-times.ts';
import { silencesOf } from '../silences.ts';
import { greatest, median } from '../statistics.ts';
import { idsOf, noData } from '../verdict.ts';

const MIN_GAPS = 3;
/** Of the time, at least: so long a breaker is open where hardly anything is answered. */
const MIN_SHARE = 1 / 3;
const SECOND_MS = 1000;

export const halfOpenProbes = defineCriterion({
  name: 'half-open-probes',
  asks: 'How carefully does it ask whether the upstream is back?',
  unit: 's',
  counts: 'judged',
  better: 'neither',
  weight: 40,
  thresholds: z.strictObject({
    burst: z.number().positive().default(10).describe('calls between two silences, at most'),
    from: z.number().positive().default(5).describe('seconds of silence between probes, at least'),
    to: z.number().positive().default(120).describe('and at most'),
    fail: z.number().positive().default(1).describe('shorter silences are none'),
  }),
  threshold: ({ burst, from, to, fail }) =>
    `silences of ${from} to ${to} s, fails below ${fail} s; at most ${burst} calls between them`,
  source: 'Hystrix 5 s and 1 call; opossum 30 s and 1; resilience4j 60 s and 10',
  judge: (of, { burst, from, to, fail }): Finding => {
    const found = silencesOf(of);
    if (!found) return noData(0, DEMAND_NEEDED);
    const { all: silences, perS, share } = found;
    if (silences.length < MIN_GAPS)
      return noData(
        silences.length,
        `${MIN_GAPS} silences under a fault are needed, in what it otherwise asks for at least ${MIN_DEMAND} times a second.`,
      );
    if (share < MIN_SHARE)
      return noData(
        silences.length,
        `It was silent for ${(share * 100).toFixed(0)} % of the time alone: such pauses may be those of a client that stalls.`,
      );
    const { ms, orMs } = openTimesOf(silences, SECOND_MS / perS);
    const gaps = ms.map((gap) => gap / SECOND_MS);
    const open = silences.filter(({ isLeftOpen }) => isLeftOpen).length;
    const bursts = silences.map(({ probes }) => probes.length);
    const figure = median(gaps);
    const most = greatest(bursts);
    const verdict = most > burst || figure < fail ? 'fail' : figure < from || figure > to ? 'warn' : 'pass';
    const is = `It is silent for ${figure.toFixed(1)} s and then sends up to ${counted(most, 'call')}`;
    const advice = verdict === 'pass' ? `${is}.` : `${is}; probe with one call, every ${from} to ${to} s.`;
    return {
      ...{ verdict, n: silences.length, figure, advice },
      evidence: idsOf(silences.flatMap(({ probes }) => probes)),
      more: { burst: most, shortest: Math.min(...gaps), longest: greatest(gaps) },
      ...(open > 0
        ? {
            unsure: `${open} of ${silences.length} silences began with a call that it left open, and may contain the time for which it waited for that`,
          }
        : orMs !== undefined && {
            unsure: `it may be open for ${(orMs / SECOND_MS).toFixed(1)} s as well: several calls are under way when it opens, and which of them opens it is not seen`,
          }),
    };
  },
});
