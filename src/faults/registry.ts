// Every fault kind, a line each, in the order people meet them.
import type { Fault } from './fault.ts';
import { congestionPage } from './kinds/congestion-page.ts';
import { errorStatus } from './kinds/error-status.ts';
import { failedAfterWork } from './kinds/failed-after-work.ts';
import { hang } from './kinds/hang.ts';
import { hangAfterWork } from './kinds/hang-after-work.ts';
import { latency } from './kinds/latency.ts';
import { lostReply } from './kinds/lost-reply.ts';
import { slowBody } from './kinds/slow-body.ts';
import { stallBody } from './kinds/stall-body.ts';
import { truncatedBody } from './kinds/truncated-body.ts';

export const faults: readonly Fault[] = [
  latency,
  hang,
  errorStatus,
  congestionPage,
  failedAfterWork,
  lostReply,
  hangAfterWork,
  slowBody,
  stallBody,
  truncatedBody,
];

export const faultByName: ReadonlyMap<string, Fault> = new Map(faults.map((fault) => [fault.name, fault]));
