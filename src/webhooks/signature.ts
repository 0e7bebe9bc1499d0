// The headers of a webhook as Standard Webhooks 1.0 has them: its id, the time of the attempt, and a signature by each key.
import { createHmac } from 'node:crypto';
import type { Notice } from '../faults/notice.ts';

export interface Signed {
  readonly id: string;
  /** Of the attempt, epoch ms. */
  readonly at: number;
  readonly body: string;
  readonly signature: Notice['signature'];
}

export function signedHeaders({ id, at, body, signature }: Signed, keys: readonly Buffer[]): Record<string, string> {
  const seconds = Math.floor(at / 1000);
  const content = `${id}.${seconds}.${body}`;
  const good = keys.map((key) => createHmac('sha256', key).update(content).digest());
  const shown = signature === 'good' ? good : good.map(spoilt);
  return {
    'content-type': 'application/json',
    'user-agent': 'showstopper-webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': shown.map((mac) => `v1,${mac.toString('base64')}`).join(' '),
  };
}

/** Of the right form, and another in every byte. */
const spoilt = (mac: Buffer): Buffer => Buffer.from(mac.map((byte) => byte ^ 0xff));
