// What the kinds share that cut a body off after some of its bytes.
import { z } from 'zod';
import { bodyBytes, cutWithin, type Delivery } from '../wire/answer/delivery.ts';
import type { Trial } from './signature.ts';

/** Bytes of body that are let through. */
export const bytesLetThrough = z.int().min(0).max(1e9).optional();

export const cutParameters = z.strictObject({
  afterBytes: bytesLetThrough.describe('bytes of body let through, less than all; default half of it'),
});

export const CUT_TRIALS: readonly Trial[] = [
  { figures: { bodyShare: 0.5 } },
  { with: { afterBytes: 100 }, figures: { bodyBytes: 100 } },
];

/** The head with its full Content-Length, part of the body, then this ending; an answer without a body is spared. */
export const cutBody =
  (ending: Delivery['ending']) =>
  ({ afterBytes }: z.output<typeof cutParameters>) => ({
    deliver(delivery: Delivery, { method }: { readonly method: string }): Delivery {
      const bytes = bodyBytes(delivery.reply, method);
      return bytes === 0 ? delivery : { ...delivery, cutAt: cutWithin(bytes, afterBytes), ending };
    },
  });
