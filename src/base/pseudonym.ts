// Short names in the place of what nobody may read: the same for the same text, and of no use to who guesses at the text.
import { hash } from 'node:crypto';

/** Of a text, by a secret: whoever does not have it cannot try texts out. */
export type Pseudonym = (text: string) => string;

/** 72 bits: so many that two texts of a journal never share one, and few, since it is kept by the hundred thousand. */
const CHARS = 12;

/** `secret`: 32 bytes or more, of one process, so that nothing can be compared beyond it. */
export function createPseudonym(secret: Buffer): Pseudonym {
  const key = secret.toString('base64url');
  // what happens to an order is told several times in a row
  let last = '';
  let ofLast = digest(key);
  return (text) => {
    if (text !== last) {
      ofLast = digest(key + text);
      last = text;
    }
    return ofLast;
  };
}

const digest = (text: string): string => hash('sha256', text, 'base64url').slice(0, CHARS);
