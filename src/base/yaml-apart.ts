// Parses YAML without stopping everything else: a long text in a thread of its own, bounded in time and memory.
import { Worker } from 'node:worker_threads';
import type { Clock } from './clock.ts';
import { moduleFile } from './package.ts';
import { Refusal } from './refusal.ts';
import { type Parsed, parseYaml, type Unreadable } from './yaml.ts';

/** Shorter texts are parsed where they are, in some milliseconds; a thread takes some fifty to begin. */
const MAX_INLINE_BYTES = 2048;
/** A text that takes longer is refused. */
export const MAX_PARSE_MS = 10_000;
/** Heap of the thread. */
const MAX_HEAP_MB = 256;
/** Texts that may wait for their turn: one is parsed at a time. */
export const MAX_WAITING = 32;

export class YamlApart {
  readonly #clock: Clock;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** In the order of the calls; rejects with `too_many_concurrent` when too many wait already. */
  async parse(text: string): Promise<Parsed | Unreadable> {
    if (this.#waiting >= MAX_WAITING)
      throw new Refusal('too_many_concurrent', `at most ${MAX_WAITING} documents may wait to be parsed`);
    this.#waiting++;
    const parsed = this.#last.then(() =>
      Buffer.byteLength(text) <= MAX_INLINE_BYTES ? parseYaml(text) : parseInThread(text, this.#clock),
    );
    this.#last = parsed;
    try {
      return await parsed;
    } finally {
      this.#waiting--;
    }
  }
}

/**
 * Never rejects: a thread that takes too long, or dies of the text, has found it unreadable. A thread a text, since one
 * that a pool of threads (piscina, tinypool) kept would have to be killed for such a text all the same.
 */
function parseInThread(text: string, clock: Clock): Promise<Parsed | Unreadable> {
  const worker = new Worker(moduleFile('base/yaml-worker'), {
    workerData: text,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  return new Promise((resolve) => {
    const settle = (parsed: Parsed | Unreadable): void => {
      cancel();
      void worker.terminate();
      resolve(parsed);
    };
    const fail = (message: string): void => settle({ wrong: { line: 1, message } });
    const cancel = clock.after(MAX_PARSE_MS, () => fail(`takes longer than ${MAX_PARSE_MS / 1000}s to parse`));
    worker.on('message', settle);
    worker.on('error', (error) => fail(`cannot be parsed: ${error instanceof Error ? error.message : error}`));
    worker.on('exit', () => fail('cannot be parsed: it is too much for the parser'));
  });
}
