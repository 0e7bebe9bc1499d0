// The webhooks of a world, as far as the director may lay its hand on them: a port that the room `world` supplies.
import type { DeliveryStatus } from '../base/delivery-status.ts';
import type { Notice, WebhookType } from '../faults/notice.ts';

export interface EndpointSeen {
  readonly id: string;
  readonly client: string;
  /** Without user, password and secrets in its query. */
  readonly url: string;
  /** Null: all. */
  readonly events: readonly WebhookType[] | null;
  /** Epoch ms. */
  readonly madeAt: number;
  /** Why nothing is sent any more; null: it is. */
  readonly disabled: string | null;
  /** Deliveries that have not come to an end. */
  readonly queued: number;
  /** Webhooks that found its queue full. */
  readonly dropped: number;
}

export interface DeliverySeen {
  readonly number: number;
  readonly id: string;
  readonly notice: Pick<Notice, 'id' | 'type' | 'client' | 'endpoint' | 'subject'>;
  /** Epoch ms. */
  readonly madeAt: number;
  readonly status: DeliveryStatus;
  readonly nextAt: number | null;
  readonly attempts: readonly {
    readonly at: number;
    readonly ms: number;
    readonly status: number | null;
    readonly error: string | null;
    readonly signature: 'good' | 'bad';
  }[];
  /** Ids of the rules that acted on it. */
  readonly rules: readonly string[];
}

export interface DeliveriesAsked {
  readonly endpoint?: string | undefined;
  readonly type?: WebhookType | undefined;
  readonly status?: DeliveryStatus | undefined;
  readonly limit: number;
  readonly cursor?: number | undefined;
}

export interface WebhookTotals {
  readonly endpoints: number;
  readonly queued: number;
  readonly dropped: number;
}

/** What cannot be had is a Refusal. */
export interface WebhookControls {
  readonly totals: WebhookTotals;
  endpoints(): readonly EndpointSeen[];
  /** Gives its id. */
  add(endpoint: {
    readonly client: string;
    readonly url: URL;
    readonly events?: readonly WebhookType[] | undefined;
  }): string;
  remove(id: string): void;
  /** The newest first. */
  deliveries(query: DeliveriesAsked): { readonly data: readonly DeliverySeen[]; readonly nextCursor: number | null };
  redeliver(id: string): DeliverySeen;
  /** The secret of a client, once. */
  reveal(client: string): string | undefined;
  rotate(client: string): string;
}
