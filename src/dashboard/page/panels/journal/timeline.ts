// The moments of an exchange on a line: where each stands between its arrival and its end.
import type { Entry } from '../../../../admin/contract/entry.ts';

type Arrival = Exclude<Entry, { kind: 'event' }>;

export const MOMENTS = ['at', 'workedAt', 'firstByteAt', 'finAt', 'endedAt'] as const;
export type MomentName = (typeof MOMENTS)[number];

export interface Moment {
  readonly name: MomentName;
  /** After its arrival. */
  readonly afterMs: number;
  /** On the line, 0..1. */
  readonly part: number;
}

/** In the order in which they came, evenly where all was in one millisecond; `now` ends the line of one that is open. Epoch ms. */
export function momentsOf(entry: Arrival, now: number): Moment[] {
  const from = Date.parse(entry.at);
  const times = entry.kind === 'exchange' ? entry : { ...entry, workedAt: null, firstByteAt: null, finAt: null };
  const moments = MOMENTS.flatMap((name) => {
    const time = times[name];
    return time === null ? [] : [{ name, afterMs: Math.max(0, Date.parse(time) - from) }];
  });
  const open = entry.endedAt === null ? now - from : 0;
  const whole = Math.max(open, ...moments.map(({ afterMs }) => afterMs));
  return moments
    .sort((one, other) => one.afterMs - other.afterMs)
    .map((moment, nth) => ({
      ...moment,
      part: whole === 0 ? nth / Math.max(1, moments.length - 1) : moment.afterMs / whole,
    }));
}
