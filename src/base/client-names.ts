// The names of clients that stand for nobody's key, and how a key is shown that must not show itself.

/** Who sends no key. */
export const ANONYMOUS = 'anonymous';
/** Connections of our own that a flood opens. */
export const FLOOD = 'flood';
/** In labels of metrics: the clients beyond those told apart there. */
export const OTHER = 'other';
/** The other customers of a finite upstream, who have no sockets. */
export const CROWD = 'crowd';

/** No key and no seller is called so. */
export const RESERVED_CLIENTS: readonly string[] = [ANONYMOUS, OTHER, FLOOD, CROWD];

/** `key-` and eight digits of the key's hash; 32 digits where another key has these eight. */
export const SHOWN_KEY = /^key-[0-9a-f]{8}(?:[0-9a-f]{24})?$/;

/** A key of this form may show, as the seller's own name. */
export const OWN_NAME = /^[a-z0-9-]{1,32}$/;

/** How a client that somebody names, by its name or by its key, is called in rules and journal. */
export type ClientNamed =
  | { readonly name: string }
  /** There can be no such client; the text never repeats what was given, since that may be a key. */
  | { readonly mistake: string };

/** Whether a client may be called so: neither reserved nor in the form of a key that is shown. */
export const isFreeName = (name: string): boolean =>
  OWN_NAME.test(name) && !RESERVED_CLIENTS.includes(name) && !SHOWN_KEY.test(name);
