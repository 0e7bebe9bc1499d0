// Which steps of a purchase must be served before another is asked for, by how often each came.

/** A step that is asked for by this more than the one before was served, or by so many, did not need that one. */
const SLACK = 1.1;
/** Those who had passed it when a fault began, with their retries. */
const SLACK_COUNT = 10;

/** What was seen of one operation in a stretch of time. */
export interface Step {
  readonly operation: string;
  /** How often it is asked for in the calm, a second. */
  readonly perS: number;
  /** Attempts that came. */
  readonly count: number;
  readonly served: number;
  readonly vain: number;
}

/** Of all steps those that failed at all, of which one came no more often than they were served, and which did not need it in turn. */
export function neededBy(operation: string, all: readonly Step[]): Step[] {
  const step = all.find((one) => one.operation === operation);
  if (!step) return [];
  return all.filter((other) => other.vain > 0 && mayFollow(step, other) && !mayFollow(other, step));
}

/** Of whoever wants to come to a step, those who come through all that it needs. */
export const reachOf = (needed: readonly Step[]): number =>
  needed.reduce((reach, { served, vain }) => reach * (served / (served + vain)), 1);

const mayFollow = (step: Step, other: Step): boolean =>
  step.operation !== other.operation &&
  other.perS > 0 &&
  step.count <= other.served * (step.perS / other.perS) * SLACK + SLACK_COUNT;
