// The contract of a fault kind: its words for people, its parameters, and the places where it acts.
import type { z } from 'zod';
import type { Chance } from '../base/chance.ts';
import type { Clock } from '../base/clock.ts';
import type { Terms } from '../box-office/terms.ts';
import type { Delivery } from '../wire/answer/delivery.ts';
import type { Reply } from '../wire/answer/reply.ts';
import type { Arrival } from '../wire/arrival.ts';
import type { ConnectionFate } from '../wire/connection/connection-fate.ts';
import type { DoorState, Flood, Slots } from '../wire/door/door-conditions.ts';
import type { Notice } from './notice.ts';
import type { Signature } from './signature.ts';

/** Where a kind may act, in the order of a request's way. */
export const PLACES = ['standing', 'connect', 'arrive', 'work', 'answer', 'deliver', 'notify'] as const;
export type Place = (typeof PLACES)[number];

/** What a kind does before the work: nothing (undefined), wait, answer itself, or never answer. */
export type Arrived =
  | { readonly waitMs: number }
  | { readonly reply: Reply }
  | { readonly noAnswer: 'hang' | 'close' | 'reset' }
  | undefined;

/** What a kind puts in front of a door, without a request or a connection. */
export interface Stands {
  readonly door?: DoorState;
  readonly slots?: Omit<Slots, 'rule'>;
  readonly flood?: Omit<Flood, 'rule'>;
}

/** A kind in force; state is what it closes over, and is bounded. */
export interface Armed {
  standing?(): Stands;
  /** What becomes of a connection; its arrival has the operation `connect` and its address for a client. */
  connect?(arrival: Arrival, chance: Chance): ConnectionFate;
  arrive?(arrival: Arrival, chance: Chance): Arrived;
  /** How the box office is to act. */
  work?(terms: Terms, arrival: Arrival, chance: Chance): Terms;
  /** Another answer for work that was done. */
  answer?(reply: Reply, arrival: Arrival, chance: Chance): Reply;
  /** What merely goes with an honest answer, as RateLimit does: never a hit, and there also when the limit is used up. */
  accompany?(reply: Reply, arrival: Arrival): Reply;
  /** How an answer goes out, whoever made it; the same for the same arguments, since it may be asked again. */
  deliver?(delivery: Delivery, arrival: Arrival, chance: Chance): Delivery;
  /** What is sent in the place of a webhook: none, itself, several; the same for the same arguments. */
  notify?(notice: Notice, chance: Chance): readonly Notice[];
  /** Whether a request for the kind's `ownOperation` is about this rule's doing, and so for it to answer. */
  owns?(arrival: Arrival): boolean;
  /** The exchange is over, however it ended; for kinds that count what is under way. */
  over?(arrival: Arrival): void;
}

/**
 * What a kind does, unless a rule says otherwise, to connections that live already as it comes into force: `all` strikes
 * them, or what is asked on them, like those to come; `new` spares them; `untouchable` cannot but spare them, since it
 * acts before a connection is served, so that only cutting them helps.
 */
export const LIVING = ['all', 'new', 'untouchable'] as const;
export type Living = (typeof LIVING)[number];

/** What the server can do here and now; a kind that needs more refuses to be armed. */
export interface Conditions {
  /** There is a TLS door. */
  readonly tls: boolean;
  /** Why there is none, where that is not for want of a setting. */
  readonly tlsTrouble?: string | undefined;
  /** Why there is no door here at all, and how to get one; undefined: there is one. */
  readonly doorless?: string | undefined;
  /** A listener can be made dark: this needs Linux. */
  readonly darkness: boolean;
  /** Doors of the process that may still be made dark. */
  darkRoom(): number;
  /** Names of the doors here that no rule wants dark. */
  notDark(): readonly string[];
  /** Connections that a flood may open now. */
  floodRoom(): number;
  /** Why there cannot be a flood here at all; unset: there can. */
  readonly floodTrouble?: string | undefined;
}

/** Of the process, whatever the world. */
export type ProcessConditions = Omit<Conditions, 'doorless' | 'notDark'>;

export interface ArmContext {
  readonly clock: Clock;
  readonly conditions: Conditions;
  /** The rule's own luck, by seed and identity: the same whenever it is armed. */
  readonly chance: Chance;
  /** Whether the rule stands at a door of that name. */
  standsAt(door: string): boolean;
}

/** What a kind can touch by what an arrival shows; unset parts: whatever is asked. */
export interface Touches {
  /** Names of operations. */
  readonly operations?: readonly string[];
  readonly methods?: readonly string[];
  /** Any but these. */
  readonly exceptMethods?: readonly string[];
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
  /**
   * An operation that is there for this kind alone. Its rules never strike it as they strike others: it reaches the rule
   * that `owns` the request, whatever that rule matches, outside of skip, every, share and limit.
   */
  readonly ownOperation?: string;
  /** Unset: every request. */
  readonly touches?: Touches;
  /** Whether it can be known how often it acted: what shuts or darkens a door never sees whom it keeps out. */
  readonly countable: boolean;
  /** Acts in the TLS handshake: at the door `tls` alone, and on no connection that has come through it. */
  readonly inHandshake: boolean;
  readonly living: Living;
  /** It brings connections of its own, and does nothing to those of clients. */
  readonly onlyAdds: boolean;
  readonly params: z.ZodType;
  readonly example: unknown;
  /** Fields of answers that its parameters name at `fields`, as ends of dotted paths. */
  fieldsNamed?(params: unknown): readonly string[];
  /** Called once per rule put in force, with parameters already checked; throws a Refusal `cannot_be_armed` when conditions forbid what its signature says. */
  arm(params: unknown, context: ArmContext): Armed;
}

interface FaultDefinition<Params extends z.ZodType> {
  readonly name: string;
  readonly summary: string;
  readonly teaches: string;
  readonly signature: Signature;
  readonly at: readonly Place[];
  readonly directOnly?: boolean;
  readonly ownOperation?: string;
  readonly touches?: Touches;
  /** Unset: true. */
  readonly countable?: boolean;
  readonly inHandshake?: boolean;
  /** Unset: `all`. */
  readonly living?: Living;
  /** Unset: false. */
  readonly onlyAdds?: boolean;
  readonly params: Params;
  readonly example: z.input<Params>;
  fieldsNamed?(params: z.output<Params>): readonly string[];
  arm(params: z.output<Params>, context: ArmContext): Armed;
}

/** Types `arm` by the kind's own parameter schema. */
export function defineFault<Params extends z.ZodType>(definition: FaultDefinition<Params>): Fault {
  return {
    directOnly: false,
    countable: true,
    inHandshake: false,
    living: 'all',
    onlyAdds: false,
    ...definition,
    arm: (params, context) => definition.arm(params as z.output<Params>, context),
  };
}
