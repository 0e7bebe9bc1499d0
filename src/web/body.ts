// Reads a request's body as a JSON object, or says what is wrong with it.
import { MIMEType } from 'node:util';
import type { Mistake } from '../base/mistake.ts';

type Fields = Readonly<Record<string, unknown>>;

export type BodyRead<Value = Fields> = { readonly value: Value } | { readonly mistake: Mistake };

/** `application/json` and its relatives. */
const JSON_TYPE = /^application\/(?:json|[\w.+-]+\+json)$/;
/** What UTF-8 is called, also by who means its oldest part; other parameters of a type say nothing to us. */
const UTF8_NAMES = ['utf-8', 'utf8', 'us-ascii', 'ascii'];
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
  const unfit = contentType === undefined ? 'none' : misfit(contentType);
  if (unfit !== undefined) return wrong('Content-Type', `must be application/json in UTF-8, got ${unfit}`);
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

/** What of a Content-Type is not JSON in UTF-8; undefined when nothing is. */
function misfit(contentType: string): string | undefined {
  try {
    const { essence, params } = new MIMEType(contentType.replace(/[;\s]+$/, ''));
    const charset = params.get('charset')?.toLowerCase();
    if (JSON_TYPE.test(essence) && (charset === undefined || UTF8_NAMES.includes(charset))) return undefined;
  } catch {
    // no media type at all
  }
  return contentType.slice(0, 80);
}

const wrong = (path: string, message: string): { readonly mistake: Mistake } => ({ mistake: { path, message } });
