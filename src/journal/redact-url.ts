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

/** A mark that parts a query, as it is or encoded, however often: `%3F`, `%253F`. */
const QUESTION_MARK = /\?|%(?:25)*3f/i;
const BETWEEN_PAIRS = /([&?;]|%(?:25)*(?:26|3f|3b))/i;
const PAIR = /^(.*?)(=|%(?:25)*3d)./is;
/** ASCII, encoded however often; a name that tells has nothing else. */
const ENCODED = /%(?:25)*([2-7][0-9a-f])/gi;
/** What is still encoded then has been made so that nobody reads it. */
const MAX_DECODINGS = 4;

/**
 * Path and query as they may be shown: the token of a payment's page, and the value of a parameter that looks secret, or is
 * a seller's reference, is `[redacted]`; all else stays as sent. Question marks, names and what parts them may be encoded,
 * more than once too, and a URL may be the value of another.
 */
export function redactUrl(sent: string): string {
  const url = sent.includes('/pay/') || sent.includes('/3ds/') ? sent.replace(PAGE, `$1${REDACTED}`) : sent;
  const begin = url.includes('?') || url.includes('%') ? QUESTION_MARK.exec(url) : null;
  if (!begin) return url;
  const start = begin.index + begin[0].length;
  const query = url.slice(start);
  if (!WORTH_A_LOOK.test(query)) return url;
  return `${url.slice(0, start)}${query.split('&').map(redactPart).join('&')}`;
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
  if (equals === pair.length - 1) return pair;
  const name = equals < 0 ? '' : pair.slice(0, equals);
  if (isTelling(name)) return `${name}=${REDACTED}`;
  return pair.includes('%') || pair.includes('?') ? redactWithin(pair) : pair;
}

/** Of a pair whose own name tells nothing: what would be pairs if it were decoded. */
function redactWithin(sent: string): string {
  let shown = '';
  let inSecret = false;
  let mark = '';
  for (const [place, piece] of sent.split(BETWEEN_PAIRS).entries()) {
    if (place % 2 === 1) {
      mark = piece;
      continue;
    }
    const [, name, equals] = PAIR.exec(piece) ?? [];
    if (inSecret && name === undefined) continue;
    inSecret = name !== undefined && isTelling(name);
    shown += `${mark}${inSecret ? `${name}${equals}${REDACTED}` : piece}`;
  }
  return shown;
}

function isTelling(sent: string): boolean {
  const name = decoded(sent);
  return looksSecret(name) || looksPersonal(name) || isReference(name);
}

function decoded(sent: string): string {
  let name = sent;
  for (let times = 0; times < MAX_DECODINGS && name.includes('%'); times++)
    name = name.replaceAll(ENCODED, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return name;
}
