// The way back to the shop: which addresses may be given for it, and what is added to them, signed.
import { createHmac } from 'node:crypto';
import type { Payment } from '../box-office/paying/payment.ts';
import { allowedHosts, mayReturnTo, RETURN_HOSTS_SETTING, type ReturnHosts } from './return-hosts.ts';

const MAX_RETURN_URL_LENGTH = 2048;
/** Of a host that is shown. */
const MAX_SHOWN = 80;

/** With its slashes; a browser that is sent to `http:shop` stays where it is. */
const WHOLE = /^https?:\/\/[^/?#%]+(?:[/?#]|$)/i;
/** What a browser takes out of an address, or turns into something else, before it reads it. */
const AS_SENT = /^[\x21-\x5b\x5d-\x7e]*$/;

/** Why a buyer may not be sent to this address; undefined where that is fine. The address is not repeated, but for its host. */
export function returnUrlMistake(text: string, hosts: ReturnHosts): string | undefined {
  if (text.length > MAX_RETURN_URL_LENGTH)
    return `has ${text.length} characters; at most ${MAX_RETURN_URL_LENGTH} are allowed`;
  if (!AS_SENT.test(text))
    return 'must be escaped as it is sent: visible ASCII characters only, without spaces and backslashes';
  if (!WHOLE.test(text) || !URL.canParse(text)) return 'must be a whole http or https URL, as https://shop.test/return';
  const url = new URL(text);
  if (url.username || url.password || /^[^/]*\/\/[^/?#]*@/.test(text))
    return 'must not carry a user name or a password';
  if (mayReturnTo(url, hosts)) return undefined;
  return `leads to ${url.host.slice(0, MAX_SHOWN)}, which ${RETURN_HOSTS_SETTING} does not allow; allowed are ${allowedHosts(hosts)}`;
}

export const RETURN_STATUSES = ['succeeded', 'failed', 'canceled', 'open'] as const;
export type ReturnStatus = (typeof RETURN_STATUSES)[number];

/** How a payment's status is told to the shop: money that was given back buys no ticket, so `refunded` is `canceled`. */
export function returnStatus(status: Payment['status']): ReturnStatus {
  if (status === 'succeeded' || status === 'failed' || status === 'canceled') return status;
  return status === 'refunded' ? 'canceled' : 'open';
}

export interface Return {
  /** One that has no `returnUrlMistake`. */
  readonly returnUrl: string;
  readonly orderId: string;
  readonly paymentId: string;
  readonly status: ReturnStatus;
  /** Epoch seconds. */
  readonly timestamp: number;
  /** The newest of the client's. */
  readonly key: Buffer;
}

/** The shop's address with our parameters after its own, which stay as they are, byte for byte; its fragment stays last. */
export function returnAddress({ returnUrl, key, ...told }: Return): string {
  const { orderId, paymentId, status, timestamp } = told;
  const ours = Object.entries({
    order: orderId,
    payment: paymentId,
    status,
    timestamp: String(timestamp),
    signature: signReturn(key, told),
  }).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const hash = returnUrl.indexOf('#');
  const [address, fragment] = hash < 0 ? [returnUrl, ''] : [returnUrl.slice(0, hash), returnUrl.slice(hash)];
  return `${address}${joint(address)}${ours.join('&')}${fragment}`;
}

/** Hex of HMAC-SHA256 over `order.payment.status.timestamp`. */
export function signReturn(
  key: Buffer,
  { orderId, paymentId, status, timestamp }: Omit<Return, 'returnUrl' | 'key'>,
): string {
  return createHmac('sha256', key).update(`${orderId}.${paymentId}.${status}.${timestamp}`).digest('hex');
}

function joint(address: string): string {
  if (!address.includes('?')) return '?';
  return /[?&]$/.test(address) ? '' : '&';
}
