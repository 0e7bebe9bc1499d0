// What a kind must look like on the wire, and how that is brought to light: data, so that nobody who looks needs to know the kind.
import type { Ending } from '../wire/answer/delivery.ts';

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
  readonly trials?: readonly Trial[];
}

/** Of kinds that act on webhooks: what a client of the API sees is as ever. */
export const NOTHING_ON_THE_WIRE: Signature['shows'] = { ending: 'keep', answer: 'whole', work: true };

/**
 * What is sent so that a signature shows. Each is a list of sessions, unless it says more: `closing-request` asks for the
 * connection to be closed after it; `two-requests` on one connection, where the second is watched; `behind-another`
 * connection that is being kept; `reservation` of a seat; `reservation-lookup`, one made and then read; `known-reservation`,
 * extended, made before; `reread` of a seat map after a reservation; `reread-until-other`, the same again and again until
 * it shows; `ticket-until-other`, a ticket of a waiting room, asked about until it is told something else; `discount`, a
 * code nobody knows; `long-request`, with some kilobytes of head; `tls-handshake`, and the list through it;
 * `reservation-again`, a seat reserved and once more under the same key. Of an order that was made before: `completion`;
 * `completion-lookup`, completed and then read; `completion-again`, twice under the same key; `completion-by-another-key`
 * of one by redirect that is paid and completed already; `payment-lookup`, paid at its page and then read.
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
  'reread-until-other',
  'ticket-until-other',
  'discount',
  'long-request',
  'tls-handshake',
  'reservation-again',
  'completion',
  'completion-lookup',
  'completion-again',
  'completion-by-another-key',
  'payment-lookup',
] as const;
export type Stimulus = (typeof STIMULI)[number];

/** What is proved to the byte or to the millisecond, since parameters set it. Times are milliseconds. */
export interface Figures {
  /** Bytes of the answer that arrive, head and body together. */
  readonly bytes?: number;
  /** Bytes of body that arrive. */
  readonly bodyBytes?: number;
  /** Part of the honest body that arrives, rounded down to whole bytes. */
  readonly bodyShare?: number;
  /** Bytes of the body that are not those of the honest one, which is as long. */
  readonly bytesChanged?: number;
  /** Content-Length less the length of the honest body. */
  readonly lengthOff?: number;
  /** The first byte comes so much later than without the fault. */
  readonly beginsMs?: number;
  /** The whole answer comes so much later than without the fault. */
  readonly wholeMs?: number;
  /** From the request, or from the whole answer, until the connection ends. */
  readonly endsMs?: number;
  readonly endsAfterWholeMs?: number;
  /** Bytes a second: of the body from the head on, or of the whole answer from the request on. */
  readonly bodyPace?: number;
  readonly pace?: number;
  /** Bytes a second at which the request is taken, before a byte of the answer comes. */
  readonly uploadPace?: number;
  /** From one interim answer to the next, for as long as it is watched. */
  readonly interimMs?: number;
  /** From the first answer until another comes to the same question. */
  readonly turnsMs?: number;
  /** The Date header and all times in the body are ahead of the honest ones by so much. */
  readonly clockMs?: number;
  /** Connections that others take up. */
  readonly crowd?: number;
  /** Whole values of headers, by lower-case names. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Headers that hold a time, by lower-case names, and how far it is ahead of the Date header. */
  readonly datesMs?: Readonly<Record<string, number>>;
  /** The whole body. */
  readonly body?: string;
  /** Text that is not in the body. */
  readonly lacks?: string;
}

/** How a signature is brought to light in a short time; data, so that nobody who looks needs to know the kind. */
export interface Trial {
  /** Unset: `one-request`. */
  readonly stimulus?: Stimulus;
  /** Parameters with which it shows soon; unset: bare. */
  readonly with?: Readonly<Record<string, unknown>>;
  /** Of two requests on one connection, the second comes so long after the first answer; what it tells apart must be 300 ms from it. */
  readonly pauseMs?: number;
  /** What shows otherwise with these parameters than the signature says; `undefined` for what does not. */
  readonly shows?: { readonly [Part in keyof Signature['shows']]?: Signature['shows'][Part] | undefined };
  readonly figures?: Figures;
  /** Holds only from where the listener is reached directly, as a kind may. */
  readonly directOnly?: true;
  /** Means anything only while nobody else is connected. */
  readonly alone?: true;
}
