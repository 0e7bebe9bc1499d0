// The parts of a rule or a match that can be read although others cannot, so that one mistake hides no other.
import type { z } from 'zod';
import { type Match, matchSchema, type Rule, ruleSchema } from './rule.ts';

/** Of what was written, the fields that the schema takes. */
export function readableFields<Shape extends z.ZodRawShape>(
  { shape }: z.ZodObject<Shape>,
  written: unknown,
): Partial<z.output<z.ZodObject<Shape>>> {
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return {};
  const fields = Object.entries(written).flatMap(([name, value]) => {
    const field = Object.hasOwn(shape, name) ? (shape[name] as z.ZodType) : undefined;
    const read = value === undefined ? undefined : field?.safeParse(value);
    return read?.success ? [[name, read.data] as const] : [];
  });
  return Object.fromEntries(fields) as Partial<z.output<z.ZodObject<Shape>>>;
}

/** A match whose every part is unreadable is as good as none. */
export function readableMatch(written: unknown): Match | undefined {
  const parts = readableFields(matchSchema, written);
  return Object.keys(parts).length > 0 ? parts : undefined;
}

export function readableRule(written: unknown): Partial<Rule> {
  const fields = readableFields(ruleSchema, written);
  if (fields.match !== undefined) return fields;
  const match = readableMatch(memberOf(written, 'match'));
  return match ? { ...fields, match } : fields;
}

/** A member of its own, whatever objects inherit. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/** Items of a list within what was written; none when there is no list. */
export function itemsOf(value: unknown, name: string): readonly unknown[] {
  const list = memberOf(value, name);
  return Array.isArray(list) ? list : [];
}
