// When which fault was in force, as the summaries tell it: from the first that has it to the last.
import type { Summary, SummaryRule } from '../../../../admin/contract/summary.ts';

export interface FaultBand {
  /** Counts up from 1, so that a band on a chart and its name can be told to be the same. */
  readonly number: number;
  /** Of the activation, or of the single rule. */
  readonly name: string;
  readonly kinds: readonly string[];
  /** Epoch seconds. */
  readonly from: number;
  readonly to: number;
  /** In force in the newest summary. */
  readonly isNow: boolean;
}

interface Open {
  readonly name: string;
  readonly kinds: Set<string>;
  readonly fromMs: number;
  toMs: number;
}

/** The rules of one activation make one band; in the order in which they began. */
export function faultBands(summaries: readonly Summary[]): FaultBand[] {
  const all: Open[] = [];
  let before = new Map<string, Open>();
  for (const { at, rules } of summaries) {
    const now = Date.parse(at);
    const present = new Map<string, Open>();
    for (const rule of rules) {
      const name = rule.activation ?? rule.id;
      const band = present.get(name) ?? goesOn(before.get(name), rule) ?? begin(all, name, now);
      band.toMs = now;
      band.kinds.add(rule.fault);
      present.set(name, band);
    }
    before = present;
  }
  return all.map((band, index) => ({
    number: index + 1,
    name: band.name,
    kinds: [...band.kinds],
    from: band.fromMs / 1000,
    to: band.toMs / 1000,
    isNow: before.get(band.name) === band,
  }));
}

/** Where it was ended and put in force again while nothing was told, it is another. */
const goesOn = (band: Open | undefined, { since }: SummaryRule): Open | undefined =>
  band && Date.parse(since) <= band.toMs ? band : undefined;

function begin(all: Open[], name: string, now: number): Open {
  const band: Open = { name, kinds: new Set(), fromMs: now, toMs: now };
  all.push(band);
  return band;
}

/** Those in force at a moment, in epoch seconds. */
export const bandsAt = (bands: readonly FaultBand[], moment: number): FaultBand[] =>
  bands.filter(({ from, to }) => from <= moment && moment <= to);
