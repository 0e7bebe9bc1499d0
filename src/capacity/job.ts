// A job as the station sees it, real or virtual, and the sink that jobs are offered to.

export interface Job {
  readonly operation: string;
  /** When its client stops waiting, in ms of the simulation; Infinity when that is unknown. */
  readonly deadlineMs: number;
  /** Whether its client has left. */
  isGone(): boolean;
  /** Nobody, not even a box office, misses its work: it need not be finished when everything is released. */
  isIdle?(): boolean;
  /** The work is done; nobody may be there to hear of it. The station is done with the job. */
  served(nowMs: number): void;
  /** The work is not and will not be done; come again after so many seconds (at least 1). The station is done with the job. */
  shed(nowMs: number, retryAfterS: number): void;
}

export interface JobSink {
  /** Takes a job in. `served` or `shed` may be called before this returns. */
  offer(job: Job, nowMs: number): void;
}
