// Everything that a page says, as one type: a language that lacks a word does not compile.
import type { CardBehaviour } from '../test-cards.ts';

/** What happened to the last attempt, where it did not pay. */
export const TROUBLES = [
  'declined',
  'insufficient_funds',
  'authentication_failed',
  'unknown_card',
  'missing_field',
] as const;
export type Trouble = (typeof TROUBLES)[number];

export const OUTCOMES = ['succeeded', 'failed', 'canceled', 'refund_pending', 'refunded'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const REFUSALS = ['unknown', 'expired', 'answered', 'not_a_form', 'too_large'] as const;
export type RefusalName = (typeof REFUSALS)[number];

/** A heading and the sentence below it. */
export interface Notice {
  readonly title: string;
  readonly text: string;
}

/** Digits come as the language writes them; `count` beside them chooses the plural. */
export interface Words {
  readonly dir: 'ltr' | 'rtl';
  readonly rehearsal: Notice;
  readonly order: {
    readonly venue: string;
    readonly hall: string;
    readonly starts: string;
    readonly seats: string;
    readonly total: string;
    readonly order: string;
    readonly reference: string;
    readonly payment: string;
    readonly row: (row: string) => string;
    readonly listComma: string;
  };
  readonly timeLeft: {
    readonly label: string;
    readonly minutes: (count: number, digits: string) => string;
    readonly seconds: (count: number, digits: string) => string;
    readonly none: string;
  };
  readonly form: {
    readonly title: string;
    readonly card: string;
    readonly number: string;
    readonly numberHint: string;
    readonly expiry: string;
    readonly cvc: string;
    readonly name: string;
    readonly optionalHint: string;
    readonly pay: (amount: string) => string;
  };
  readonly testCards: Notice & { readonly does: Readonly<Record<CardBehaviour, string>> };
  readonly leave: { readonly button: string; readonly hint: string };
  readonly trouble: Readonly<Record<Trouble, Notice>> & {
    readonly toField: string;
    readonly triesLeft: (count: number, digits: string) => string;
    /** Before the title of a page whose form is shown again. */
    readonly prefix: string;
  };
  readonly challenge: Notice & {
    readonly issuer: string;
    readonly issuerIs: string;
    readonly approve: string;
    readonly refuse: string;
    readonly abandon: string;
    readonly abandonHint: string;
  };
  readonly waiting: Notice & { readonly again: string };
  readonly outcomes: Readonly<Record<Outcome, Notice>> & { readonly close: string };
  readonly refusals: Readonly<Record<RefusalName, Notice>> & { readonly toPayment: string };
}
