// What the admin app is made with; server.ts supplies it.

import type { Director } from '../director/director.ts';
import type { Worlds } from '../director/worlds-port.ts';
import type { Rehearsals } from '../rehearsal/rehearsals.ts';
import type { Shelf } from '../shelf/shelf.ts';
import type { AccessSettings } from './access.ts';
import type { Scorecards } from './scorecards.ts';
import type { WorldEvents } from './world-events.ts';

/** Whether the server itself is well; a fault in force is no problem of it. */
export interface Readiness {
  readonly ready: boolean;
  /** In words; empty when ready. */
  readonly problems: readonly string[];
}

/** A file of the page. */
export interface PageFile {
  /** Media type. */
  readonly type: string;
  readonly plain: Buffer;
  readonly gzipped: Buffer;
}

export interface AdminDeps {
  readonly director: Director;
  readonly shelf: Shelf;
  readonly worlds: Worlds;
  readonly scorecards: Scorecards;
  readonly rehearsals: Rehearsals;
  readonly access: AccessSettings;
  readonly version: string;
  /** Metrics in the Prometheus text format. */
  readonly metrics: { text(): string | Promise<string>; readonly contentType: string };
  /** Closed by its maker, which ends all streams. */
  readonly events: WorldEvents;
  readonly page: {
    /** Undefined while the page is not built. */
    index(): PageFile | undefined;
    /** By its name, which the build makes from its content; undefined when there is none. */
    asset(name: string): PageFile | undefined;
  };
  /** Where sellers reach the world at /v1. */
  readonly upstream: string;
  /** Certificates by which the upstream's TLS door can be trusted, as PEM; unset: there is no such door. */
  readonly trusted?: string | undefined;
  ready(): Readiness;
  /** Hears of a programmer's error, which the caller sees as a 500 without a word of it. */
  readonly failed?: (error: unknown, requestId: string) => void;
}
