// What the page may do, which is next to nothing: its own style and its own script, each known by its hash.
import { createHash } from 'node:crypto';
import { LOCAL_TIMES } from './local-times.ts';
import { STYLESHEET } from './stylesheet.ts';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

export const POLICY = [
  "default-src 'none'",
  `style-src ${hashOf(STYLESHEET)}`,
  `script-src ${hashOf(LOCAL_TIMES)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** A `meta` cannot say who may frame the page. */
export const HTML_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': `${POLICY}; frame-ancestors 'none'`,
  'X-Content-Type-Options': 'nosniff',
};
