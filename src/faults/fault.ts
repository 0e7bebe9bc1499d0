// The contract of a fault kind: its words for people, its parameters, and the places where it acts.
import type { z } from 'zod';
import type { Chance } from '../base/chance.ts';
import type { Clock } from '../base/clock.ts';
import type { Terms } from '../box-office/terms.ts';
import type { Arrival } from '../wire/arrival.ts';
import type { Delivery, Ending } from '../wire/delivery.ts';
import type { Reply } from '../wire/reply.ts';

/** Where a kind may act, in the order of a request's way. */
export const PLACES = ['standing', 'connect', 'arrive', 'work', 'answer', 'deliver', 'notify'] as const;
export type Place = (typeof PLACES)[number];

/** What a kind does before the work: nothing (undefined), wait, answer itself, or never answer. */
export type Arrived =
  | { readonly waitMs: number }
  | { readonly reply: Reply }
  | { readonly noAnswer: 'hang' | 'close' | 'reset' }
  | undefined;

/** A kind in force; state is what it closes over, and is bounded. */
export interface Armed {
  arrive?(arrival: Arrival, chance: Chance): Arrived;
  /** How the box office is to act. */
  work?(terms: Terms, arrival: Arrival, chance: Chance): Terms;
  /** Another answer for work that was done. */
  answer?(reply: Reply, arrival: Arrival, chance: Chance): Reply;
  deliver?(delivery: Delivery, arrival: Arrival, chance: Chance): Delivery;
}

/** What an observer on the wire must see; data, so that a probe can compare it. */
export interface Signature {
  readonly says: string;
  readonly shows: {
    /** Status line seen; unset when none or any. */
    readonly status?: number;
    readonly ending: Ending | 'close-early';
    /** Whether the answer arrives whole. */
    readonly answer: 'whole' | 'part' | 'none';
    /** Whether the box office did the work. */
    readonly work: boolean;
    /** Arrives later than without the fault. */
    readonly late?: boolean;
  };
}

export interface ArmContext {
  readonly clock: Clock;
}

/** A fault kind with its parameter type forgotten, as registry and engine keep it. */
export interface Fault {
  readonly name: string;
  /** What a seller sees, in one sentence. */
  readonly summary: string;
  /** What a client learns to do about it. */
  readonly teaches: string;
  readonly signature: Signature;
  readonly at: readonly Place[];
  /** The signature holds only for clients that reach the listener directly: a proxy between may turn an RST into a FIN. */
  readonly directOnly: boolean;
  readonly params: z.ZodType;
  readonly example: unknown;
  /** Called once per rule put in force, with parameters already checked. */
  arm(params: unknown, context: ArmContext): Armed;
}

interface FaultDefinition<Params extends z.ZodType> {
  readonly name: string;
  readonly summary: string;
  readonly teaches: string;
  readonly signature: Signature;
  readonly at: readonly Place[];
  readonly directOnly?: boolean;
  readonly params: Params;
  readonly example: z.input<Params>;
  arm(params: z.output<Params>, context: ArmContext): Armed;
}

/** Types `arm` by the kind's own parameter schema. */
export function defineFault<Params extends z.ZodType>(definition: FaultDefinition<Params>): Fault {
  return {
    directOnly: false,
    ...definition,
    arm: (params, context) => definition.arm(params as z.output<Params>, context),
  };
}
