// Every fault kind, a line each, in the order people meet them.
import type { Fault } from './fault.ts';
import { badSignature } from './kinds/bad-signature.ts';
import { completionPending } from './kinds/completion-pending.ts';
import { concurrencyLimit } from './kinds/concurrency-limit.ts';
import { congestionPage } from './kinds/congestion-page.ts';
import { connectionFlood } from './kinds/connection-flood.ts';
import { connectionSlots } from './kinds/connection-slots.ts';
import { corruptBody } from './kinds/corrupt-body.ts';
import { darkDoor } from './kinds/dark-door.ts';
import { doubleCharge } from './kinds/double-charge.ts';
import { duplicateHeaders } from './kinds/duplicate-headers.ts';
import { duplicateWebhook } from './kinds/duplicate-webhook.ts';
import { earlyExpiry } from './kinds/early-expiry.ts';
import { earlyHintsForever } from './kinds/early-hints-forever.ts';
import { emptyReply } from './kinds/empty-reply.ts';
import { errorIn200 } from './kinds/error-in-200.ts';
import { errorStatus } from './kinds/error-status.ts';
import { expiredCredentials } from './kinds/expired-credentials.ts';
import { failedAfterWork } from './kinds/failed-after-work.ts';
import { falseSoldOut } from './kinds/false-sold-out.ts';
import { forgottenIdempotency } from './kinds/forgotten-idempotency.ts';
import { garbage } from './kinds/garbage.ts';
import { hang } from './kinds/hang.ts';
import { hangAfterWork } from './kinds/hang-after-work.ts';
import { idleClose } from './kinds/idle-close.ts';
import { latePayment } from './kinds/late-payment.ts';
import { lateWebhook } from './kinds/late-webhook.ts';
import { latency } from './kinds/latency.ts';
import { lostFlow } from './kinds/lost-flow.ts';
import { lostReply } from './kinds/lost-reply.ts';
import { lostWebhook } from './kinds/lost-webhook.ts';
import { maintenance } from './kinds/maintenance.ts';
import { partialOutage } from './kinds/partial-outage.ts';
import { phantomSuccess } from './kinds/phantom-success.ts';
import { rateLimit } from './kinds/rate-limit.ts';
import { refuseConnection } from './kinds/refuse-connection.ts';
import { reorderedWebhooks } from './kinds/reordered-webhooks.ts';
import { resetAfter } from './kinds/reset-after.ts';
import { resetConnection } from './kinds/reset-connection.ts';
import { schemaDrift } from './kinds/schema-drift.ts';
import { silentConnection } from './kinds/silent-connection.ts';
import { skewedClock } from './kinds/skewed-clock.ts';
import { slowBody } from './kinds/slow-body.ts';
import { slowClose } from './kinds/slow-close.ts';
import { staleAnswer } from './kinds/stale-answer.ts';
import { stallBody } from './kinds/stall-body.ts';
import { throttle } from './kinds/throttle.ts';
import { tlsBadCertificate } from './kinds/tls-bad-certificate.ts';
import { tlsReset } from './kinds/tls-reset.ts';
import { tlsStall } from './kinds/tls-stall.ts';
import { truncatedBody } from './kinds/truncated-body.ts';
import { waitingRoom } from './kinds/waiting-room.ts';
import { wrongContentType } from './kinds/wrong-content-type.ts';
import { wrongDiscount } from './kinds/wrong-discount.ts';
import { wrongLength } from './kinds/wrong-length.ts';

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
  emptyReply,
  garbage,
  corruptBody,
  wrongLength,
  earlyHintsForever,
  duplicateHeaders,
  wrongContentType,
  errorIn200,
  staleAnswer,
  schemaDrift,
  skewedClock,
  tlsStall,
  tlsReset,
  tlsBadCertificate,
  refuseConnection,
  darkDoor,
  resetConnection,
  silentConnection,
  connectionSlots,
  connectionFlood,
  idleClose,
  slowClose,
  resetAfter,
  throttle,
  maintenance,
  expiredCredentials,
  rateLimit,
  concurrencyLimit,
  waitingRoom,
  partialOutage,
  lostFlow,
  phantomSuccess,
  earlyExpiry,
  falseSoldOut,
  wrongDiscount,
  doubleCharge,
  latePayment,
  completionPending,
  forgottenIdempotency,
  lostWebhook,
  lateWebhook,
  duplicateWebhook,
  reorderedWebhooks,
  badSignature,
];

export const faultByName: ReadonlyMap<string, Fault> = new Map(faults.map((fault) => [fault.name, fault]));
