// Schemas of durations as people write them; how they are written and read stands in duration-form.ts.
import { z } from 'zod';
import { DURATION_FORM, FORM, parseDuration } from './duration-form.ts';

export { DURATION_FORM, formatDuration, MAX_DURATION_MS, parseDuration } from './duration-form.ts';

/** A schema for a written duration; its value stays as written, so that documents and JSON Schema show one form. */
export const durationText = z
  .string()
  .regex(FORM, `must be ${DURATION_FORM}`)
  .refine((text) => !FORM.test(text) || parseDuration(text) !== undefined, `must be ${DURATION_FORM}`)
  .meta({ description: DURATION_FORM, examples: ['250ms', '3s', '5m'] });

/** A schema that turns a written duration into milliseconds. */
export function duration(): z.ZodType<number, string> {
  return durationText.transform((text) => parseDuration(text) as number) as unknown as z.ZodType<number, string>;
}
