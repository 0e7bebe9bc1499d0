// The conditions at a door for as long as rules want them: its listener open or not, its slots, floods in front of it.
import type { RuleRef } from '../rule-ref.ts';

/** Mildest first; of two, the harsher counts. `shut`: refused · `dark`: not even refused. */
export const DOOR_STATES = ['open', 'shut', 'dark'] as const;
export type DoorState = (typeof DOOR_STATES)[number];

/** Doors of a process that may be dark at once: a helper process goes with each. */
export const MAX_DARK_DOORS = 16;

/** What happens to a connection beyond slots and queue. */
export const OVERFLOWS = ['reset', 'shut', 'unavailable'] as const;
export type Overflow = (typeof OVERFLOWS)[number];

export interface Slots {
  readonly slots: number;
  /** Connections that may wait unserved; Infinity for no bound. */
  readonly waiting: number;
  readonly overflow: Overflow;
  /** Rule that holds those that wait. */
  readonly rule: RuleRef;
}

export const FLOOD_MANNERS = ['idle', 'slow-headers', 'hanging', 'full'] as const;
export type FloodManner = (typeof FLOOD_MANNERS)[number];

export interface Flood {
  readonly connections: number;
  /** New connections a second. */
  readonly rate: number;
  /** How long each is held before it is closed and another takes its place. */
  readonly holdMs: number;
  readonly manner: FloodManner;
  readonly rule: RuleRef;
}

export interface DoorConditions {
  readonly door: DoorState;
  readonly slots?: Slots;
  readonly floods: readonly Flood[];
}

export const NO_CONDITIONS: DoorConditions = Object.freeze({ door: 'open', floods: Object.freeze([]) });

/** Door and slots to the strictest; all floods at once. */
export function stricter(one: DoorConditions, other: DoorConditions): DoorConditions {
  const door = DOOR_STATES.indexOf(other.door) > DOOR_STATES.indexOf(one.door) ? other.door : one.door;
  const slots = one.slots && (!other.slots || one.slots.slots <= other.slots.slots) ? one.slots : other.slots;
  return { door, ...(slots && { slots }), floods: [...one.floods, ...other.floods] };
}
