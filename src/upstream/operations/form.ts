// Reads what a page's form sends; nothing of it is kept.
import { MIMEType } from 'node:util';

/** Of one form: a name, a number and a few words. */
const MAX_FORM_BYTES = 16_384;

export type FormRead = { readonly fields: URLSearchParams } | { readonly refused: 'too_large' | 'not_a_form' };

export function readForm(sent: Buffer | undefined, contentType: string | undefined): FormRead {
  if (sent && sent.length > MAX_FORM_BYTES) return { refused: 'too_large' };
  if (!isForm(contentType)) return { refused: 'not_a_form' };
  return { fields: new URLSearchParams(sent?.toString('utf8') ?? '') };
}

function isForm(contentType: string | undefined): boolean {
  try {
    return new MIMEType(contentType ?? '').essence === 'application/x-www-form-urlencoded';
  } catch {
    return false;
  }
}
