// A queue of waiting jobs with both ends open, in a ring that grows.
import type { Job } from './job.ts';

const FIRST_SIZE = 64;

export class JobQueue {
  #jobs: (Job | undefined)[] = new Array(FIRST_SIZE).fill(undefined);
  /** When each job came, in ms. */
  #since = new Float64Array(FIRST_SIZE);
  #head = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(job: Job, nowMs: number): void {
    if (this.#length === this.#jobs.length) this.#grow();
    const at = (this.#head + this.#length) & (this.#jobs.length - 1);
    this.#jobs[at] = job;
    this.#since[at] = nowMs;
    this.#length += 1;
  }

  /** When the oldest job came; only of use when there is one. */
  get oldestSinceMs(): number {
    return this.#since[this.#head] as number;
  }

  takeOldest(): Job | undefined {
    if (this.#length === 0) return undefined;
    const job = this.#jobs[this.#head];
    this.#jobs[this.#head] = undefined;
    this.#head = (this.#head + 1) & (this.#jobs.length - 1);
    this.#length -= 1;
    return job;
  }

  takeNewest(): Job | undefined {
    if (this.#length === 0) return undefined;
    this.#length -= 1;
    const at = (this.#head + this.#length) & (this.#jobs.length - 1);
    const job = this.#jobs[at];
    this.#jobs[at] = undefined;
    return job;
  }

  #grow(): void {
    const size = this.#jobs.length;
    const jobs = new Array<Job | undefined>(size * 2).fill(undefined);
    const since = new Float64Array(size * 2);
    for (let i = 0; i < size; i++) {
      const from = (this.#head + i) & (size - 1);
      jobs[i] = this.#jobs[from];
      since[i] = this.#since[from] as number;
    }
    this.#jobs = jobs;
    this.#since = since;
    this.#head = 0;
  }
}
