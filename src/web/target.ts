// The target of a request line as a path with its query (RFC 9112 3.2), whichever form it came in.

/** Scheme and authority, as put before the path by clients that take this server for a proxy. */
const ABSOLUTE = /^https?:\/\/[^/?#\\]+/i;

/** Undefined when it is none that a server takes, such as `example.com:80` or `http://[::1`. */
export function originForm(target: string): string | undefined {
  if (target.charCodeAt(0) === SLASH || target === '*') return target;
  const authority = ABSOLUTE.exec(target)?.[0];
  if (authority === undefined || !URL.canParse(authority)) return undefined;
  const rest = target.slice(authority.length);
  return rest.charCodeAt(0) === SLASH ? rest : `/${rest}`;
}

const SLASH = 0x2f;

export const BAD_TARGET = 'the target of the request line must be a path, as /v1/sessions, or an http URL';
