// What faults are to the wire: something with a name that is in force, or not any more.

/** Whatever put something on a connection; what is no longer in force is lifted again. */
export interface RuleRef {
  readonly id: string;
  readonly inForce: boolean;
}
