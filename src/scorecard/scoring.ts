// Judges every client of a stretch of time: what little there is here and now, and more in a thread of its own.
import { Worker } from 'node:worker_threads';
import type { Clock } from '../base/clock.ts';
import { moduleFile } from '../base/package.ts';
import { Refusal } from '../base/refusal.ts';
import { AttemptWriter, type OwnedAttempt } from './attempt-rows.ts';
import { type Circumstances, Dossiers, type OwnedDelivery, type Piece } from './dossiers.ts';
import { HappenedWriter, type OwnedHappening } from './happened-rows.ts';
import { transferredOf } from './rows.ts';
import type { ClientScorecard } from './score.ts';

/** So many times are rows of attempts judged where they are, within some milliseconds; a thread takes a tenth of a second to begin. */
const MAX_INLINE = 2;
/** Heap of the thread; beside it are the rows, 100 MB of a million attempts, and while they come the hashes of their names, as much again. */
const MAX_HEAP_MB = 350;
/** Where what lives shortly lies, within that: a smaller one is copied from more often, a larger one holds memory that is hardly used. */
const YOUNG_HEAP_MB = 48;
const MAX_SCORING_MS = 60_000;

/** What is said to the thread: pieces in any number and order, and then circumstances. */
export type ToThread = Piece | { readonly circumstances: Circumstances };

/** One scoring: whatever is known is taken in, and then it is finished or abandoned. */
export class Scoring {
  readonly #clock: Clock;
  readonly #attempts = new AttemptWriter();
  readonly #happened = new HappenedWriter();
  /** Not yet sent. */
  #kept: Piece[] = [];
  #handedOver = 0;
  #thread: Worker | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  attempt(attempt: OwnedAttempt): void {
    const attempts = this.#attempts.add(attempt);
    if (!attempts) return;
    if (++this.#handedOver > MAX_INLINE) this.#thread ??= this.#begin();
    this.#say({ attempts });
  }

  happening(happening: OwnedHappening): void {
    const happened = this.#happened.add(happening);
    if (happened) this.#say({ happened });
  }

  /** Rejects with a Refusal where it is too much to be judged. */
  async finish(deliveries: readonly OwnedDelivery[], circumstances: Circumstances): Promise<ClientScorecard[]> {
    this.#say({ attempts: this.#attempts.rest() });
    this.#say({ happened: this.#happened.rest() });
    this.#say({ deliveries });
    const thread = this.#thread;
    if (!thread) return scoreAll(this.#kept, circumstances);
    const answer = this.#answerOf(thread);
    post(thread, { circumstances });
    return answer;
  }

  abandon(): void {
    void this.#thread?.terminate();
  }

  #begin(): Worker {
    const thread = new Worker(moduleFile('scorecard/scoring-thread'), {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB, maxYoungGenerationSizeMb: YOUNG_HEAP_MB },
    });
    thread.on('error', () => {}); // told by whoever waits for its answer
    for (const message of this.#kept) post(thread, message);
    this.#kept = [];
    return thread;
  }

  #say(piece: Piece): void {
    if (this.#thread) post(this.#thread, piece);
    else this.#kept.push(piece);
  }

  #answerOf(thread: Worker): Promise<ClientScorecard[]> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        cancel();
        void thread.terminate();
      };
      const fail = (why: string): void => {
        end();
        reject(
          new Refusal('too_much_evidence', `the entries cannot be judged: ${why}; name one client, or keep fewer`),
        );
      };
      const cancel = this.#clock.after(MAX_SCORING_MS, () => fail(`it takes longer than ${MAX_SCORING_MS / 1000}s`));
      thread.on('message', (scorecards: ClientScorecard[]) => {
        end();
        resolve(scorecards);
      });
      thread.on('error', (error) => fail(error instanceof Error ? error.message : String(error)));
      thread.on('exit', () => fail(`it takes more than ${MAX_HEAP_MB} MB`));
    });
  }
}

function post(thread: Worker, message: ToThread): void {
  const rows = 'attempts' in message ? message.attempts : 'happened' in message ? message.happened : undefined;
  thread.postMessage(message, rows ? transferredOf(rows) : []);
}

function scoreAll(pieces: readonly Piece[], circumstances: Circumstances): ClientScorecard[] {
  const dossiers = new Dossiers();
  for (const piece of pieces) dossiers.take(piece);
  return dossiers.score(circumstances);
}
