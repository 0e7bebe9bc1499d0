// What becomes of a webhook to one endpoint, in the words that the log of deliveries and the admin API share.

/** `lost`: a rule kept it from being sent · `dropped`: the queue was full · `canceled`: its endpoint was disabled or removed. */
export const DELIVERY_STATUSES = ['pending', 'delivered', 'failed', 'lost', 'dropped', 'canceled'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];
