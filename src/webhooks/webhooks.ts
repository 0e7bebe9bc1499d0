// The webhooks of one world: its endpoints, what is sent to them as things happen, and the log of it. Without an endpoint nothing listens.
import { Refusal } from '../base/refusal.ts';
import type { Topic } from '../base/topic.ts';
import type { Fact } from '../box-office/facts.ts';
import { base32 } from '../box-office/ids.ts';
import type { Engine } from '../faults/engine.ts';
import type { Notice, WebhookType } from '../faults/notice.ts';
import { Delivery, Part } from './delivery.ts';
import { DeliveryLog, type DeliveryPage, type DeliveryQuery } from './delivery-log.ts';
import { type Endpoint, MAX_ENDPOINTS, shownUrl, wants } from './endpoint.ts';
import type { EndpointQueue } from './endpoint-queue.ts';
import { bodyOf, type Happening, happeningOf } from './happening.ts';
import { queueTo, type SendingMeans } from './sending.ts';

export interface WebhooksSettings extends SendingMeans {
  readonly world: string;
  readonly facts: Topic<Fact>;
  readonly engine: Pick<Engine, 'notify' | 'changed'>;
  seed(): number;
}

export interface EndpointRequest {
  readonly client: string;
  readonly url: URL;
  readonly events?: readonly WebhookType[] | undefined;
}

interface Place {
  readonly endpoint: Endpoint;
  readonly queue: EndpointQueue;
}

export class Webhooks {
  readonly #settings: WebhooksSettings;
  readonly #places = new Map<string, Place>();
  readonly #log = new DeliveryLog();
  /** Webhooks made for each client. */
  readonly #made = new Map<string, number>();
  #deliveries = 0;
  #endpoints = 0;
  #stopListening: (() => void) | undefined;

  constructor(settings: WebhooksSettings) {
    this.#settings = settings;
  }

  endpoints() {
    return [...this.#places.values()].map(({ endpoint, queue }) => ({
      ...{ id: endpoint.id, client: endpoint.client, url: shownUrl(endpoint.url) },
      events: endpoint.events ? [...endpoint.events] : null,
      ...{ madeAt: endpoint.madeAt, disabled: endpoint.disabled, queued: queue.size, dropped: endpoint.dropped },
    }));
  }

  /** Deliveries that have not come to an end, and webhooks that found no room, of all endpoints. */
  get totals() {
    let [queued, dropped] = [0, 0];
    for (const { endpoint, queue } of this.#places.values()) {
      queued += queue.size;
      dropped += endpoint.dropped;
    }
    return { endpoints: this.#places.size, queued, dropped };
  }

  /** Something is sent, or about to be; what waits for a retry is not. */
  get isBusy(): boolean {
    for (const { queue } of this.#places.values()) if (queue.busy > 0) return true;
    return false;
  }

  /** Gives its id; throws a Refusal for a URL that may not be called, one that is there already, and one too many. */
  add({ client, url, events }: EndpointRequest): string {
    const { outbound, clock, seed } = this.#settings;
    const refused = outbound.refusal(url);
    if (refused !== undefined) throw wrong('url', refused);
    if (this.#places.size >= MAX_ENDPOINTS)
      throw wrong('', `there are ${MAX_ENDPOINTS} endpoints in this world, as many as may be; delete one`);
    const twin = [...this.#places.values()].find(
      ({ endpoint }) => endpoint.client === client && endpoint.url.href === url.href && endpoint.disabled === null,
    );
    if (twin) throw new Refusal('conflict', `${client} has this URL already, as ${twin.endpoint.id}; delete it first`);
    const id = `we_${base32(`endpoint/${++this.#endpoints}`, seed())}`;
    const endpoint: Endpoint = {
      ...{ id, client, url, madeAt: clock.now(), disabled: null, dropped: 0 },
      events: events && new Set(events),
    };
    this.#places.set(id, { endpoint, queue: queueTo(endpoint, this.#settings) });
    this.#stopListening ??= this.#listen();
    return id;
  }

  /** Throws a Refusal `not_found`. */
  remove(id: string): void {
    this.#placeOf(id).queue.cancelAll();
    this.#places.delete(id);
    if (this.#places.size > 0) return;
    this.#stopListening?.();
    this.#stopListening = undefined;
  }

  deliveries(query: DeliveryQuery): DeliveryPage {
    return this.#log.page(query);
  }

  /** Sends one once more, and by the whole schedule if need be; throws a Refusal. */
  redeliver(id: string): Delivery {
    const delivery = this.#log.get(id);
    if (!delivery) throw new Refusal('not_found', `no delivery ${JSON.stringify(id.slice(0, 80))} is in the log`);
    const { endpoint, queue } = this.#placeOf(delivery.notice.endpoint);
    if (delivery.status === 'pending')
      throw new Refusal('conflict', `${id} is still under way; the log tells when it is tried next`);
    if (endpoint.disabled !== null) throw new Refusal('conflict', `${endpoint.id} is disabled: ${endpoint.disabled}`);
    if (queue.isFull) throw new Refusal('conflict', `the queue of ${endpoint.id} is full; try again later`);
    delivery.again();
    queue.add(delivery);
    return delivery;
  }

  reveal(client: string): string | undefined {
    return this.#settings.secrets.reveal(client);
  }

  rotate(client: string): string {
    return this.#settings.secrets.rotate(client);
  }

  /** Forgets every delivery; the endpoints stay, and those that were disabled are so no more. */
  reset(): void {
    for (const { endpoint, queue } of this.#places.values()) {
      queue.cancelAll();
      endpoint.disabled = null;
      endpoint.dropped = 0;
    }
    this.#log.clear();
    this.#made.clear();
    this.#deliveries = 0;
  }

  /** Ends what is under way, and listens no more. */
  close(): void {
    for (const id of [...this.#places.keys()]) this.remove(id);
    this.#log.clear();
  }

  #listen(): () => void {
    const { facts, engine } = this.#settings;
    const stopFacts = facts.subscribe((fact) => this.heard(fact));
    const stopRules = engine.changed.subscribe(() => {
      for (const { queue } of this.#places.values()) queue.releaseUnkept();
    });
    return () => {
      stopFacts();
      stopRules();
    };
  }

  /** Tells everybody whom it concerns. */
  heard(fact: Fact): void {
    const happening = happeningOf(fact);
    if (!happening) return;
    const { type, client } = happening;
    const places = [...this.#places.values()].filter(
      ({ endpoint }) => (client === null || endpoint.client === client) && wants(endpoint, type),
    );
    const ids = new Map<string, string>();
    for (const place of places) {
      const whose = place.endpoint.client;
      const id = ids.get(whose) ?? this.#messageId(whose);
      ids.set(whose, id);
      this.#tell(place, happening, id);
    }
  }

  /** Depends on the seed and on how many the client had before. */
  #messageId(client: string): string {
    const count = (this.#made.get(client) ?? 0) + 1;
    this.#made.set(client, count);
    const seed = this.#settings.seed();
    return `msg_${base32(`message/${client}/${count}`, seed)}${base32(`${count}/${client}/message`, seed)}`;
  }

  #tell(place: Place, happening: Happening, id: string): void {
    const { engine, world } = this.#settings;
    const { endpoint } = place;
    const { type, subject } = happening;
    const notice: Notice = {
      ...{ id, type, subject, client: endpoint.client, endpoint: endpoint.id },
      ...{ delayMs: 0, signature: 'good' },
    };
    const { notices, hits } = engine.notify(notice) ?? { notices: [notice], hits: [] };
    const parts = hits.map((hit) => new Part(hit));
    const body = bodyOf(happening, world);
    const origin = this.#deliveries + 1;
    if (notices.length === 0) {
      const lost = this.#newDelivery({ origin, notice, body, parts });
      lost.acted('lost');
      lost.settle('lost');
      return;
    }
    notices.forEach((one, copy) => {
      const own = parts.filter((part) => part.concerns(copy));
      this.#queue(place, this.#newDelivery({ origin, notice: one, body, parts: own }));
    });
  }

  #queue({ endpoint, queue }: Place, delivery: Delivery): void {
    if (queue.add(delivery)) return;
    delivery.settle('dropped');
    endpoint.dropped++;
    this.#settings.counts.dropped();
  }

  #newDelivery(made: Pick<Delivery, 'origin' | 'notice' | 'body'> & { readonly parts: readonly Part[] }): Delivery {
    const { clock, seed } = this.#settings;
    const number = ++this.#deliveries;
    const id = `dlv_${base32(`delivery/${made.notice.endpoint}/${number}`, seed())}`;
    const delivery = new Delivery({ ...made, number, id, madeAt: clock.now() });
    this.#log.add(delivery);
    return delivery;
  }

  #placeOf(id: string): Place {
    const place = this.#places.get(id);
    if (!place) throw new Refusal('not_found', `no endpoint ${JSON.stringify(id.slice(0, 80))} is in this world`);
    return place;
  }
}

function wrong(path: string, message: string): Refusal {
  return new Refusal('validation_failed', path ? `${path}: ${message}` : message, { errors: [{ path, message }] });
}
