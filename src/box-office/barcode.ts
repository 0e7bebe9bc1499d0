// Barcodes of tickets: EAN-13 with its check digit, the session readable in front as door scanners like it.
import { hash32 } from '../base/chance.ts';

/** EAN prefixes that begin with 2 are for circulation inside a company (GS1 General Specifications 1.4). */
const PREFIX = '2';
/** A catalogue has at most 20,000 sessions. */
const SESSION_DIGITS = 5;
const TICKET_DIGITS = 6;

/** Weights 1 and 3 in turn from the left; the check digit fills the sum up to a multiple of ten. */
export function checkDigit(twelve: string): number {
  let sum = 0;
  for (let i = 0; i < twelve.length; i++) sum += Number(twelve[i]) * (i % 2 === 0 ? 1 : 3);
  return (10 - (sum % 10)) % 10;
}

export interface TicketIdentity {
  /** Position of the session in its season. */
  readonly session: number;
  readonly orderId: string;
  readonly seat: string;
  readonly seed: number;
}

/** Depends on seed, order and seat; `taken` keeps it unique within the session, its number across sessions. */
export function barcodeOf(
  { session, orderId, seat, seed }: TicketIdentity,
  taken: (barcode: string) => boolean,
): string {
  for (let salt = 0; ; salt++) {
    const ticket = hash32(`${orderId}/${seat}/${salt}`, seed) % 10 ** TICKET_DIGITS;
    const twelve = `${PREFIX}${pad(session, SESSION_DIGITS)}${pad(ticket, TICKET_DIGITS)}`;
    const barcode = `${twelve}${checkDigit(twelve)}`;
    if (!taken(barcode)) return barcode;
  }
}

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');
