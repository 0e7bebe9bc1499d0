// Clients that send again by themselves when a connection that has served them ends without an answer, and clients that do not.
import { execFile } from 'node:child_process';
import { Agent, request } from 'node:http';
import { Agent as Dispatcher, fetch } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningServer } from '../src/server.ts';
import { startInProcess } from './support/run-server.ts';
import { ask } from './support/seller.ts';

interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}
/** Asks for the health of the upstream, and makes the call on the same connection; how that ends is of no interest. */
type Client = (url: string, call: Call) => Promise<void>;

const health = ({ headers: { Authorization = '' } }: Call): Call => ({
  method: 'GET',
  path: '/v1/health',
  headers: { Authorization },
});

const curl: Client = (url, call) =>
  new Promise((resolve) => {
    const words = ({ method, path, headers, body }: Call): string[] => [
      ...['-sS', '-o', '/dev/null', '-X', method],
      ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
      ...(body === undefined ? [] : ['--data', body]),
      `${url}${path}`,
    ];
    execFile('curl', [...words(health(call)), '--next', ...words(call)], () => resolve());
  });

const undici: Client = async (url, call) => {
  const dispatcher = new Dispatcher({ connections: 1 });
  const go = async ({ path, ...init }: Call) => (await fetch(`${url}${path}`, { ...init, dispatcher })).text();
  await go(health(call));
  await go(call).catch(() => {});
  await dispatcher.close();
};

const nodeHttp: Client = async (url, call) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const go = ({ path, body, ...options }: Call): Promise<void> =>
    new Promise((resolve) => {
      request(`${url}${path}`, { agent, ...options }, (answer) => answer.resume().on('close', resolve))
        .on('error', () => resolve())
        .end(body);
    });
  await go(health(call));
  await go(call);
  agent.destroy();
};

let server: RunningServer;
beforeAll(async () => {
  server = await startInProcess({ SHOWSTOPPER_CATALOG: 'festival' });
});
afterAll(() => server.stop());

const CLIENTS = [
  { name: 'curl', client: curl, sent: 2 },
  { name: 'undici', client: undici, sent: 1 },
  { name: 'http', client: nodeHttp, sent: 1 },
];
const CASES = CLIENTS.flatMap((each) =>
  ['lost-reply', 'empty-reply'].flatMap((fault) =>
    (['GET', 'POST'] as const).map((method) => ({ ...each, fault, method })),
  ),
);

test.each(CASES)(
  '$name: a $method on a warm connection that $fault ends is sent, and done, $sent times',
  async (story) => {
    const { name, client, fault, method, sent } = story;
    const who = `${name}-${fault}-${method.toLowerCase()}`;
    const operation = method === 'GET' ? 'listSessions' : 'reserveSeats';
    const match = { clients: [who], operations: [operation] };
    expect((await ask(`${server.admin}/v1/rules`, { method: 'POST', json: { fault, match } })).status).toBe(201);
    const headers = { Authorization: `Bearer ${who}` };
    const { body } = await ask(`${server.upstream}/v1/sessions?status=on_sale&limit=1`);
    const session = `/v1/sessions/${body.data[0].id}`;
    const free = async (): Promise<number> => (await ask(`${server.upstream}${session}`)).body.available;
    const freeBefore = await free();
    const call: Call =
      method === 'GET'
        ? { method, path: '/v1/sessions', headers }
        : {
            method,
            path: `${session}/reservations`,
            headers: { ...headers, 'Content-Type': 'application/json' },
            body: JSON.stringify({ bestAvailable: { count: 1 }, customerRef: who }),
          };
    await client(server.upstream, call);

    const journal = (await ask(`${server.admin}/v1/journal?client=${who}`)).body.data.toReversed() as Seen[];
    const [warm, ...calls] = journal;
    expect(calls.map((entry) => entry.operation)).toEqual(Array(sent).fill(operation));
    expect(calls.every(({ workedAt }) => workedAt !== null)).toBe(true);
    expect(freeBefore - (await free())).toBe(method === 'POST' ? sent : 0);
    expect(calls[0]?.connection).toBe(warm?.connection);
  },
);

interface Seen {
  readonly operation: string;
  readonly connection: number;
  readonly workedAt: string | null;
}
