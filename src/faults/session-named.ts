// Which session a request is about, as far as its path or body says; ids of reservations and orders carry theirs.
import type { Arrival } from '../wire/arrival.ts';

const IN_PATH = /^\/v1\/sessions\/([^/]+)/;
const IN_BODY = /"sessionId"\s*:\s*"([^"]{1,100})"/;
/** As the box office mints ids: a letter, the session, and eight digits. */
const IN_AN_ID = /\b[ro]_([a-z0-9][a-z0-9-]{0,39})_[0-9a-hjkmnp-tv-z]{8}\b/;

/** Undefined for what names none, such as a list. */
export function sessionNamed({ path, body }: Pick<Arrival, 'path' | 'body'>): string | undefined {
  const inPath = IN_PATH.exec(path) ?? IN_AN_ID.exec(path);
  if (inPath || !body) return inPath?.[1];
  const text = body.toString('latin1');
  return (IN_BODY.exec(text) ?? IN_AN_ID.exec(text))?.[1];
}
