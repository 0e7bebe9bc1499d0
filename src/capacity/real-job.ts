// A real request at the station: the one place where its synchronous callbacks become a promise.
import type { Job, JobSink } from './job.ts';

/** Either the work may be done now, or it must not be: come again after so many seconds. */
export type Outcome = 'served' | { readonly shed: number };

export interface RealRequest {
  readonly operation: string;
  /** Whether its client has left. */
  isGone(): boolean;
  /** When its client stops waiting, in ms of the simulation; Infinity when that is unknown. */
  readonly deadlineMs: number;
}

/** `settled` is called once, before the promise resolves. */
export function serveReal(work: JobSink, request: RealRequest, nowMs: number, settled: () => void): Promise<Outcome> {
  return new Promise((resolve) => {
    const job: Job = {
      operation: request.operation,
      deadlineMs: request.deadlineMs,
      isGone: () => request.isGone(),
      served() {
        settled();
        resolve('served');
      },
      shed(_nowMs, retryAfterS) {
        settled();
        resolve({ shed: retryAfterS });
      },
    };
    work.offer(job, nowMs);
  });
}
