// Where webhooks of a client go: an endpoint as it was asked for, and as it may be shown.

import { REDACTED } from '../base/secret.ts';
import type { WebhookType } from '../faults/notice.ts';
import { redactUrl } from '../journal/redact-url.ts';

/** Endpoints of one world. */
export const MAX_ENDPOINTS = 20;

export interface Endpoint {
  readonly id: string;
  readonly client: string;
  readonly url: URL;
  /** Undefined: all. */
  readonly events: ReadonlySet<WebhookType> | undefined;
  /** Epoch ms. */
  readonly madeAt: number;
  /** Why nothing is sent any more. */
  disabled: string | null;
  /** Webhooks that found its queue full. */
  dropped: number;
}

/** A URL without user, password and secrets in its query. */
export function shownUrl(url: URL): string {
  const user = url.username || url.password ? `${REDACTED}@` : '';
  return `${url.protocol}//${user}${url.host}${redactUrl(url.pathname + url.search)}`;
}

export const wants = ({ events, disabled }: Endpoint, type: WebhookType): boolean =>
  disabled === null && (events?.has(type) ?? true);
