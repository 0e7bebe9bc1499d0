// Takes secrets and personal data out of a URL before the journal keeps it.
import { looksPersonal, looksSecret, REDACTED } from '../base/secret.ts';

/** A query without any of these has no telling name; a percent sign may hide one. */
const WORTH_A_LOOK =
  /%|key|token|secret|pass|pwd|auth|sig|cred|cookie|customer|phone|mobile|mail|code|name|jwt|bearer|pin|cv[vc]|iban|card|ref/i;

/** As a seller names an order of its own, which may tell whose it is; the entry says it as a pseudonym. */
const isReference = (name: string): boolean => name.toLowerCase().replaceAll(/[^a-z]/g, '') === 'externalref';

/**
 * What stands for a payment in the path of its page, whatever method or rest is asked with it: who has it can pay. The
 * payment's id, `p_SESSION_` and eight digits, is public.
 */
const PAGE = /^((?:\/w\/[^/?#]*)?\/(?:pay|3ds)\/)(?!p_[a-z0-9-]{1,40}_[a-z0-9]{8}(?:[/?#]|$))[^/?#]+/;

/**
 * Path and query as they may be shown: the token of a payment's page, and the value of a parameter that looks secret, or is
 * a seller's reference, is `[redacted]`; all else stays as sent. A query may begin with a question mark that was encoded.
 */
export function redactUrl(sent: string): string {
  const url = sent.includes('/pay/') || sent.includes('/3ds/') ? sent.replace(PAGE, `$1${REDACTED}`) : sent;
  const start = beginOfQuery(url);
  if (start < 0) return url;
  const query = url.slice(start);
  if (!WORTH_A_LOOK.test(query)) return url;
  return `${url.slice(0, start)}${query.split('&').map(redactPart).join('&')}`;
}

/** Behind the question mark; -1 where there is none. */
function beginOfQuery(url: string): number {
  const plain = url.indexOf('?');
  const encoded = url.includes('%3') ? url.search(/%3f/i) : -1;
  if (encoded >= 0 && (plain < 0 || encoded < plain)) return encoded + '%3f'.length;
  return plain < 0 ? -1 : plain + 1;
}

/** A semicolon parts pairs for some, and belongs to the value for others: what follows a secret without a name is a part of it. */
function redactPart(part: string): string {
  if (!part.includes(';')) return redactPair(part);
  let inSecret = false;
  return part
    .split(';')
    .flatMap((pair) => {
      if (inSecret && !pair.includes('=')) return [];
      const shown = redactPair(pair);
      inSecret = shown !== pair;
      return [shown];
    })
    .join(';');
}

function redactPair(pair: string): string {
  const equals = pair.indexOf('=');
  if (equals < 0 || equals === pair.length - 1) return pair;
  const sent = pair.slice(0, equals);
  const name = decoded(sent);
  return looksSecret(name) || looksPersonal(name) || isReference(name) ? `${sent}=${REDACTED}` : pair;
}

function decoded(name: string): string {
  if (!name.includes('%')) return name;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
