// One script of requests over a pool, on a fresh server, after heal, after reset and on another server: the same fates.
import { Agent, request } from 'node:http';
import { afterAll, expect, test } from 'vitest';
import type { RunningServer } from '../src/server.ts';
import { startInProcess } from './support/run-server.ts';

const CONNECTIONS = 20;
const REQUESTS = 200;
const RULES = [
  { fault: 'error-status', share: 0.3, with: { status: 500 } },
  { fault: 'error-status', share: 0.3, id: 'named', with: { status: 502 } },
  { fault: 'partial-outage', with: { by: 'client' } },
  { fault: 'corrupt-body', share: 0.3, with: { bytes: 1 } },
];
const PROFILE = { summary: 'A story.', rules: RULES };

const servers: RunningServer[] = [];
const start = async (): Promise<RunningServer> => {
  const server = await startInProcess();
  servers.push(server);
  return server;
};
afterAll(async () => {
  for (const server of servers) await server.stop();
});

const admin = async ({ admin: url }: RunningServer, verb: string, path: string, body: object = {}): Promise<void> => {
  const response = await fetch(`${url}${path}`, {
    method: verb,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
};

/** Status and body of each request, all asked at once. */
async function fates({ upstream }: RunningServer): Promise<string[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const one = (at: number): Promise<string> =>
    new Promise((resolve, reject) => {
      const headers = { 'X-Request-Id': 'same', 'X-Api-Key': `shop-${at % 7}` };
      request(
        `${upstream}/v1/sessions?limit=1&status=${at % 2 ? 'on_sale' : 'scheduled'}&film=f-${at % 50}`,
        { agent, headers },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part) => parts.push(part));
          response.on('end', () => resolve(`${response.statusCode} ${Buffer.concat(parts).toString('latin1')}`));
        },
      )
        .on('error', reject)
        .end();
    });
  const all = await Promise.all(Array.from({ length: REQUESTS }, (_, at) => one(at)));
  agent.destroy();
  return all;
}

/** Retries of one request may change places with each other, as they are the same request. */
const told = (all: readonly string[]): string[] =>
  all.map((fate, at) => `${at % 50} ${at % 7} ${at % 2} ${fate}`).sort();

const postRules = async (server: RunningServer): Promise<void> => {
  for (const rule of RULES) await admin(server, 'POST', '/v1/rules', rule);
};
const activate = async (server: RunningServer): Promise<void> => {
  await admin(server, 'PUT', '/v1/profiles/story', PROFILE);
  await admin(server, 'POST', '/v1/profiles/story/activate');
};

test.each([
  ['single rules', postRules],
  ['an activation', activate],
] as const)(
  '%s meet the same fates again after heal, after reset, behind other rules, and on another server',
  async (_what, arm) => {
    const server = await start();
    await arm(server);
    const first = told(await fates(server));
    expect(new Set(first.map((fate) => fate.split(' ')[3])).size).toBeGreaterThan(2);
    for (const ended of ['/v1/heal', '/v1/reset']) {
      await admin(server, 'POST', ended);
      await arm(server);
      expect(told(await fates(server))).toEqual(first);
    }
    const other = await start();
    await arm(other);
    expect(told(await fates(other))).toEqual(first);
  },
);
