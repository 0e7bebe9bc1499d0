// Every criterion there is, in the order in which they are told; a new one is a line here.
import { backoffGrowth } from './criteria/backoff-growth.ts';
import { breakerOpening } from './criteria/breaker-opening.ts';
import { clientTimeout } from './criteria/client-timeout.ts';
import { concurrency } from './criteria/concurrency.ts';
import { halfOpenProbes } from './criteria/half-open-probes.ts';
import { herdOvershoot } from './criteria/herd-overshoot.ts';
import { jitter } from './criteria/jitter.ts';
import { recovery } from './criteria/recovery.ts';
import { retryAfter } from './criteria/retry-after.ts';
import { retryAmplification } from './criteria/retry-amplification.ts';
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
];
