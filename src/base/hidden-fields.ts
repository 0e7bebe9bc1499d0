// A field that no object can have: checks by schemas pass it over in silence, as if it were not there.
import { type Mistake, showPath } from './mistake.ts';

const HIDDEN = '__proto__';

/** Every place where a value from outside has a field `__proto__` of its own; it is bounded in depth and size. */
export function hiddenFields(value: unknown, path: readonly PropertyKey[] = []): Mistake[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return own.flatMap(([key, inner]) =>
    key === HIDDEN
      ? [{ path: showPath([...path, key]), message: 'is a name that no field and no header can have' }]
      : hiddenFields(inner, [...path, key]),
  );
}
