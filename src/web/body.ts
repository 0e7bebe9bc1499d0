// Reads a request's body as a JSON object, or says what is wrong with it.
import type { Mistake } from '../base/mistake.ts';

export type BodyRead = { readonly value: Readonly<Record<string, unknown>> } | { readonly mistake: Mistake };

/** `application/json` and its relatives, in UTF-8 or without a word about it. */
const JSON_TYPE = /^application\/(?:json|[\w.+-]+\+json)\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?;?\s*$/i;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Undefined when there is no body at all. */
export function readJsonObject(body: Buffer | undefined, contentType: string | undefined): BodyRead | undefined {
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
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return wrong('', 'the body must be a JSON object');
  return { value: value as Record<string, unknown> };
}

const wrong = (path: string, message: string): BodyRead => ({ mistake: { path, message } });
