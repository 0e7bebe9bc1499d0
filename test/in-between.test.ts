// What stands between a client and the upstream, with a real nginx and a real HAProxy: each row of the page, seen at sockets.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { probe, requestText, type Sight } from '../src/doctor/probe.ts';
import type { RunningServer } from '../src/server.ts';
import {
  type Behind,
  type Came,
  CONNECT_TIMEOUT_MS,
  CONNECTION_ROWS,
  type ConnectionRow,
  READ_TIMEOUT_MS,
  REQUEST_ROWS,
  WAITS,
} from './support/behind-proxies.ts';
import { type Haproxy, haproxyVersion, startHaproxy } from './support/haproxy.ts';
import { isMissing } from './support/missing.ts';
import { type Nginx, nginxVersion, startNginx, until } from './support/nginx.ts';
import { startInProcess } from './support/run-server.ts';
import { ask } from './support/seller.ts';
import { openUserlandProxy, type UserlandProxy } from './support/userland-proxy.ts';

/** A clock of one program may be a little ahead of another's. */
const SLACK_MS = 50;
/** What stays open is watched well beyond every time-out. */
const WATCH_OPEN_MS = 1.8 * READ_TIMEOUT_MS;
const WATCH_MS = 30_000;
/** A kernel asks for a connection again after 1, 3, 7 and 15 seconds. */
const RETRANSMITS_MS = 30_000;
const GARBAGE_BYTES = 256;

const isSkipped = isMissing(
  'what stands between needs nginx and HAProxy, on Linux: apt-get install -y nginx-light haproxy',
  nginxVersion() !== undefined && haproxyVersion() !== undefined,
);

type Proxy = 'nginx' | 'haproxy' | 'docker';
interface Proxies {
  readonly nginx: Nginx;
  readonly haproxy: Haproxy;
  readonly docker: UserlandProxy;
}

/** Each tells how it is stopped as soon as it runs, so that none is left where another does not come up. */
async function startProxies(upstream: string, stops: (() => Promise<void>)[]): Promise<Proxies> {
  const kept = async <T>(starting: Promise<T>, stop: (started: T) => Promise<void>): Promise<T> => {
    const started = await starting;
    stops.push(() => stop(started));
    return started;
  };
  const [nginx, haproxy, docker] = await Promise.all([
    kept(
      startNginx(upstream, {
        workerConnections: 128,
        openFiles: 512,
        readTimeout: `${READ_TIMEOUT_MS}ms`,
        connectTimeout: `${CONNECT_TIMEOUT_MS}ms`,
        keepAlive: 8,
      }),
      (nginx) => nginx.stop(),
    ),
    kept(
      startHaproxy(upstream, {
        maxconn: 100,
        queueMs: READ_TIMEOUT_MS,
        connectMs: CONNECT_TIMEOUT_MS,
        serverMs: READ_TIMEOUT_MS,
      }),
      (haproxy) => haproxy.stop(),
    ),
    kept(openUserlandProxy(Number(new URL(upstream).port)), (docker) => docker.close()),
  ]);
  return { nginx, haproxy, docker };
}

describe.skipIf(isSkipped)('behind a proxy', () => {
  let server: RunningServer;
  const behind = new Map<string, Proxies>();
  const stops: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    const doors = CONNECTION_ROWS.map(({ fault }) => fault);
    server = await startInProcess({
      SHOWSTOPPER_CATALOG: 'festival',
      SHOWSTOPPER_DOORS: doors.map((door) => `${door}:0`).join(','),
    });
    const urls = Object.entries({ main: server.upstream, ...server.doors });
    await Promise.all(urls.map(async ([door, url]) => behind.set(door, await startProxies(url, stops))));
  });
  afterAll(async () => {
    await Promise.all(stops.map((stop) => stop()));
    await server.stop();
  });

  const proxies = (door: string): Proxies => {
    const found = behind.get(door);
    if (!found) throw new Error(`no proxies before the door ${door}`);
    return found;
  };
  const arm = async (rule: object): Promise<{ id: string; living: object }> => {
    const { status, body } = await ask(`${server.admin}/v1/rules`, { method: 'POST', json: rule });
    expect(status, JSON.stringify(body)).toBe(201);
    return body;
  };

  /** Asks once through a proxy, with a new connection, and watches what comes. */
  async function look(door: string, proxy: Proxy, client: string, { watchMs = WATCH_MS, method = 'POST' } = {}) {
    const { nginx, haproxy, docker } = proxies(door);
    const port = proxy === 'docker' ? docker.port : Number(new URL({ nginx, haproxy }[proxy].url).port);
    const prefix = proxy === 'nginx' ? '/upstream' : '';
    const headers = { Authorization: `Bearer ${client}` };
    if (method === 'GET')
      return probe({ port, request: requestText('GET', `${prefix}/v1/sessions`, headers), forMs: watchMs });
    const { body } = await ask(`${server.upstream}/v1/sessions?status=on_sale&limit=1`);
    const seat = JSON.stringify({ bestAvailable: { count: 1 }, customerRef: client });
    const path = `${prefix}/v1/sessions/${body.data[0].id}/reservations`;
    return probe({ port, request: requestText('POST', path, headers, seat), forMs: watchMs });
  }

  /** How often the upstream was asked by a client, and how often it did the work. */
  async function done(client: string): Promise<{ asked: number; worked: number }> {
    const { body } = await ask(`${server.admin}/v1/journal?client=${client}`);
    const entries = body.data as { workedAt: string | null }[];
    return { asked: entries.length, worked: entries.filter(({ workedAt }) => workedAt !== null).length };
  }

  async function expectSight(door: string, proxy: Proxy, client: string, wanted: Behind): Promise<void> {
    const sight = await look(door, proxy, client, { watchMs: wanted.ends === 'open' ? WATCH_OPEN_MS : WATCH_MS });
    expect(seenOf(sight), `${proxy}: ${JSON.stringify(sight.raw)}`).toEqual({ came: wanted.came, ends: wanted.ends });
    if (wanted.wait === undefined) return;
    const { firstByteMs = 0, wholeMs, endMs } = sight;
    const over = wholeMs ?? endMs ?? 0;
    expect(over).toBeGreaterThan(WAITS[wanted.wait] - SLACK_MS);
    if (wanted.wait === 'at the end, all at once') expect(firstByteMs).toBeGreaterThan(WAITS[wanted.wait] - SLACK_MS);
    if (wanted.wait === 'as it drips') expect(over - firstByteMs).toBeGreaterThan(WAITS[wanted.wait] / 2);
  }

  describe.concurrent('each kind', () => {
    test.each(REQUEST_ROWS)('$fault is seen as the page says, and the work is done once or not at all', async (row) => {
      await Promise.all(
        (['nginx', 'haproxy', 'docker'] as const).map(async (proxy) => {
          const client = `${row.fault}-${proxy}`;
          await arm({ fault: row.fault, with: row.with ?? {}, match: { clients: [client] } });
          await expectSight('main', proxy, client, row[proxy]);
          expect(await done(client)).toEqual({ asked: 1, worked: row.worked ? 1 : 0 });
        }),
      );
    });

    test.each(CONNECTION_ROWS)('$fault spares the pool of nginx until it is severed, and nobody else', connectionStory);
  });

  async function connectionStory({ fault, with: params = {}, ...row }: ConnectionRow): Promise<void> {
    const rule = { fault, with: params, match: { doors: [fault] } };
    await look(fault, 'nginx', 'warm');
    const { id, living } = await arm(rule);
    expect(living).not.toMatchObject({ spared: 0 });
    await Promise.all([
      expectSight(fault, 'nginx', `${fault}-pooled`, row.pooled),
      expectSight(fault, 'haproxy', `${fault}-haproxy`, row.haproxy),
      expectSight(fault, 'docker', `${fault}-docker`, row.docker),
    ]);
    await ask(`${server.admin}/v1/rules/${id}`, { method: 'DELETE' });
    const severing = await arm({ ...rule, connections: 'sever' });
    await expectSight(fault, 'nginx', `${fault}-severed`, row.severed);
    expect(await done(`${fault}-pooled`)).toEqual({ asked: 1, worked: 1 });
    for (const how of ['haproxy', 'severed']) expect(await done(`${fault}-${how}`)).toEqual({ asked: 0, worked: 0 });
    await ask(`${server.admin}/v1/rules/${severing.id}`, { method: 'DELETE' });
    const later = row.docker.workLater ? 1 : 0;
    const asked = async (): Promise<boolean> => (await done(`${fault}-docker`)).asked === later;
    await until(`docker's proxy has passed on ${later} requests`, asked, RETRANSMITS_MS);
    expect(await done(`${fault}-docker`)).toEqual({ asked: later, worked: later });
  }

  test('nginx asks again when a pooled connection loses a GET, and never for a POST; HAProxy never asks again', async () => {
    const times = async (proxy: Proxy, method: string): Promise<number> => {
      const client = `again-${proxy}-${method.toLowerCase()}`;
      await arm({ fault: 'empty-reply', match: { clients: [client] } });
      await look('main', proxy, 'warm', { method: 'GET' });
      expect((await look('main', proxy, client, { method })).status).toBe(502);
      return (await done(client)).asked;
    };
    expect(await times('nginx', 'GET')).toBeGreaterThan(1);
    expect(await times('nginx', 'POST')).toBe(1);
    expect(await times('haproxy', 'GET')).toBe(1);
    expect(await times('haproxy', 'POST')).toBe(1);
  });
});

function seenOf({ raw, status, interim, body, whole, ending }: Sight): Pick<Behind, 'came' | 'ends'> {
  if (whole && status !== undefined) return { came: status, ends: undefined };
  const came = (): Came => {
    if (status !== undefined) return body === '' ? `${status} without body` : `${status} in part`;
    if (interim.length > 1) return 'hints';
    if (raw.length === GARBAGE_BYTES) return 'bytes';
    if (raw === '') return 'nothing';
    throw new Error(`came: ${JSON.stringify(raw)}`);
  };
  if (ending === 'fin') return { came: came(), ends: 'closed' };
  if (ending === 'open') return { came: came(), ends: 'open' };
  throw new Error(`ended as ${ending}`);
}
