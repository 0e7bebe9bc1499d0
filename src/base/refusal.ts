// An expected no: something was asked that cannot be had, and the asker is told why.

/** Thrown for a no that belongs to the contract; anything else thrown is a programmer's error. */
export class Refusal<Code extends string = string> extends Error {
  override readonly name = 'Refusal';
  readonly code: Code;
  /** Further members of the problem document, as `seats` or `known`. */
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(code: Code, message: string, facts: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.facts = facts;
  }
}
