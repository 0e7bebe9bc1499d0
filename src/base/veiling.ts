// Takes the values of telling headers, which rules match by, out of what is shown or recorded.
import { looksSecret, REDACTED } from './secret.ts';

/** A header may be asked for without a value in mind, which tells nothing. */
const ANY_VALUE = '*';

/** The same answer with telling values of `match.headers` redacted, wherever they are; of a profile also in its text. */
export function veiled<Body>(body: Body): Body {
  const secrets: string[] = [];
  const shown = veil(body, false, secrets);
  return (secrets.length > 0 ? withoutIn(shown, secrets) : shown) as Body;
}

/** `telling`: this is a value of `headers`. */
function veil(value: unknown, telling: boolean, secrets: string[]): unknown {
  if (Array.isArray(value)) return value.map((inner) => veil(inner, telling, secrets));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => {
        if (telling && looksSecret(name)) return [name, redact(inner, secrets)];
        return [name, veil(inner, name === 'headers', secrets)];
      }),
    );
  return value;
}

function redact(value: unknown, secrets: string[]): unknown {
  if (value === ANY_VALUE || typeof value !== 'string') return value;
  secrets.push(value);
  return REDACTED;
}

/** A text that holds each of them as often as it is a value; one that writes one in another way is not shown at all. */
function withoutIn(body: unknown, secrets: readonly string[]): unknown {
  if (typeof body !== 'object' || body === null || !('text' in body) || typeof body.text !== 'string') return body;
  let { text } = body;
  for (const secret of [...new Set(secrets)].sort((a, b) => b.length - a.length)) {
    const parts = text.split(secret);
    if (parts.length <= secrets.filter((other) => other === secret).length) return { ...body, text: REDACTED };
    text = parts.join(REDACTED);
  }
  return { ...body, text };
}
