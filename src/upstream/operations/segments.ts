// Finds a request's operation by the segments of its path: before any fault, and only once.
import { OPERATIONS, type Operation } from './operations.ts';

/** What a request is called in rules, journal and metrics that no operation matches. */
export const UNMATCHED = 'unmatched';

export interface Matched {
  readonly operation: Operation;
  /** Path parameters by name, decoded. */
  readonly params: Readonly<Record<string, string>>;
}

/** One segment of the table: what may follow it, and what ends with it. */
interface PathNode {
  readonly next: Map<string, PathNode>;
  /** Any segment that is not in `next`. */
  any?: PathNode;
  readonly byMethod: Map<string, PathEnd>;
}

interface PathEnd {
  readonly operation: Operation;
  /** Names of the parameters, in order. */
  readonly names: readonly string[];
  /** Ready to be given out when there are no parameters. */
  readonly matched: Matched;
}

const PARAMETER = /^\{(.+)\}$/;

/** `path` is without query; undefined when no operation has it, or an escape in it is malformed. HEAD goes to what GET does. */
export function matchOperation(method: string, path: string): Matched | undefined {
  if (path.charCodeAt(0) !== SLASH) return undefined;
  const values: string[] = [];
  let place = TABLE;
  for (let start = 1; start <= path.length; ) {
    const slash = path.indexOf('/', start);
    const end = slash < 0 ? path.length : slash;
    const segment = path.slice(start, end);
    const next = place.next.get(segment);
    if (next) place = next;
    else if (place.any && segment !== '') {
      values.push(segment);
      place = place.any;
    } else return undefined;
    start = end + 1;
    if (slash >= 0 && start === path.length) return undefined; // a slash at the end
  }
  const ending = place.byMethod.get(method);
  return ending && (values.length === 0 ? ending.matched : withParams(ending, values));
}

function withParams({ operation, names }: PathEnd, values: readonly string[]): Matched | undefined {
  const params: Record<string, string> = {};
  for (let i = 0; i < names.length; i++) {
    const value = decoded(values[i] as string);
    if (value === undefined) return undefined;
    params[names[i] as string] = value;
  }
  return { operation, params };
}

function decoded(segment: string): string | undefined {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

const SLASH = 0x2f;

const emptyPlace = (): PathNode => ({ next: new Map(), byMethod: new Map() });

function buildTable(operations: readonly Operation[]): PathNode {
  const root = emptyPlace();
  for (const operation of operations) {
    const names: string[] = [];
    let place = root;
    for (const segment of operation.path.slice(1).split('/')) {
      const name = PARAMETER.exec(segment)?.[1];
      if (name !== undefined) names.push(name);
      place = name === undefined ? staticAfter(place, segment) : anyAfter(place);
    }
    const ending = { operation, names, matched: Object.freeze({ operation, params: Object.freeze({}) }) };
    place.byMethod.set(operation.method, ending);
    if (operation.method === 'GET') place.byMethod.set('HEAD', ending);
  }
  return root;
}

function staticAfter(place: PathNode, segment: string): PathNode {
  const next = place.next.get(segment) ?? emptyPlace();
  place.next.set(segment, next);
  return next;
}

function anyAfter(place: PathNode): PathNode {
  place.any ??= emptyPlace();
  return place.any;
}

const TABLE = buildTable(OPERATIONS);
