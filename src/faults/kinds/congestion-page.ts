// congestion-page: an HTML page for people, where a program expects JSON.
import { z } from 'zod';
import { duration } from '../../base/duration.ts';
import type { Header, Reply } from '../../wire/answer/reply.ts';
import { defineFault } from '../fault.ts';

export const congestionPage = defineFault({
  name: 'congestion-page',
  summary: 'An HTML page says "very busy", with 503 or even 200, where JSON was expected.',
  teaches: 'Look at status and Content-Type before you parse, and fail cleanly.',
  signature: {
    says: 'A complete text/html answer with the chosen status (503 by default) on a JSON route; the work is not done.',
    shows: { status: 503, ending: 'keep', answer: 'whole', work: false, headers: { 'content-type': 'text/html' } },
    trials: [{}, { with: { status: 200, refresh: '30s' }, shows: { status: 200, tells: 'content="30"' } }],
  },
  at: ['arrive'],
  params: z.strictObject({
    status: z.union([z.literal(200), z.literal(503)]).default(503),
    refresh: duration().optional().describe('the page reloads itself after this, in whole seconds'),
  }),
  example: { status: 200, refresh: '30s' },
  arm: ({ status, refresh }) => {
    const body = page(refresh === undefined ? undefined : Math.ceil(refresh / 1000));
    return { arrive: ({ requestId }) => ({ reply: htmlReply(status, body, requestId) }) };
  },
});

function htmlReply(status: number, body: string, requestId: string): Reply {
  const headers: Header[] = [
    ['Content-Type', 'text/html; charset=utf-8'],
    ['Cache-Control', 'no-store'],
    ['X-Request-Id', requestId],
  ];
  return { status, headers, body };
}

const page = (refreshSeconds: number | undefined): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Very busy</title>${refreshSeconds === undefined ? '' : `\n<meta http-equiv="refresh" content="${refreshSeconds}">`}
</head>
<body>
<h1>We are very busy at the moment</h1>
<p>So many people want tickets right now that we cannot show you the page. Please try again in a few minutes.</p>
</body>
</html>
`;
