// The methods that a request may have: those that Node's parser takes.
import { nearest } from './nearest.ts';

/** Those of most requests first, so that they are the nearest to what was mistyped. */
export const METHODS: readonly string[] = [
  ...['GET', 'POST', 'DELETE', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'CONNECT', 'TRACE'],
  ...['ACL', 'BIND', 'CHECKOUT', 'COPY', 'LINK', 'LOCK', 'M-SEARCH', 'MERGE', 'MKACTIVITY', 'MKCALENDAR', 'MKCOL'],
  ...['MOVE', 'NOTIFY', 'PROPFIND', 'PROPPATCH', 'PURGE', 'QUERY', 'REBIND', 'REPORT', 'SEARCH', 'SOURCE'],
  ...['SUBSCRIBE', 'UNBIND', 'UNLINK', 'UNLOCK', 'UNSUBSCRIBE'],
];

/** What is wrong with a method, in any case of letters, that no request can have. */
export function methodMistake(written: string): string | undefined {
  const method = written.toUpperCase();
  if (METHODS.includes(method)) return undefined;
  const close = nearest(method, METHODS);
  const hint = close === undefined ? `such as ${METHODS.slice(0, 5).join(', ')}` : `did you mean ${close}?`;
  return `must be an HTTP method, got ${JSON.stringify(written.slice(0, 40))}; ${hint}`;
}
