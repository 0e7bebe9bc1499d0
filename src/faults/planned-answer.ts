// The answer to work that was done, as the rules of a request replace it: the last one that does is heard.

import type { Reply } from '../wire/answer/reply.ts';
import type { Arrival } from '../wire/arrival.ts';
import type { DrawnStrike } from './drawn-strike.ts';

export interface PlannedAnswer {
  readonly reply: Reply;
  /** Whose answer it is; nobody's for the box office's own. They act if it shows. */
  readonly by: readonly DrawnStrike[];
  /** What would go out without them. */
  readonly without: Reply;
}

/** Rules under whose terms the work told a reader something, and what it would have told without them. */
export interface Told {
  readonly by: readonly DrawnStrike[];
  readonly honest: Reply;
}

const NOBODY: readonly never[] = Object.freeze([]);

export function foldAnswer(
  worked: Reply,
  strikes: readonly DrawnStrike[],
  arrival: Arrival,
  told: Told = { by: NOBODY, honest: worked },
): PlannedAnswer {
  let reply = worked;
  let by: DrawnStrike | undefined;
  for (const strike of strikes) {
    const wanted = strike.rule.armed.answer?.(reply, arrival, strike.chance) ?? reply;
    if (sameReply(reply, wanted) || !strike.take()) continue;
    by?.giveBack();
    by = strike;
    reply = wanted;
  }
  return by ? { reply, by: [by], without: worked } : { reply, by: told.by, without: told.honest };
}

/** The same bytes. */
export function sameReply(one: Reply, other: Reply): boolean {
  return one === other || (sameHead(one, other) && sameBytes(one.body, other.body));
}

export function sameHead(one: Reply, other: Reply): boolean {
  if (one.status !== other.status || one.headers.length !== other.headers.length) return false;
  return one.headers.every(([name, value], at) => {
    const [otherName, otherValue] = other.headers[at] ?? [];
    return name === otherName && value === otherValue;
  });
}

export function sameBytes(one: string | Buffer, other: string | Buffer): boolean {
  if (one === other) return true;
  if (typeof one === 'string' && typeof other === 'string') return false;
  return Buffer.from(one as string).equals(Buffer.from(other as string));
}
