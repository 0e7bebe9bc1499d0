// Takes the upstream's webhooks: believes none without a good signature, handles each once, and asks the API for the rest.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type Server } from 'node:http';

export interface Webhook {
  readonly type: string;
  readonly data: { readonly id: string; readonly orderId?: string; readonly externalRef?: string };
}

const MAX_AGE_S = 300;
/** Ids that are remembered; the upstream sends again for three days. */
const MAX_SEEN = 10_000;

/** A server to be told at; `secret` is the upstream's, `whsec_…`, and `handle` may run again where it has failed. */
export function createWebhookServer(secret: () => string, handle: (webhook: Webhook) => Promise<void>): Server {
  const seen = new Set<string>();
  return createServer(async (request, response) => {
    const body = (await request.toArray()).join('');
    const id = String(request.headers['webhook-id']);
    const sentAt = Number(request.headers['webhook-timestamp']);
    const signature = signatureOf(secret(), `${id}.${sentAt}.${body}`);
    const isFresh = Math.abs(Date.now() / 1000 - sentAt) < MAX_AGE_S;
    if (!isFresh || !isAmong(String(request.headers['webhook-signature']), signature))
      return void response.writeHead(401).end();
    if (seen.has(id)) return void response.writeHead(204).end();
    try {
      seen.add(id);
      await handle(JSON.parse(body) as Webhook);
      response.writeHead(204).end();
      if (seen.size > MAX_SEEN) for (const oldest of seen) if (seen.delete(oldest)) break;
    } catch {
      seen.delete(id); // it comes again
      response.writeHead(500).end();
    }
  });
}

const signatureOf = (secret: string, text: string): Buffer =>
  createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
    .update(text)
    .digest();

/** The header has several while a secret is being changed. */
const isAmong = (header: string, signature: Buffer): boolean =>
  header.split(' ').some((one) => {
    const given = Buffer.from(one.replace('v1,', ''), 'base64');
    return given.length === signature.length && timingSafeEqual(given, signature);
  });
