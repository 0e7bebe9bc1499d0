// Follows a rehearsal to its end: says each phase, note and abort as it comes, and tells the server that somebody is there.
import type { RehearsalAnswer as Rehearsal } from '../admin/contract/rehearsal.ts';
import { sinceWords } from '../rehearsal/report/words.ts';
import { AdminError } from '../sdk/errors.ts';

const ASK_EVERY_MS = 500;
/** The server heals when it has heard nothing for 30 s. */
export const BEAT_EVERY_MS = 5000;

export interface RehearsalFollower {
  state(): Promise<Rehearsal>;
  beat(): Promise<unknown>;
  /** Milliseconds that only go forward. */
  ticks(): number;
  wait(ms: number): Promise<void>;
  say(line: string): void;
}

/** Resolves with what came of it when it has ended and is judged. */
export async function followRehearsal(begun: Rehearsal, follower: RehearsalFollower): Promise<Rehearsal> {
  const { state, beat, ticks, wait, say } = follower;
  const said = new Said(say);
  say(`${begun.id}: ${begun.title}`);
  let beatenAt = Number.NEGATIVE_INFINITY;
  for (let now = begun; ; now = await state()) {
    said.look(now);
    if (now.endedAt !== null && (now.result !== null || isUnjudged(now))) return now;
    if (now.endedAt === null && ticks() - beatenAt >= BEAT_EVERY_MS) {
      beatenAt = ticks();
      await beat().catch(sparing);
    }
    await wait(ASK_EVERY_MS);
  }
}

/** It has ended, and will not be judged any more. */
const isUnjudged = ({ status }: Rehearsal): boolean => status !== 'running' && status !== 'aborting';

/** It may have ended meanwhile. */
function sparing(error: unknown): void {
  if (!(error instanceof AdminError && error.status === 409)) throw error;
}

class Said {
  readonly #say: (line: string) => void;
  #phases = 0;
  #notes = 0;
  #aborted = false;
  #troubles = new Set<string>();

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  look({ startedAt, phases, notes, abort, endedAt, status, troubles }: Rehearsal): void {
    const since = (at: string): string => sinceWords(Date.parse(at), Date.parse(startedAt));
    for (const trouble of troubles) if (!this.#troubles.has(trouble)) this.#say(`(${trouble})`);
    this.#troubles = new Set(troubles);
    for (const { name, kind, at, endsAt } of phases.slice(this.#phases)) {
      const until = endsAt === null ? '' : ` until ${since(endsAt)}`;
      this.#say(`${since(at)}  ${name}${name === kind ? '' : ` (${kind})`}${until}`);
    }
    for (const { at, author, kind, text } of notes.slice(this.#notes))
      this.#say(`${since(at)}  ${author} ${kind}: ${text}`);
    this.#phases = phases.length;
    this.#notes = notes.length;
    if (abort && !this.#aborted)
      this.#say(`${since(abort.at)}  ABORTED by ${abort.condition}: ${abort.value} (limit: ${abort.limit})`);
    this.#aborted = abort !== null;
    if (endedAt !== null && status !== 'running') this.#say(`${since(endedAt)}  ${status}`);
  }
}
