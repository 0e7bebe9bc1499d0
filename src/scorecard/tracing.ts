// Which attempts are tries of one and the same operation of a client.
import type { Attempt } from './evidence.ts';
import { joinAlike } from './likeness.ts';
import type { Name } from './names.ts';
import { Pairs } from './pairs.ts';
import { WINDOW_MS } from './trace.ts';
import { Traces } from './traces.ts';
import { Unkeyed } from './unkeyed.ts';

/** Takes time in proportion to the attempts, which come by arrival. */
export class Tracing {
  readonly #traces: Traces;
  readonly #keyed: NamedTraces;
  readonly #invoked: NamedTraces;
  readonly #unkeyed = new Unkeyed();

  /** `attempts` are added there before they are added here. */
  constructor(attempts: readonly Attempt[]) {
    this.#traces = new Traces(attempts);
    this.#keyed = new NamedTraces(this.#traces);
    this.#invoked = new NamedTraces(this.#traces);
  }

  add(attempt: Attempt): void {
    const place = this.#traces.begin();
    const { idempotencyKey, invocation } = attempt;
    if (idempotencyKey !== null) this.#keyed.add(place, attempt.operation, idempotencyKey);
    else if (invocation !== null) this.#invoked.add(place, attempt.operation, invocation);
    else this.#unkeyed.add(place, attempt);
  }

  /** Nothing more comes. */
  end(): Traces {
    for (const alike of this.#unkeyed.groups()) joinAlike(this.#traces, alike);
    return this.#traces;
  }
}

/** Those that are said to be one operation, by a name that counts within what is done: a key may name a whole purchase. */
class NamedTraces {
  readonly #traces: Traces;
  readonly #names = new Pairs();
  /** Of each name, the place of the last attempt under it. */
  readonly #last: number[] = [];

  constructor(traces: Traces) {
    this.#traces = traces;
  }

  add(place: number, operation: string, name: Name): void {
    const number = this.#names.of(operation, name);
    const last = this.#last[number];
    if (last !== undefined && this.#isSoonAfter(last, place)) this.#traces.join(last, place);
    this.#last[number] = place;
  }

  #isSoonAfter(last: number, place: number): boolean {
    const [before, { at }] = [this.#traces.attempts[last] as Attempt, this.#traces.attempts[place] as Attempt];
    return at - (before.endedAt ?? before.at) <= WINDOW_MS;
  }
}
