// Reads a request's body as a JSON object, or says what is wrong with it.
import type { Mistake } from '../base/mistake.ts';

type Fields = Readonly<Record<string, unknown>>;

export type BodyRead<Value = Fields> = { readonly value: Value } | { readonly mistake: Mistake };

/** `application/json` and its relatives, in UTF-8 or without a word about it. */
const JSON_TYPE = /^application\/(?:json|[\w.+-]+\+json)\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?;?\s*$/i;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Undefined when there is no body at all. */
export const readJsonObject = (body: Buffer | undefined, contentType: string | undefined): BodyRead | undefined =>
  readJson<Fields>(body, contentType, false);

/** The same, for a body that may be the word null. */
export const readJsonObjectOrNull = (
  body: Buffer | undefined,
  contentType: string | undefined,
): BodyRead<Fields | null> | undefined => readJson<Fields | null>(body, contentType, true);

function readJson<Value extends Fields | null>(
  body: Buffer | undefined,
  contentType: string | undefined,
  orNull: boolean,
): BodyRead<Value> | undefined {
  if (body === undefined || body.length === 0) return undefined;
  if (contentType === undefined || !JSON_TYPE.test(contentType))
    return wrong('Content-Type', `must be application/json, got ${contentType?.slice(0, 80) ?? 'none'}`);
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(body));
  } catch (error) {
    return wrong(
      '',
      `the body is not JSON: ${error instanceof Error ? error.message.slice(0, 200) : 'it cannot be read'}`,
    );
  }
  if (typeof value === 'object' && !Array.isArray(value) && (value !== null || orNull))
    return { value: value as Value };
  return wrong('', `the body must be a JSON object${orNull ? ' or null' : ''}`);
}

const wrong = (path: string, message: string): { readonly mistake: Mistake } => ({ mistake: { path, message } });
