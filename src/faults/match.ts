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

function headerTest(name: string, wanted: string): Matches {
  if (wanted === '*') return (arrival) => arrival.header(name) !== undefined;
  return (arrival) => arrival.header(name) === wanted;
}
