// The cards that work here: numbers that Stripe's test mode has made known, and one of our own whose issuer hangs.

import { CARD_BEHAVIOURS, type CardBehaviour } from '../box-office/paying/payment.ts';

export { CARD_BEHAVIOURS, type CardBehaviour };

/**
 * Digits in groups, as they are printed. All but the last as in docs.stripe.com/testing (cards that succeed, declined
 * payments, 3-D Secure). The last is ours: Stripe gives 4000 0000 0000 0408 no meaning, and 408 is HTTP's timeout.
 */
export const TEST_CARDS: Readonly<Record<CardBehaviour, string>> = {
  succeeds: '4242 4242 4242 4242',
  declined: '4000 0000 0000 0002',
  insufficient_funds: '4000 0000 0000 9995',
  challenge: '4000 0025 0000 3155',
  challenge_fails: '4000 0084 0000 1629',
  hangs: '4000 0000 0000 0408',
};

/** Of what is typed as a number, in characters: no card has more than 19 digits, and some write a space after each. */
const MAX_TYPED = 64;
const SEPARATORS = /[\s\-\u2010-\u2015\u2212]/g;
/** Persian, Arabic-Indic and full-width digits, by the code of their zero. */
const ZEROES = [0x06f0, 0x0660, 0xff10];
const FOREIGN_DIGIT = /[\u06f0-\u06f9\u0660-\u0669\uff10-\uff19]/g;

/** What the card of this number does; spaces, dashes and other digits than ASCII's are allowed. Undefined for any other card. */
export function behaviourOf(typed: string): CardBehaviour | undefined {
  if (typed.length > MAX_TYPED) return undefined;
  const digits = typed.replaceAll(SEPARATORS, '').replaceAll(FOREIGN_DIGIT, asciiDigit);
  return CARD_BEHAVIOURS.find((behaviour) => TEST_CARDS[behaviour].replaceAll(' ', '') === digits);
}

/** What the one-press button of this name does; a button is named after what its card does. */
export function behaviourNamed(name: string): CardBehaviour | undefined {
  return CARD_BEHAVIOURS.find((behaviour) => behaviour === name);
}

function asciiDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  const zero = ZEROES.find((first) => code >= first && code < first + 10) ?? code;
  return String(code - zero);
}
