// The front door: what there is, for people and programs, and the OpenAPI document.
import { z } from 'zod';
import type { AdminDeps } from '../deps.ts';
import { openapiDocument, WORLDS_SAID } from '../openapi.ts';
import { shownPath } from '../paths.ts';
import { defineRoute, ok, type Route } from '../route.ts';
import { sendPage } from './page.ts';

const indexShape = z.strictObject({
  name: z.literal('showstopper'),
  version: z.string(),
  worlds: z.string().describe('where each world has its calls'),
  routes: z.array(z.strictObject({ method: z.string(), path: z.string(), summary: z.string() })),
});

export function indexRoutes(api: readonly Route[], { version, page: built }: AdminDeps): Route[] {
  const lines = api.map(({ method, path, summary }) => ({ method, path: shownPath(path), summary }));
  let document: string | undefined;
  const own: Route[] = [
    defineRoute({
      name: 'getIndex',
      of: 'process',
      method: 'GET',
      path: '/',
      summary: 'What there is.',
      access: 'open',
      answers: {
        200: {
          summary: 'The page, for browsers; as text or JSON, what this API has.',
          shape: indexShape,
          type: ['text/html', 'text/plain'],
        },
      },
      handle({ ctx }) {
        const index = built.index();
        switch (ctx.accepts('json', 'html', 'text')) {
          case 'html':
            if (index) return sendPage(ctx, index);
            return { status: 200, type: 'text/html; charset=utf-8', body: page(version, lines) };
          case 'text':
            return { status: 200, type: 'text/plain; charset=utf-8', body: plain(version, lines) };
          default:
            return ok({ name: 'showstopper', version, worlds: WORLDS_SAID, routes: lines });
        }
      },
    }),
    defineRoute({
      name: 'getOpenapi',
      of: 'process',
      method: 'GET',
      path: '/openapi.json',
      summary: 'This API as an OpenAPI 3.1 document.',
      access: 'open',
      answers: { 200: { summary: 'The document.', shape: z.looseObject({ openapi: z.string() }) } },
      handle() {
        document ??= JSON.stringify(openapiDocument([...own, ...api], version));
        return { status: 200, type: 'application/json; charset=utf-8', body: document };
      },
    }),
  ];
  return own;
}

interface Line {
  readonly method: string;
  readonly path: string;
  readonly summary: string;
}

const plain = (version: string, lines: readonly Line[]): string =>
  [
    `Showstopper ${version}, admin`,
    WORLDS_SAID,
    '',
    ...lines.map(({ method, path, summary }) => `${method.padEnd(6)} ${path}\n       ${summary}`),
    '',
  ].join('\n');

/** Nothing in it comes from outside of this program. */
const page = (version: string, lines: readonly Line[]): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Showstopper</title>
<h1>Showstopper ${version}</h1><p>The page is not built here: <code>npm run build</code> makes it. This is the admin API; see <a href="openapi.json">openapi.json</a>.</p>
<p>${WORLDS_SAID}</p>
<dl>${lines.map(({ method, path, summary }) => `<dt><code>${method} ${path}</code><dd>${summary}`).join('\n')}</dl></html>
`;
