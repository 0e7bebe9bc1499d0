// How a webhook goes out to its endpoint: signed at each attempt, by one way out, and what its receiver says is heeded.
import type { Clock } from '../base/clock.ts';
import type { SigningSecrets } from '../base/signing-secrets.ts';
import type { Outbound, Sent } from '../web/outbound.ts';
import type { Delivery } from './delivery.ts';
import type { Endpoint } from './endpoint.ts';
import { EndpointQueue } from './endpoint-queue.ts';
import { signedHeaders } from './signature.ts';
import type { WebhookCounts } from './webhook-counts.ts';

/** What all worlds of a process share. */
export interface SharedByWebhooks {
  readonly outbound: Pick<Outbound, 'post' | 'refusal'>;
  readonly secrets: Pick<SigningSecrets, 'keysOf' | 'reveal' | 'rotate'>;
  readonly counts: WebhookCounts;
}

export interface SendingMeans extends SharedByWebhooks {
  readonly clock: Clock;
  readonly timeScale: number;
}

/** A receiver that answers 410 disables its endpoint. */
export function queueTo(endpoint: Endpoint, means: SendingMeans): EndpointQueue {
  const { clock, timeScale, counts } = means;
  const queue = new EndpointQueue({
    ...{ clock, timeScale },
    attempt: (delivery, signal) => send({ delivery, endpoint, signal }, means),
    gone() {
      endpoint.disabled = `the receiver answered 410 at ${new Date(clock.now()).toISOString()}`;
      queue.cancelAll();
    },
    attempted: (well) => counts.attempted(well),
  });
  return queue;
}

interface Call {
  readonly delivery: Delivery;
  readonly endpoint: Endpoint;
  readonly signal: AbortSignal;
}

function send({ delivery, endpoint, signal }: Call, { clock, outbound, secrets }: SendingMeans): Promise<Sent> {
  const signature = delivery.isSpoilt ? 'bad' : 'good';
  for (const effect of ['signed-badly', 'copied'] as const) delivery.actedIfInForce(effect);
  const { body, notice } = delivery;
  const headers = signedHeaders({ id: notice.id, at: clock.now(), body, signature }, keysOf(secrets, endpoint.client));
  return outbound.post({ url: endpoint.url, headers, body, signal });
}

const keysOf = (secrets: SendingMeans['secrets'], client: string): readonly Buffer[] =>
  secrets.keysOf(client).filter((key) => key !== undefined);
