// The capability to pay: a URL's token that only we can make, since it is cut from a keyed hash of what it is for.
import { createHmac } from 'node:crypto';

/** Of the HMAC, of which 128 bits are as good as all 256 against a guess. */
const TOKEN_BYTES = 16;
/** Base64url of 16 bytes: 22 characters, of which the last has four bits that are always 0. */
export const TOKEN_FORM = /^[\w-]{21}[AQgw]$/;

export interface PaymentNamed {
  readonly world: string;
  readonly paymentId: string;
  /** Tells box offices of one world apart, as that before a reset and that after. */
  readonly boxOffice: string;
}

/** Gives the token of a payment; the same one for the same secret. */
export type Capability = (named: PaymentNamed) => string;

/**
 * A token is found by looking it up in a map of tokens that were handed out. That takes no comparison in constant time:
 * a map compares hashes of whole strings first, so how long a look-up takes says nothing of how many characters were right.
 */
export function createCapability(secret: Buffer): Capability {
  return ({ world, paymentId, boxOffice }) =>
    createHmac('sha256', secret)
      .update(JSON.stringify(['pay', world, boxOffice, paymentId])) // no two triples have one text
      .digest()
      .toString('base64url', 0, TOKEN_BYTES);
}
