// JSON Schema as editors want it: the written form of our schemas, in the dialect that YAML support knows best.
import { z } from 'zod';
import { DURATION_FORM, FORM } from './duration-form.ts';

/** A JSON Schema document or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const TARGET = 'draft-7';
export const DIALECT = 'http://json-schema.org/draft-07/schema#';

/** The written form of a schema, without the dialect's name. */
export function partSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...part } = z.toJSONSchema(schema, { io: 'input', target: TARGET, override: saidPlainly });
  return part;
}

/** Editors show a pattern as it is unless the schema says it in words; the keyword is theirs. */
function saidPlainly({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.pattern === FORM.source) jsonSchema.patternErrorMessage = `must be ${DURATION_FORM}`;
}

/** A text of this form, of which editors say the same in words as our own messages. */
export const inWords = (form: RegExp, message: string): z.ZodString =>
  z.string().regex(form, message).meta({ patternErrorMessage: message });
