// Names derived from a test's title, the same in every run: of its world, its clients, its customers and references.
import { createHash } from 'node:crypto';

export interface Title {
  /** The test's own name. */
  readonly name: string;
  /** With the groups around it; what tells it from others. */
  readonly full: string;
}

export interface DerivedNames {
  /** A seller's key that shows as it is. Without a name: that of the shop under test. */
  client(name?: string): string;
  /** For `customerRef`. A customer may hold four tickets of one film, so that some tests need a second. */
  customer(n?: number): string;
  /** For `externalRef`. */
  reference(n?: number): string;
}

/** A key of this length shows as the seller's own name. */
const MAX_CLIENT_CHARS = 32;
const MAX_WORLD_CHARS = 63;
/** Not eight: `key-` and eight digits is how a key is shown that must not show itself. */
const CLIENT_DIGITS = 6;
const NAME_DIGITS = 8;

export function derivedNames({ name, full }: Title): DerivedNames {
  const digits = digest(full).slice(0, NAME_DIGITS);
  return {
    client(called = '') {
      const room = MAX_CLIENT_CHARS - CLIENT_DIGITS - 1;
      return `${slug(`${called} ${name}`, room)}-${digest(`${full}\n${called}`).slice(0, CLIENT_DIGITS)}`;
    },
    customer: (n = 1) => `customer-${n}-${digits}`,
    reference: (n = 1) => `ref-${n}-${digits}`,
  };
}

/** `suffix` tells apart the runs that share a server. */
export function worldName({ name }: Title, suffix: string): string {
  return `${slug(name, MAX_WORLD_CHARS - suffix.length - 1)}-${suffix}`;
}

/** What is left of a text in lower-case letters, digits and dashes. */
function slug(text: string, maxChars: number): string {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const dashed = plain.replaceAll(/[^a-z0-9]+/g, '-').replace(/^-/, '');
  return dashed.slice(0, maxChars).replace(/-$/, '') || 'test';
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
