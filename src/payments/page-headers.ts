// What a page is sent with, so that nobody keeps, frames, leaks or misreads it.
import { createHash } from 'node:crypto';
import type { Language } from './language.ts';

/** Name and value, in the order they are sent. */
export type PageHeader = readonly [name: string, value: string];

/** The address of a page is all that it takes to pay, so it goes into no cache and no Referer. */
const PRIVATE: readonly PageHeader[] = [
  ['Cache-Control', 'no-store'],
  ['Referrer-Policy', 'no-referrer'],
];

/**
 * For pages whose one stylesheet stands inline as `style`. There is no `form-action`: Chromium holds it against the
 * redirects that follow a form too, and would block the way back to the shop.
 */
export function pageHeaders(language: Language, style: string): readonly PageHeader[] {
  const hash = createHash('sha256').update(style).digest('base64');
  return [
    ['Content-Type', 'text/html; charset=utf-8'],
    ...PRIVATE,
    ['Content-Language', language],
    ['Vary', 'Accept-Language'],
    [
      'Content-Security-Policy',
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; frame-ancestors 'none'`,
    ],
    ['X-Content-Type-Options', 'nosniff'],
  ];
}

export const redirectHeaders = (location: string): readonly PageHeader[] => [['Location', location], ...PRIVATE];
