// A short text that stands for a long one.
// by its default: a Node of old has no `hash`, and would fail with a SyntaxError before it is told why
import crypto from 'node:crypto';

/** Of SHA-256: so many that nobody finds two texts with the same, and no more, since it is kept by the hundred thousand. */
const BYTES = 16;

/** 22 characters that can stand in a URL. */
export const digestOf = (text: string): string => crypto.hash('sha256', text, 'buffer').toString('base64url', 0, BYTES);
