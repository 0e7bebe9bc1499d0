// The log of deliveries of a world: the newest so many, asked page by page.
import type { DeliveryStatus } from '../base/delivery-status.ts';
import type { WebhookType } from '../faults/notice.ts';
import type { Delivery } from './delivery.ts';

/** Deliveries kept of a world; the oldest makes room, and goes on if it is still under way. */
export const MAX_LOGGED = 2000;

export interface DeliveryQuery {
  readonly endpoint?: string | undefined;
  readonly type?: WebhookType | undefined;
  readonly status?: DeliveryStatus | undefined;
  readonly limit: number;
  /** Only older ones than this number. */
  readonly cursor?: number | undefined;
}

export interface DeliveryPage {
  /** The newest first. */
  readonly data: readonly Delivery[];
  readonly nextCursor: number | null;
}

export class DeliveryLog {
  readonly #kept = new Map<string, Delivery>();

  get size(): number {
    return this.#kept.size;
  }

  add(delivery: Delivery): void {
    this.#kept.set(delivery.id, delivery);
    if (this.#kept.size <= MAX_LOGGED) return;
    for (const oldest of this.#kept.keys()) {
      this.#kept.delete(oldest);
      return;
    }
  }

  get(id: string): Delivery | undefined {
    return this.#kept.get(id);
  }

  page({ endpoint, type, status, limit, cursor = Number.POSITIVE_INFINITY }: DeliveryQuery): DeliveryPage {
    const fitting = [...this.#kept.values()]
      .reverse()
      .filter(
        (delivery) =>
          delivery.number < cursor &&
          (endpoint === undefined || delivery.notice.endpoint === endpoint) &&
          (type === undefined || delivery.notice.type === type) &&
          (status === undefined || delivery.status === status),
      );
    const data = fitting.slice(0, limit);
    return { data, nextCursor: fitting.length > limit ? (data.at(-1)?.number ?? null) : null };
  }

  clear(): void {
    this.#kept.clear();
  }
}
