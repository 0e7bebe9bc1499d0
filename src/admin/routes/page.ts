// The files of the page, for browsers: open to all, since nothing is in them but the program itself.
import type { ParameterizedContext } from 'koa';
import { Refusal } from '../../base/refusal.ts';
import type { AdminDeps, PageFile } from '../deps.ts';
import { ASSETS } from '../paths.ts';
import { defineRoute, type Route, STREAMING } from '../route.ts';

/** No script, style or call but our own; nobody may put it in a frame. */
const PAGE_HEADERS = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  Vary: 'Accept, Accept-Encoding',
};

/** A name changes with its content, so that no browser needs to ask twice. */
const ASSET_HEADERS = { 'Cache-Control': 'public, max-age=31536000, immutable', Vary: 'Accept-Encoding' };

export function pageRoutes({ page }: AdminDeps): Route[] {
  return [
    defineRoute({
      name: 'getAsset',
      of: 'process',
      method: 'GET',
      path: `${ASSETS}{file}`,
      summary: 'A file of the page.',
      access: 'open',
      params: { file: 'its name, as the page has it' },
      answers: { 200: { summary: 'The file.', type: ['text/javascript', 'text/css', 'image/svg+xml'] } },
      refusals: ['not_found'],
      handle({ params, ctx }) {
        const file = page.asset(params.file ?? '');
        if (!file) throw new Refusal('not_found', 'the page has no such file; load the page again');
        return sendFile(ctx, file, ASSET_HEADERS);
      },
    }),
  ];
}

export const sendPage = (ctx: ParameterizedContext, file: PageFile): typeof STREAMING =>
  sendFile(ctx, file, PAGE_HEADERS);

function sendFile(
  ctx: ParameterizedContext,
  { type, plain, gzipped }: PageFile,
  headers: Readonly<Record<string, string>>,
): typeof STREAMING {
  ctx.set({ ...headers });
  ctx.status = 200;
  ctx.type = type;
  if (ctx.acceptsEncodings('gzip', 'identity') === 'gzip') {
    ctx.set('Content-Encoding', 'gzip');
    ctx.body = gzipped;
  } else ctx.body = plain;
  return STREAMING;
}
