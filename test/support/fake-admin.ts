// An admin listener that says what a test wants it to: the page as it is built, and a stream and answers that may be wrong.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import type { State } from '../../src/admin/contract/state.ts';
import { builtPage } from '../../src/dashboard/built-page.ts';
import { PAGE_FOLDER } from './open-page.ts';

export interface FakeAnswer {
  readonly status?: number;
  readonly type?: string;
  /** Text as it is; anything else as JSON. */
  readonly body: unknown;
}

export interface FakeAdmin {
  readonly url: string;
  /** By method and path, as `GET /v1/access`; what is not here is not found. A stream is what is not here for `GET /v1/events`. */
  readonly answers: Map<string, FakeAnswer>;
  /** Methods and paths as they were asked, with their queries. */
  readonly asked: string[];
  /** To all who read the stream; text as it is. */
  tell(event: string, data: unknown): void;
  /** At once and every second until the test has ended, or something else is told so. */
  tellAgain(event: string, data: () => unknown): void;
  /** Nothing more by itself; the streams stand. */
  fallSilent(): void;
  /** Ends all streams in the middle. */
  cutStreams(): void;
}

/** A no as an admin listener says it. */
export const refusal = (status: number, code: string, detail: string): FakeAnswer => ({
  status,
  body: { ...{ type: 'about:blank', title: code, status, code, detail }, retryable: false, requestId: 'fake' },
});

export const stateOf = (said: Partial<State> = {}): Partial<State> => ({
  ...{ version: manifest.version, world: 'default', startedAt: new Date().toISOString(), uptimeMs: 0 },
  ...{ activations: [], rules: [], doorTroubles: [] },
  ...said,
});

export async function openFakeAdmin(): Promise<FakeAdmin> {
  const page = builtPage(PAGE_FOLDER);
  const streams = new Set<ServerResponse>();
  let telling: ReturnType<typeof setInterval> | undefined;
  const access = { who: 'open', mayChange: true, version: manifest.version };
  const answers = new Map<string, FakeAnswer>([
    ['GET /v1/access', { body: access }],
    ['GET /v1/actions', { body: { data: [] } }],
  ]);
  const asked: string[] = [];

  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://admin.test');
    asked.push(`${request.method} ${pathname}${search}`);
    const answer = answers.get(`${request.method} ${pathname}`);
    const file = pathname === '/' ? page.index() : page.asset(pathname.replace(/^\/assets\//, ''));
    if (answer) send(response, answer);
    else if (file) response.writeHead(200, { 'Content-Type': file.type }).end(file.plain);
    else if (pathname === '/v1/events') follow(response);
    else send(response, refusal(404, 'not_found', `there is nothing at ${pathname}; GET / lists what there is`));
  });
  const follow = (response: ServerResponse): void => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(eventText('state', stateOf()));
    streams.add(response);
    response.on('close', () => streams.delete(response));
  };
  const tell = (event: string, data: unknown): void => {
    for (const stream of streams) stream.write(eventText(event, data));
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    clearInterval(telling);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers,
    asked,
    tell,
    tellAgain(event, data) {
      clearInterval(telling);
      tell(event, data());
      telling = setInterval(() => tell(event, data()), 1000);
    },
    fallSilent: () => clearInterval(telling),
    cutStreams() {
      for (const stream of streams) stream.destroy();
    },
  };
}

const eventText = (event: string, data: unknown): string =>
  `event: ${event}\ndata: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;

function send(response: ServerResponse, { status = 200, type, body }: FakeAnswer): void {
  const isText = typeof body === 'string';
  const isProblem = status >= 400 && !isText;
  const contentType = type ?? (isProblem ? 'application/problem+json' : isText ? 'text/html' : 'application/json');
  response.writeHead(status, { 'Content-Type': contentType }).end(isText ? body : JSON.stringify(body));
}
