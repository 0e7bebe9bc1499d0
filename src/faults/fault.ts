// The contract of a fault kind: its words for people, its parameters, and the places where it acts.
import type { z } from 'zod';
import type { Chance } from '../base/chance.ts';
import type { Clock } from '../base/clock.ts';
import type { Terms } from '../box-office/terms.ts';
import type { Arrival } from '../wire/arrival.ts';
import type { Delivery, Ending } from '../wire/delivery.ts';
import type { Fate } from '../wire/fate.ts';
import type { Reply } from '../wire/reply.ts';
import type { DoorState, Flood, Slots } from '../wire/standing.ts';

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
  readonly slots?: Omit<Slots, 'cause'>;
  readonly flood?: Omit<Flood, 'cause'>;
}

/** A kind in force; state is what it closes over, and is bounded. */
export interface Armed {
  standing?(): Stands;
  /** What becomes of a connection; its arrival has the operation `connect` and its address for a client. */
  connect?(arrival: Arrival, chance: Chance): Fate;
  arrive?(arrival: Arrival, chance: Chance): Arrived;
  /** How the box office is to act. */
  work?(terms: Terms, arrival: Arrival, chance: Chance): Terms;
  /** Another answer for work that was done. */
  answer?(reply: Reply, arrival: Arrival, chance: Chance): Reply;
  /** What merely goes with an honest answer, as RateLimit does: never a hit, and there also when the limit is used up. */
  accompany?(reply: Reply, arrival: Arrival): Reply;
  /** How an answer goes out, whoever made it; the same for the same arguments, since it may be asked again. */
  deliver?(delivery: Delivery, arrival: Arrival, chance: Chance): Delivery;
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

/** What an observer on the wire must see; data, so that a probe can compare it. */
export interface Signature {
  readonly says: string;
  readonly shows: {
    /** Status line seen; unset when none or any. */
    readonly status?: number;
    /** How a connect ends; unset: accepted. */
    readonly connect?: 'refused' | 'unanswered';
    readonly ending: Ending;
    /** Whether the answer arrives whole, in part or not at all; `spoilt`: it arrives, and is no HTTP answer as it should be. */
    readonly answer: 'whole' | 'part' | 'none' | 'spoilt';
    /** Whether the box office did the work. */
    readonly work: boolean;
    /** Arrives, or ends, later than without the fault. */
    readonly late?: boolean;
    /** Lower-case names of headers and a text that each holds; `*` for any. */
    readonly headers?: Readonly<Record<string, string>>;
    /** What is another than in the honest answer to the same: `body`, or the lower-case name of a header; times by over a minute. */
    readonly differs?: readonly string[];
    /** Lower-case names of headers that come twice, with two values. */
    readonly twice?: readonly string[];
    /** Text in the body that is not in the honest one. */
    readonly tells?: string;
    /** Reading again tells the same, though something has changed in between. */
    readonly repeats?: true;
    /** Status of interim answers that come again and again. */
    readonly interim?: number;
    /** What a client that checks certificates finds, as the code of OpenSSL or Node. */
    readonly certificate?: string;
    /** Others take up connections. */
    readonly crowd?: true;
  };
  /** How it is brought to light; unset: armed bare, by one request. */
  readonly trial?: Trial;
}

/**
 * What is sent so that a signature shows. Each is a list of sessions, unless it says more: `closing-request` asks for the
 * connection to be closed after it; `two-requests` on one connection, where the second is watched; `behind-another`
 * connection that is being kept; `reservation` of a seat; `reservation-lookup`, one made and then read; `known-reservation`,
 * extended, made before; `reread` of a seat map after a reservation; `discount`, a code nobody knows;
 * `tls-handshake`, and the list through it.
 */
export const STIMULI = [
  'one-request',
  'closing-request',
  'two-requests',
  'behind-another',
  'reservation',
  'reservation-lookup',
  'known-reservation',
  'reread',
  'discount',
  'tls-handshake',
] as const;
export type Stimulus = (typeof STIMULI)[number];

/** How a signature is brought to light in a short time; data, so that nobody who looks needs to know the kind. */
export interface Trial {
  /** Unset: `one-request`. */
  readonly stimulus?: Stimulus;
  /** Parameters with which it shows soon; unset: bare. */
  readonly with?: Readonly<Record<string, unknown>>;
  /** With these parameters, what is late takes at least so long. */
  readonly lateMs?: number;
}

/** What the server can do here and now; a kind that needs more refuses to be armed. */
export interface Conditions {
  /** There is a TLS door. */
  readonly tls: boolean;
  /** A listener can be made dark: this needs Linux. */
  readonly darkness: boolean;
  /** Connections that a flood may open now. */
  floodRoom(): number;
  /** Why there cannot be a flood here at all; unset: there can. */
  readonly floodTrouble?: string | undefined;
}

export interface ArmContext {
  readonly clock: Clock;
  readonly conditions: Conditions;
  /** The rule's own luck, by seed and identity: the same whenever it is armed. */
  readonly chance: Chance;
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
  readonly params: z.ZodType;
  readonly example: unknown;
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
  readonly params: Params;
  readonly example: z.input<Params>;
  arm(params: z.output<Params>, context: ArmContext): Armed;
}

/** Types `arm` by the kind's own parameter schema. */
export function defineFault<Params extends z.ZodType>(definition: FaultDefinition<Params>): Fault {
  return {
    directOnly: false,
    countable: true,
    inHandshake: false,
    living: 'all',
    ...definition,
    arm: (params, context) => definition.arm(params as z.output<Params>, context),
  };
}
