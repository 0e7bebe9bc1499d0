// How many decimals a currency has, by ISO 4217.

/**
 * Of the currencies whose minor unit is not the hundredth: list one of ISO 4217 (six-group.com, "Current currency & funds
 * code list"). Not what Intl thinks, which shows how cash is used: it gives IRR no decimals, and ISO 4217 two.
 */
const EXPONENTS: Readonly<Record<string, number>> = {
  ...every(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...every(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...every(4, 'CLF UYW'),
};

const USUAL_EXPONENT = 2;
export const MAX_EXPONENT = 4;

/** How many of an amount's digits are decimals. */
export const exponentOf = (currency: string): number =>
  Object.hasOwn(EXPONENTS, currency) ? (EXPONENTS[currency] ?? USUAL_EXPONENT) : USUAL_EXPONENT;

/** An amount in minor units as a plain decimal number, exactly. */
export function decimalOf(amount: number, currency: string): string {
  if (!Number.isSafeInteger(amount) || amount < 0)
    throw new RangeError(`an amount must be a whole number of minor units, 0 or more, got ${amount}`);
  const exponent = exponentOf(currency);
  const digits = String(amount).padStart(exponent + 1, '0');
  return exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

function every(exponent: number, currencies: string): Record<string, number> {
  return Object.fromEntries(currencies.split(' ').map((currency) => [currency, exponent]));
}
