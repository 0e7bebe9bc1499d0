// Holds one exchange in its world: before the work for a time or without end, or its answer on the way out.
import type { Clock } from '../base/clock.ts';
import type { Held, Holds } from '../wire/held.ts';
import type { Sending } from '../wire/writer.ts';

/** How a hold ended: its time came, it was let go to be answered or dropped, or the client left what has no time. */
export type Outcome = 'due' | 'answer' | 'drop' | 'left';

export class Holding {
  readonly #holds: Holds;
  readonly #clock: Clock;
  /** Gives back what is held for nobody. */
  #abandon: (() => void) | undefined;

  constructor(holds: Holds, clock: Clock) {
    this.#holds = holds;
    this.#clock = clock;
  }

  /** Without a time it ends when it is let go or its client leaves; a wait outlasts its client: the work comes all the same. */
  wait(rule: string, waitMs: number | undefined): Promise<Outcome> {
    return new Promise((resolve) => {
      const finish = (outcome: Outcome): void => {
        cancel?.();
        this.#abandon = undefined;
        resolve(outcome);
      };
      const held = this.#hold(
        rule,
        () => finish('answer'),
        () => finish('drop'),
      );
      const take = (outcome: Outcome): void => {
        if (this.#holds.take(held)) finish(outcome);
      };
      const cancel = waitMs === undefined ? undefined : this.#clock.after(waitMs, () => take('due'));
      if (waitMs === undefined) this.#abandon = () => take('left');
    });
  }

  /** An answer that is stalled, withheld or dripping. */
  withhold(rule: string, sending: Sending, answer: () => void, drop: () => void): void {
    const held = this.#hold(
      rule,
      () => {
        this.#abandon = undefined;
        answer();
        sending.finish();
      },
      () => {
        sending.stop();
        drop();
      },
    );
    this.#abandon = () => {
      this.#holds.take(held);
      sending.stop();
    };
  }

  /** The exchange is over, or its client has left. */
  over(): void {
    this.#abandon?.();
    this.#abandon = undefined;
  }

  #hold(rule: string, answer: () => void, drop: () => void): Held {
    const held: Held = { rule, since: this.#clock.now(), answer, drop };
    this.#holds.add(held);
    return held;
  }
}
