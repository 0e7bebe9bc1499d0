// The answer to work that was done, as the rules of a request replace it: the last one that does is heard.
import type { Arrival } from '../wire/arrival.ts';
import type { Reply } from '../wire/reply.ts';
import type { DrawnStrike } from './drawn-strike.ts';

export interface PlannedAnswer {
  readonly reply: Reply;
  /** Whose answer it is; undefined for the box office's own. */
  readonly by: DrawnStrike | undefined;
}

export function foldAnswer(honest: Reply, strikes: readonly DrawnStrike[], arrival: Arrival): PlannedAnswer {
  let reply = honest;
  let by: DrawnStrike | undefined;
  for (const strike of strikes) {
    const wanted = strike.rule.armed.answer?.(reply, arrival, strike.chance) ?? reply;
    if (sameReply(reply, wanted) || !strike.take()) continue;
    by?.giveBack();
    by = strike;
    reply = wanted;
  }
  return { reply, by };
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
