// Which names carry secrets or a person's data, so that neither journal nor log ever shows their values.

/** What stands in place of a secret. */
export const REDACTED = '[redacted]';

/** Found anywhere in a name once case and separators are gone: `accessToken`, `customer_ref`, `X-Api-Key`. */
const TELLING_PARTS =
  /token|secret|passw|passphrase|pwd|authori[sz]ation|apikey|signature|credential|cookie|customer|phone|mobile|email|accesscode|cardnumber/;
/** Telling only as a whole word: `key` but not `monkey`. */
const TELLING_WORDS = new Set(['key', 'keys', 'auth', 'sig', 'jwt', 'bearer', 'pin', 'cvv', 'cvc', 'iban']);
const PERSONAL_NAMES = new Set(['name', 'firstname', 'lastname', 'surname', 'fullname']);

/** Whether the value under this name must not be shown. A session is a showtime here, so its id is no secret. */
export function looksSecret(name: string): boolean {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  if (words.some((word) => TELLING_WORDS.has(word))) return true;
  return TELLING_PARTS.test(words.join(''));
}

/** Whether it is how a form calls a person's name; elsewhere `name` is that of a profile or a file. */
export function looksPersonal(name: string): boolean {
  return PERSONAL_NAMES.has(name.toLowerCase().replaceAll(/[^a-z]/g, ''));
}
