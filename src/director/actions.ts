// What was done to a world: every change with its time, its author and what it asked, in bounded memory.
import { looksSecret, REDACTED } from '../base/secret.ts';

/** Actions kept per world; the oldest makes room. */
export const MAX_ACTIONS = 1000;
/** Of one action's body and result, as JSON; a longer one is kept as its beginning. */
const MAX_SHOWN_CHARS = 4096;
/** Deeper parts of a body are not shown. */
const MAX_DEPTH = 12;

/** Whose token it was: `open` without any tokens, `server` for what happens by itself. */
export type Who = 'admin' | 'viewer' | 'open' | 'server';

/** Who asks for a verb. */
export interface Caller {
  readonly who: Who;
  /** Address of the client; null for the server itself. */
  readonly remote: string | null;
}

export const SERVER: Caller = { who: 'server', remote: null };

export interface Action {
  /** Counts up from 1. */
  readonly id: number;
  /** Epoch ms. */
  readonly at: number;
  readonly world: string;
  readonly verb: string;
  readonly who: Who;
  /** As the caller calls itself in the body. */
  readonly by: string | null;
  readonly remote: string | null;
  /** What was asked, without secrets. */
  readonly body: unknown;
  readonly result: unknown;
}

interface Done {
  readonly at: number;
  readonly world: string;
  readonly verb: string;
  readonly caller: Caller;
  readonly body: object;
  readonly result: object;
}

export class Actions {
  readonly #kept: Action[] = [];
  #count = 0;

  record({ at, world, verb, caller, body, result }: Done): Action {
    const by = 'by' in body && typeof body.by === 'string' ? body.by : null;
    const shown = { body: bounded(redact(body)), result: bounded(result) };
    const action: Action = { id: ++this.#count, at, world, verb, who: caller.who, by, remote: caller.remote, ...shown };
    this.#kept.push(action);
    if (this.#kept.length > MAX_ACTIONS) this.#kept.shift();
    return action;
  }

  /** Newest first. */
  list(): Action[] {
    return this.#kept.toReversed();
  }
}

/** A copy without the values of telling names. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '…';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, looksSecret(name) ? REDACTED : redact(inner, depth + 1)]),
  );
}

function bounded(value: unknown): unknown {
  const json = JSON.stringify(value);
  return json.length <= MAX_SHOWN_CHARS ? value : { shortened: `${json.slice(0, MAX_SHOWN_CHARS)}…` };
}
