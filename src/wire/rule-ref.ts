// A rule as the wire knows it: its id, and whether it is still in force.

/** Whatever put something on a connection; what is no longer in force is lifted again. */
export interface RuleRef {
  readonly id: string;
  readonly inForce: boolean;
}
