// What is known of an exchange beside its course: what it was about, and what its answer said. No secret, and of persons only pseudonyms.
import type { SentBody } from './sent-body.ts';

/** Filled in as things happen; null and false where there is nothing of the kind. */
export interface About {
  /** Of method, URL and body; null where it came without a body, and method and URL say all. */
  fingerprint: string | null;
  /** What its client calls one operation of its own, by `X-Invocation-Id` or `amz-sdk-invocation-id`. */
  invocation: string | null;
  /** The `code` of the problem document that went out whole. */
  code: string | null;
  /** What the `Retry-After` that went out asks for, in milliseconds from the first byte of its answer. */
  retryAfterMs: number | null;
  /** What went out was of a type that the operation never answers with. */
  isWrongType: boolean;
  /** It was asked with `If-None-Match`. */
  isConditional: boolean;
  /** What went out was the answer to an earlier request with its idempotency key. */
  isReplay: boolean;
  session: string | null;
  reservation: string | null;
  order: string | null;
  /** Pseudonym of the seller's own name for the order. */
  externalRef: string | null;
  /** Pseudonym of the customer, as the seller knows them. */
  customer: string | null;
  /** What was sent, where its world keeps that; a request with a body has a fingerprint too. */
  body: SentBody | undefined;
}

/** By one object literal, so that all have one shape in memory. */
export const newAbout = (): About => ({
  fingerprint: null,
  invocation: null,
  code: null,
  retryAfterMs: null,
  isWrongType: false,
  isConditional: false,
  isReplay: false,
  session: null,
  reservation: null,
  order: null,
  externalRef: null,
  customer: null,
  body: undefined,
});

/** As an exchange has it. */
interface Told {
  about: About | null;
}

/** To be filled in. */
export function aboutOf(entry: Told): About {
  entry.about ??= newAbout();
  return entry.about;
}

/** Forgets what its answer said: nothing of it went out. */
export function forgetAnswer({ about }: Told): void {
  if (about === null) return;
  about.code = null;
  about.retryAfterMs = null;
  about.isWrongType = false;
  about.isReplay = false;
}

/** Whether nothing is said but that it was conditional, as of most reads of one who keeps what was read. */
export const isConditionalAlone = (about: About): boolean =>
  about.isConditional &&
  about.fingerprint === null &&
  about.code === null &&
  about.retryAfterMs === null &&
  !about.isWrongType &&
  !about.isReplay &&
  about.invocation === null &&
  about.session === null &&
  about.reservation === null &&
  about.order === null &&
  about.externalRef === null &&
  about.customer === null;

const SESSION_IN_PATH = /^\/v1\/sessions\/([^/?]+)/;

/** The session that it was about: reads of one name it in their URL alone. */
export const sessionOf = ({ about, url }: Readonly<Told> & { readonly url: string }): string | null =>
  about?.session ?? SESSION_IN_PATH.exec(url)?.[1] ?? null;
