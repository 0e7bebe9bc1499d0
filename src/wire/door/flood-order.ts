// The messages between the server and the process of the floods: a line of JSON each.
import type { FloodManner } from './door-conditions.ts';

export interface FloodOrder {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly from: string;
  readonly connections: number;
  /** New connections a second. */
  readonly rate: number;
  readonly holdMs: number;
  readonly manner: FloodManner;
}

/** `begin` one · `still`: open and drip no more, and wait to be closed from the other side · `end`: close what is left. */
export type FloodTold =
  | { readonly say: 'begin'; readonly flood: number; readonly order: FloodOrder }
  | { readonly say: 'still' | 'end'; readonly flood: number };

/** `pulse`: it lives · `trouble`: a flood is not what its rule says. */
export type FloodTells =
  | { readonly say: 'pulse' }
  | { readonly say: 'trouble'; readonly flood: number; readonly reason: string };

/** The process says that it lives so often. */
export const PULSE_MS = 500;
