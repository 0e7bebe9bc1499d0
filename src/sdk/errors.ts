// The errors of the client: a no of the server with its problem document, and silence.

import type { Problem } from '../admin/contract/contract.ts';
import type { Entry } from '../admin/contract/entry.ts';
import { VERSION } from './version.ts';

/** An entry of the journal that came near to what was asked, and what of the question it missed. */
export interface NearMiss {
  readonly entry: Entry;
  readonly missed: readonly string[];
}

/** The server said no. The message has its detail, status and code, and what came nearest. */
export class AdminError extends Error {
  override readonly name = 'AdminError';
  readonly status: number;
  /** As `unknown_profile`, `verification_failed`, `world_deleted`. */
  readonly code: string;
  /** The name that is known and comes nearest to the one given; of a verification that failed, the entries that do. */
  readonly nearest: string | readonly NearMiss[] | undefined;
  /** What the server says, without the rest of the message. */
  readonly detail: string;
  /** As it was answered. */
  readonly problem: Problem;

  constructor(problem: Problem, hint = '') {
    const { status, code, title } = problem;
    const detail = problem.detail || title;
    const nearest = nearestOf(problem);
    super(`${detail} (${status} ${code})${hint}${nearestLines(nearest)}`);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.nearest = nearest;
    this.problem = problem;
  }
}

/** No answer of a Showstopper came from there. */
export class AdminUnreachable extends Error {
  override readonly name = 'AdminUnreachable';
  readonly url: string;

  constructor(url: string, reason: string, cause?: unknown) {
    super(`no Showstopper answers at ${url}: ${reason}`, { cause });
    this.url = url;
  }
}

/** What went wrong, for people: of a no the server's own words alone. */
export function detailOf(error: unknown): string {
  if (error instanceof AdminError) return error.detail;
  return error instanceof Error ? error.message : String(error);
}

/** What a server answered in the place of what was hoped for. */
export interface OtherAnswer {
  readonly url: string;
  readonly status: number;
  readonly text: string;
  /** Its `Server` header; null: none. */
  readonly server: string | null;
}

/** The error that it stands for. */
export function refusalOf({ url, status, text, server }: OtherAnswer): AdminError | AdminUnreachable {
  const value = parseJson(text);
  if (isProblem(value) && value.status === 404 && OF_UPSTREAM.test(value.detail))
    return new AdminUnreachable(url, 'that is an upstream listener; admin has a port of its own (by default 9190)');
  if (isProblem(value)) return new AdminError(value, hintTo(value, server));
  return new AdminUnreachable(url, `${status} without a word that we know; is this the admin listener?`);
}

/** How the upstream says that it has no such operation. */
const OF_UPSTREAM = /^There is nothing at /;
/** What one that knows other calls, fields or names than this client answers with. */
const OF_SKEW: ReadonlySet<number> = new Set([400, 404, 405, 422]);

function hintTo({ status, code }: Problem, server: string | null): string {
  if (code === 'world_deleted')
    return '. Who calls it outlives the world: a test that has ended without waiting for all it began, or a shop that was not stopped';
  return otherVersion(status, server);
}

function otherVersion(status: number, server: string | null): string {
  const version = /^showstopper\/(\S+)$/.exec(server ?? '')?.[1];
  if (version === VERSION || !OF_SKEW.has(status)) return '';
  const its = version === undefined ? 'an older one that does not tell its version' : `showstopper ${version}`;
  return `. This client is showstopper ${VERSION} and the server ${its}: use the same version of both`;
}

/** What a text that is no JSON is parsed to. */
export const NOT_JSON = Symbol('not JSON');

/** Undefined for an empty text. */
export function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return NOT_JSON;
  }
}

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'code' in value && 'status' in value && 'detail' in value;

function nearestOf({ nearest }: Problem): AdminError['nearest'] {
  if (typeof nearest === 'string') return nearest;
  return Array.isArray(nearest) && nearest.every(isNearMiss) ? nearest : undefined;
}

/** Another version may tell something else. */
const isNearMiss = (one: Partial<NearMiss> | null): one is NearMiss =>
  typeof one?.entry === 'object' && one.entry !== null && Array.isArray(one.missed);

/** Each entry in a line; a name stands in the detail already. */
function nearestLines(nearest: AdminError['nearest']): string {
  if (typeof nearest === 'string' || !nearest?.length) return '';
  return `\nnearest:${nearest.map(({ entry, missed }) => `\n  ${entryLine(entry)}; differs in ${missed.join(', ')}`).join('')}`;
}

function entryLine(entry: Entry): string {
  if (entry.kind !== 'exchange') return `${entry.kind} ${entry.seq}`;
  const { method, url, client, status, ended } = entry;
  return `${method} ${url} by ${client}: ${status ?? 'no answer'}, ${ended ?? 'still open'}`;
}
