// What may be asked for beyond the schemas: how long, for whom, and with which words.
import { DURATION_FORM, formatDuration, parseDuration } from '../base/duration.ts';
import { capped, type Mistake } from '../base/mistake.ts';
import { Refusal } from '../base/refusal.ts';

/** No ttl is longer, so that its end is still a date. */
const MAX_TTL_MS = 366 * 86_400_000;

/** Bounds of ttl; unset means none. */
export interface TtlBounds {
  readonly defaultTtlMs?: number | undefined;
  readonly maxTtlMs?: number | undefined;
}

/** A no to something that is well-formed and cannot be had. */
export function refuse(mistakes: readonly Mistake[], total = mistakes.length): Refusal<'validation_failed'> {
  const errors = capped(mistakes, total);
  const detail = errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('\n');
  return new Refusal('validation_failed', detail, { errors });
}

/** Milliseconds, or null for until it is ended. With a longest but no default, the longest is taken. */
export function ttlOf(written: string | undefined, { defaultTtlMs, maxTtlMs }: TtlBounds): number | null {
  if (written === undefined) return least(defaultTtlMs, maxTtlMs);
  const ms = parseDuration(written);
  const longest = maxTtlMs ?? MAX_TTL_MS;
  if (ms === undefined) throw refuse([{ path: 'ttl', message: `must be ${DURATION_FORM}` }]);
  if (ms <= 0) throw refuse([{ path: 'ttl', message: `must be longer than nothing, got ${written}` }]);
  if (ms > longest)
    throw refuse([{ path: 'ttl', message: `must be at most ${formatDuration(longest)}, got ${written}` }]);
  return ms;
}

const least = (one: number | undefined, other: number | undefined): number | null =>
  one === undefined ? (other ?? null) : other === undefined ? one : Math.min(one, other);

/** The same text for the same request, whatever the order of its fields. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
