// A short text that stands for a long one.
import { hash } from 'node:crypto';

/** Of SHA-256: so many that nobody finds two texts with the same, and no more, since it is kept by the hundred thousand. */
const BYTES = 16;

/** 22 characters that can stand in a URL. */
export const digestOf = (text: string): string => hash('sha256', text, 'buffer').toString('base64url', 0, BYTES);
