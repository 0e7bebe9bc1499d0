// A share whose ramp is in story time, as one in real time that is already under way.
import { formatDuration, parseDuration } from '../base/duration.ts';
import type { Share } from '../faults/rule.ts';
import type { Pace } from './scenario-port.ts';

/** A ramp that would be over by now is its last value. */
export function pacedShare(share: Share, { speed, lateMs }: Pick<Pace, 'speed' | 'lateMs'>): Share {
  if (typeof share === 'number') return share;
  const overMs = parseDuration(share.over) ?? 0;
  if (lateMs >= overMs) return share.to;
  const from = share.from + (share.to - share.from) * (lateMs / overMs);
  return { from, to: share.to, over: formatDuration(Math.max(1, Math.round((overMs - lateMs) / speed))) };
}
