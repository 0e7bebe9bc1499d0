// Whether a rule is meant for a request: every given part must match.
import { compileGlob } from '../base/path-glob.ts';
import { inRanges } from '../wire/address.ts';
import type { Arrival } from '../wire/arrival.ts';
import type { Match } from './rule.ts';

export type Matches = (arrival: Arrival) => boolean;

/** Whether operation and client fit; these are known for whole families of requests, and remembered by the engine. */
export function fitsFamily(match: Match | undefined, operation: string, client: string): boolean {
  if (!match) return true;
  return (
    (!match.operations || match.operations.includes(operation)) && (!match.clients || match.clients.includes(client))
  );
}

/** Whether type and client of a webhook fit. */
export function fitsNotice(match: Match | undefined, type: string, client: string): boolean {
  if (!match) return true;
  return (!match.events || match.events.includes(type)) && (!match.clients || match.clients.includes(client));
}

/** The parts that must be looked at request by request; undefined when there are none. */
export function compileScan(match: Match | undefined): Matches | undefined {
  if (!match) return undefined;
  const tests: Matches[] = [];
  const { doors, addresses, methods, paths, headers } = match;
  if (doors) tests.push((arrival) => doors.includes(arrival.door));
  if (addresses) {
    const fits = inRanges(addresses);
    tests.push((arrival) => fits(arrival.address));
  }
  if (methods) {
    const wanted = methods.map((method) => method.toUpperCase());
    tests.push((arrival) => wanted.includes(arrival.method));
  }
  if (paths) {
    const globs = paths.map(compileGlob);
    tests.push((arrival) => globs.some((fits) => fits(arrival.path)));
  }
  for (const [name, wanted] of Object.entries(headers ?? {})) tests.push(headerTest(name.toLowerCase(), wanted));
  if (tests.length === 0) return undefined;
  return (arrival) => tests.every((test) => test(arrival));
}

/** By any value of a header that comes more than once, and by any item of a value that is a list. */
function headerTest(name: string, wanted: string): Matches {
  if (wanted === '*') return (arrival) => arrival.headerValues(name).length > 0;
  const sent = Buffer.from(wanted).toString('latin1'); // as Node reads the bytes of UTF-8
  const fits = (value: string): boolean => value === wanted || value === sent;
  return (arrival) =>
    arrival.headerValues(name).some((value) => fits(value) || (value.includes(',') && itemsOf(value).some(fits)));
}

/** The items of a list (RFC 9110 5.6.1); a comma within quotes parts nothing. */
function itemsOf(value: string): string[] {
  const items: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < value.length; at++) {
    const char = value[at];
    if (quoted && char === '\\') at++;
    else if (char === '"') quoted = !quoted;
    else if (char === ',' && !quoted) {
      items.push(value.slice(start, at).trim());
      start = at + 1;
    }
  }
  items.push(value.slice(start).trim());
  return items;
}
