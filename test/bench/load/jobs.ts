// What the load process can be asked for, and what it answers.

interface Target {
  readonly port: number;
  /** The whole request, as it goes over the wire. */
  readonly request: string;
  readonly connections: number;
}

/** As fast as the answers come: one request in flight on each connection. */
export interface ClosedLoop extends Omit<Target, 'request'> {
  readonly kind: 'closed';
  /** Sent in turn, where there are many. */
  readonly request: string | readonly string[];
  /** Before anything is counted. */
  readonly rampMs: number;
  readonly ms: number;
}

/** At a pace of its own, whether or not answers come. */
export interface OpenLoop extends Target {
  readonly kind: 'open';
  readonly perSecond: number;
  readonly ms: number;
}

/** Connections that send one request each and wait for an answer that never comes. */
export interface HoldOpen extends Target {
  readonly kind: 'hold';
}

/** Ends what `hold` has opened. */
export interface LetGo {
  readonly kind: 'let-go';
}

export type Job = ClosedLoop | OpenLoop | HoldOpen | LetGo;

/** Times in milliseconds, from the write of a request to the first byte (open) or the last (closed) of its answer. */
export interface Timed {
  readonly requests: number;
  readonly perSecond: number;
  readonly min: number;
  readonly p50: number;
  readonly p99: number;
}

export interface Opened {
  readonly connections: number;
}

export interface Released {
  /** Of the connections that were held, those the server had ended already. */
  readonly endedByServer: number;
}

export type Done<J extends Job> = J extends ClosedLoop | OpenLoop ? Timed : J extends HoldOpen ? Opened : Released;
