// Endpoints of webhooks put up and taken down, deliveries sent again, and secrets rotated; no secret is ever written down.
import { FLOOD } from '../base/client-names.ts';
import type { KnownNames } from '../faults/check.ts';
import type { WebhookType } from '../faults/notice.ts';
import { refuse } from './terms.ts';
import type { EndpointSeen } from './webhooks-port.ts';
import type { World } from './world-port.ts';

interface EndpointRequest extends By {
  /** By its name or by its key. */
  readonly client: string;
  readonly url: string;
  readonly events?: readonly WebhookType[] | undefined;
}

interface By {
  readonly by?: string | undefined;
}

/** What each verb is asked. */
export interface WebhookRequests {
  readonly add: EndpointRequest;
  readonly remove: By & { readonly endpoint: string };
  readonly redeliver: By & { readonly delivery: string };
  /** The client by its name or by its key. */
  readonly rotate: By & { readonly client: string };
}

export interface AddedEndpoint extends EndpointSeen {
  /** Of the client, where it was made here and not shown before. */
  readonly secret: string | undefined;
}

export function addEndpoint({ webhooks }: World, request: EndpointRequest, known: KnownNames): AddedEndpoint {
  const client = clientNamed(request.client, known);
  const id = webhooks.add({ client, url: new URL(request.url), events: request.events });
  const endpoint = webhooks.endpoints().find((one) => one.id === id);
  if (!endpoint) throw new Error('one endpoint was added, none is there');
  return { ...endpoint, secret: webhooks.reveal(client) };
}

/** One try of a webhook. */
export interface WebhookAttempt {
  /** Epoch ms, when it began. */
  readonly at: number;
  readonly client: string;
  readonly webhookId: string;
  /** Of what it was about. */
  readonly order: string | null;
  /** Until the receiver's answer; null where none came. */
  readonly tookMs: number | null;
  readonly status: number | null;
  /** Its signature was made wrong on purpose. */
  readonly isForged: boolean;
}

/** Webhooks whose tries are looked at, the newest. */
const MAX_LOOKED_AT = 1000;

/** Every try that is in the log of a world. */
export function webhookAttempts({ webhooks }: World): WebhookAttempt[] {
  const { data } = webhooks.deliveries({ limit: MAX_LOOKED_AT });
  return data.flatMap(({ notice, attempts }) =>
    attempts.map(({ at, ms, status, signature }) => ({
      ...{ at, client: notice.client, webhookId: notice.id, status, isForged: signature === 'bad' },
      order: notice.type.startsWith('order.') || notice.type.startsWith('payment.') ? notice.subject : null,
      tookMs: status === null ? null : ms,
    })),
  );
}

/** Throws a Refusal for who can be nobody. */
export function clientNamed(given: string, { clients }: KnownNames): string {
  const named = clients?.named(given) ?? { name: given };
  if ('mistake' in named) throw refuse([{ path: 'client', message: named.mistake }]);
  if (named.name === FLOOD) throw refuse([{ path: 'client', message: `${FLOOD} is nobody to whom anything happens` }]);
  return named.name;
}
