// JSON Schema as editors want it: the written form of our schemas, in the dialect that YAML support knows best.
import { z } from 'zod';
import { DURATION_FORM, FORM } from './duration-form.ts';

/** A JSON Schema document or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const TARGET = 'draft-7';
export const DIALECT = 'http://json-schema.org/draft-07/schema#';

/** What is wrong with a text that is not of this form, in words. */
export interface TextForm {
  readonly form: RegExp;
  readonly message: string;
}

const DURATION: TextForm = { form: FORM, message: `must be ${DURATION_FORM}` };

/** The written form of a schema, without the dialect's name; `forms` are those of its texts that have words of their own. */
export function partSchema(schema: z.ZodType, forms: readonly TextForm[] = []): JsonSchema {
  const messages = new Map([DURATION, ...forms].map(({ form, message }) => [form.source, message]));
  const { $schema: _, ...part } = z.toJSONSchema(schema, {
    ...{ io: 'input', target: TARGET },
    override: ({ jsonSchema }) => saidPlainly(jsonSchema, messages),
  });
  return part;
}

/** Editors show a pattern as it is unless the schema says it in words; the keyword is theirs. */
function saidPlainly(part: z.core.JSONSchema.BaseSchema, messages: ReadonlyMap<string, string>): void {
  const message = part.pattern === undefined ? undefined : messages.get(part.pattern);
  if (message !== undefined) part.patternErrorMessage = message;
}
