// Rewrites answers as values: their JSON text, their headers.
import type { Header, Reply } from '../wire/answer/reply.ts';

/** The value of a header, by its name in any case. */
export function headerOf({ headers }: Reply, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find(([given]) => given.toLowerCase() === wanted)?.[1];
}

/** With this header in the place of the first of its name, and no other of that. */
export function withHeader(reply: Reply, [name, value]: Header): Reply {
  const wanted = name.toLowerCase();
  const first = reply.headers.findIndex(([given]) => given.toLowerCase() === wanted);
  const others = reply.headers.filter(([given]) => given.toLowerCase() !== wanted);
  const at = first < 0 ? others.length : first;
  return { ...reply, headers: [...others.slice(0, at), [name, value], ...others.slice(at)] };
}

/** The body of a JSON answer as text; undefined for any other. */
export function jsonText(reply: Reply): string | undefined {
  if (reply.body.length === 0 || !/[/+]json\b/i.test(headerOf(reply, 'Content-Type') ?? '')) return undefined;
  return reply.body.toString();
}
