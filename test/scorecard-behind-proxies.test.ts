// A client judged through a real nginx and a real HAProxy: whose time-out, whose connections and whose patience the scorecard then tells.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CriterionRow } from '../src/admin/contract/scorecard.ts';
import { type AdminClient, createAdminClient } from '../src/sdk/admin-client.ts';
import type { RunningServer } from '../src/server.ts';
import { haproxyVersion, startHaproxy } from './support/haproxy.ts';
import { isMissing } from './support/missing.ts';
import { nginxVersion, startNginx } from './support/nginx.ts';
import { startInProcess } from './support/run-server.ts';

/** Of the proxies; the client's own is another. */
const PROXY_MS = 1500;
const CLIENT_MS = 6000;
const CALLS = 24;
/** One after the other. */
const IN_TURN = 55;

const isSkipped = isMissing(
  'a scorecard through proxies needs nginx and HAProxy, on Linux: apt-get install -y nginx-light haproxy',
  nginxVersion() !== undefined && haproxyVersion() !== undefined,
);

describe.skipIf(isSkipped)('a client judged through', () => {
  let server: RunningServer;
  let admin: AdminClient;
  const urls: Record<string, string> = {};
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    server = await startInProcess({});
    stops.push(() => server.stop());
    admin = createAdminClient({ url: server.admin });
    const limits = { workerConnections: 256, openFiles: 1024, readTimeout: `${PROXY_MS}ms` };
    const nginx = await startNginx(server.upstream, limits);
    stops.push(() => nginx.stop());
    const haproxy = await startHaproxy(server.upstream, { maxconn: 100, queueMs: 5000, serverMs: PROXY_MS });
    stops.push(() => haproxy.stop());
    Object.assign(urls, { nginx: nginx.url, HAProxy: haproxy.url, nothing: server.upstream });
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  const call = (proxy: string, client: string, ms = CLIENT_MS): Promise<number> =>
    fetch(`${urls[proxy]}/v1/sessions?limit=1`, {
      headers: { Authorization: `Bearer ${client}` },
      signal: AbortSignal.timeout(ms),
    }).then(async (response) => {
      await response.arrayBuffer();
      return response.status;
    });

  const calls = (proxy: string, client: string, ms?: number) =>
    Promise.allSettled(Array.from({ length: CALLS }, () => call(proxy, client, ms)));

  async function rowOf(client: string, name: string): Promise<CriterionRow> {
    const [scorecard] = await admin.scorecard({ client });
    const row = scorecard?.criteria.find((one) => one.name === name);
    if (!row) throw new Error(`there is no ${name} of ${client}`);
    return row;
  }

  test.each(['nginx', 'HAProxy'])(
    '%s is told with the read time-out of the proxy, and not with its own',
    async (proxy) => {
      const client = `patient-${proxy.toLowerCase()}`;
      const { activation } = await admin.activate('upstream-hang', { as: client, match: { clients: [client] } });
      const answers = await calls(proxy, client);
      expect(new Set(answers.map((answer) => answer.status === 'fulfilled' && answer.value))).toEqual(new Set([504]));
      const { figure } = await rowOf(client, 'client-timeout');
      expect(figure).toBeGreaterThan(PROXY_MS * 0.8);
      expect(figure).toBeLessThan(CLIENT_MS * 0.9);
      await admin.deactivate('upstream-hang');
      expect(activation).toBe(client);
    },
  );

  test('nginx: a client that leaves takes its request along, so a shorter time-out of its own is seen', async () => {
    await admin.activate('upstream-hang', { as: 'hasty', match: { clients: ['hasty'] } });
    await calls('nginx', 'hasty', 700);
    await admin.verify({ match: { client: 'hasty', ended: 'client-left' }, count: { min: CALLS }, within: '30s' });
    const { figure } = await rowOf('hasty', 'client-timeout');
    expect(figure).toBeLessThan(PROXY_MS * 0.9);
    await admin.deactivate('upstream-hang');
  });

  test('nginx without a pool opens a connection a request, whatever its client does', async () => {
    for (let turn = 0; turn < IN_TURN; turn++) {
      await call('nothing', 'direct');
      await call('nginx', 'pooled-by-nobody');
    }
    const [direct, behind] = [
      await rowOf('direct', 'connection-reuse'),
      await rowOf('pooled-by-nobody', 'connection-reuse'),
    ];
    expect(direct.figure).toBeGreaterThan(5);
    expect(behind.figure).toBe(1);
  });
});
