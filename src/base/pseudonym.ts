// Short names in the place of what nobody may read: the same for the same text, and of no use to who guesses at the text.
import { hash } from 'node:crypto';

/** Of a text, by a secret: whoever does not have it cannot try texts out. */
export type Pseudonym = (text: string) => string;

/** 72 bits: so many that two texts of a journal never share one, and few, since it is kept by the hundred thousand. */
const CHARS = 12;

/** `secret`: 32 bytes or more, of one process, so that nothing can be compared beyond it. */
export function createPseudonym(secret: Buffer): Pseudonym {
  const key = secret.toString('base64url');
  return (text) => hash('sha256', key + text, 'base64url').slice(0, CHARS);
}
