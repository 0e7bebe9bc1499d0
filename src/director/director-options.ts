// What a director is made with.
import type { KnownNames } from '../faults/check.ts';
import type { Shelf } from '../shelf/shelf.ts';
import type { TtlBounds } from './terms.ts';

export interface DirectorOptions extends TtlBounds {
  readonly shelf: Shelf;
  readonly known: KnownNames;
  /** Told of failures of those who listen. */
  readonly failed?: (error: unknown) => void;
}
