// Every criterion there is, in the order in which they are told; a new one is a line here.

import { ambiguityResolved } from './criteria/ambiguity-resolved.ts';
import { backoffGrowth } from './criteria/backoff-growth.ts';
import { breakerOpening } from './criteria/breaker-opening.ts';
import { clientTimeout } from './criteria/client-timeout.ts';
import { concurrency } from './criteria/concurrency.ts';
import { conditionalReads } from './criteria/conditional-reads.ts';
import { connectionReuse } from './criteria/connection-reuse.ts';
import { duplicateOrders } from './criteria/duplicate-orders.ts';
import { flowCost } from './criteria/flow-cost.ts';
import { halfOpenProbes } from './criteria/half-open-probes.ts';
import { herdOvershoot } from './criteria/herd-overshoot.ts';
import { idempotencyKeys } from './criteria/idempotency-keys.ts';
import { jitter } from './criteria/jitter.ts';
import { orphanedReservations } from './criteria/orphaned-reservations.ts';
import { recovery } from './criteria/recovery.ts';
import { retryAfter } from './criteria/retry-after.ts';
import { retryAmplification } from './criteria/retry-amplification.ts';
import { webhookManners } from './criteria/webhook-manners.ts';
import { wrongTypeTolerance } from './criteria/wrong-type-tolerance.ts';
import type { Criterion } from './criterion.ts';

export const CRITERIA: readonly Criterion[] = [
  clientTimeout,
  concurrency,
  retryAmplification,
  retryAfter,
  backoffGrowth,
  jitter,
  breakerOpening,
  halfOpenProbes,
  recovery,
  herdOvershoot,
  idempotencyKeys,
  duplicateOrders,
  ambiguityResolved,
  orphanedReservations,
  wrongTypeTolerance,
  webhookManners,
  connectionReuse,
  conditionalReads,
  flowCost,
];

const BY_NAME: ReadonlyMap<string, Criterion> = new Map(CRITERIA.map((criterion) => [criterion.name, criterion]));

/** Undefined where there is none of this name, as in a report of another version. */
export const criterionNamed = (name: string): Criterion | undefined => BY_NAME.get(name);
