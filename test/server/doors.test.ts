// Further doors and the TLS door of a whole server: where they are, what strikes which, and why they cannot be had.
import { X509Certificate } from 'node:crypto';
import { Agent, fetch as fetchOver } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '../../src/server.ts';
import { serve } from '../cli/command.ts';
import { ownIdentity } from '../support/own-identity.ts';
import { startInProcess, startProcess } from '../support/run-server.ts';
import { type Asked, ask } from '../support/seller.ts';
import { refusalOf } from '../support/tls-client.ts';

const portOf = (url = ''): number => Number(new URL(url).port);
const post = (url: string, json: unknown = {}): Promise<Asked> => ask(url, { method: 'POST', json });
const statusAt = async (url = ''): Promise<number> => (await ask(`${url}/v1/health`)).status;
/** Like NODE_EXTRA_CA_CERTS: what admin hands out is trusted. */
const trusting = async (admin: string): Promise<string> => (await ask(`${admin}/v1/tls/certificate.pem`)).body;
const BOTH = { SHOWSTOPPER_DOORS: 'team-a:0,team-b:0', SHOWSTOPPER_TLS_PORT: '0' };

describe('a server with further doors and TLS', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startInProcess(BOTH);
  });
  afterAll(() => server.stop());

  test('says where each of them is', () => {
    expect(server).toMatchObject({
      upstream: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      upstreamTls: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
      doors: { 'team-a': expect.stringMatching(/^http:/), 'team-b': expect.stringMatching(/^http:/) },
    });
    const urls = [server.upstream, server.upstreamTls, server.doors?.['team-a'], server.doors?.['team-b']];
    expect(new Set(urls).size).toBe(4);
  });

  test('a rule for one door strikes there alone, and the journal says by which door who came', async () => {
    await post(`${server.admin}/v1/rules`, { fault: 'error-status', match: { doors: ['team-a'] } });
    const statuses = await Promise.all(
      [server.upstream, server.doors?.['team-a'], server.doors?.['team-b']].map(statusAt),
    );
    expect(statuses).toEqual([200, 503, 200]);
    const { data } = (await ask(`${server.admin}/v1/journal?limit=3`)).body;
    expect(data.map(({ door, status }: { door: string; status: number }) => `${door} ${status}`).sort()).toEqual([
      'main 200',
      'team-a 503',
      'team-b 200',
    ]);
    await post(`${server.admin}/v1/heal`);
  });

  test('an activation can be aimed at a door, and one that is not there is a mistake that names those that are', async () => {
    const aimed = { match: { doors: ['team-b'] } };
    expect((await post(`${server.admin}/v1/profiles/overloaded-503/activate`, { ...aimed, share: 1 })).status).toBe(
      200,
    );
    expect(await Promise.all([server.upstream, server.doors?.['team-b']].map(statusAt))).toEqual([200, 503]);
    await post(`${server.admin}/v1/heal`);
    const refused = await post(`${server.admin}/v1/rules`, { fault: 'hang', match: { doors: ['team-c'] } });
    expect(refused.status).toBe(422);
    expect(JSON.stringify(refused.body)).toContain('did you mean team-a?');
  });

  test('a client that trusts what admin hands out is served, and refuses what a rule shows it', async () => {
    const ca = await trusting(server.admin);
    const dispatcher = new Agent({ connect: { ca } });
    const answer = await fetchOver(`${server.upstreamTls}/v1/health`, { dispatcher });
    expect(answer.status).toBe(200);
    await dispatcher.destroy();
    await post(`${server.admin}/v1/rules`, { fault: 'tls-bad-certificate', with: { certificate: 'wrong-name' } });
    expect(await refusalOf(portOf(server.upstreamTls), { ca })).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(await statusAt(server.upstream)).toBe(200);
    await post(`${server.admin}/v1/heal`);
    expect(await refusalOf(portOf(server.upstreamTls), { ca })).toBe('');
  });

  test('a rule of the handshake that names plain doors only is refused', async () => {
    const refused = await post(`${server.admin}/v1/rules`, { fault: 'tls-stall', match: { doors: ['main'] } });
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toEqual([{ path: 'match.doors', message: expect.stringContaining('allowed: tls') }]);
  });
});

test('without a TLS door, kinds of the handshake cannot be armed, and there is no certificate', async () => {
  const server = await startInProcess();
  expect(server).not.toHaveProperty('upstreamTls');
  expect(server).not.toHaveProperty('doors');
  for (const fault of ['tls-stall', 'tls-reset', 'tls-bad-certificate'])
    expect(await post(`${server.admin}/v1/rules`, { fault })).toMatchObject({
      status: 422,
      body: { code: 'cannot_be_armed', detail: expect.stringContaining('SHOWSTOPPER_TLS_PORT') },
    });
  expect(await ask(`${server.admin}/v1/tls/certificate.pem`)).toMatchObject({
    status: 404,
    body: { detail: expect.stringContaining('SHOWSTOPPER_TLS_PORT') },
  });
  await server.stop();
});

test('a flood beyond SHOWSTOPPER_FLOOD_MAX cannot be armed, and says by what it is bound', async () => {
  const server = await startInProcess({ SHOWSTOPPER_FLOOD_MAX: '20' });
  const flood = (connections: number) =>
    post(`${server.admin}/v1/rules`, { fault: 'connection-flood', with: { connections } });
  expect(await flood(21)).toMatchObject({
    status: 422,
    body: { code: 'cannot_be_armed', detail: expect.stringContaining('SHOWSTOPPER_FLOOD_MAX'), room: 20 },
  });
  expect((await flood(20)).status).toBe(201);
  const open = async () => (await ask(`${server.admin}/v1/state`)).body.connections;
  await expect.poll(open).toBe(20);
  expect(await flood(1)).toMatchObject({ status: 422, body: { room: 0 } });
  await post(`${server.admin}/v1/heal`);
  await expect.poll(async () => (await flood(20)).status).toBe(201);
  await server.stop();
});

test('a certificate of our own is shown, the bad ones stay bad for who trusts both, and no token is needed for them', async () => {
  const { cert, certFile, keyFile } = await ownIdentity();
  const server = await startInProcess({
    SHOWSTOPPER_TLS_PORT: '0',
    SHOWSTOPPER_TLS_CERT: certFile,
    SHOWSTOPPER_TLS_KEY: keyFile,
    SHOWSTOPPER_ADMIN_TOKEN: 'secret',
  });
  const ca = await trusting(server.admin);
  expect(ca).toContain(cert);
  expect(await refusalOf(portOf(server.upstreamTls), { ca: cert })).toBe('');
  expect(await refusalOf(portOf(server.upstreamTls), { ca })).toBe('');
  await ask(`${server.admin}/v1/rules`, {
    method: 'POST',
    headers: { Authorization: 'Bearer secret' },
    json: { fault: 'tls-bad-certificate' },
  });
  expect(await refusalOf(portOf(server.upstreamTls), { ca })).toBe('CERT_HAS_EXPIRED');
  await server.stop();
});

test('the certificate holds for the name that clients are told', async () => {
  const server = await startInProcess({
    SHOWSTOPPER_TLS_PORT: '0',
    SHOWSTOPPER_PUBLIC_URL: 'https://tickets.example.com:8443',
  });
  const ca = await trusting(server.admin);
  expect(new X509Certificate(ca).ca).toBe(true);
  expect(await refusalOf(portOf(server.upstreamTls), { ca, servername: 'tickets.example.com' })).toBe('');
  expect(await refusalOf(portOf(server.upstreamTls), { ca, servername: 'other.example.com' })).toBe(
    'ERR_TLS_CERT_ALTNAME_INVALID',
  );
  await server.stop();
});

test('the ready line names them all', async () => {
  const server = await serve([], BOTH);
  expect(server).toMatchObject({
    upstreamTls: expect.stringMatching(/^https:/),
    doors: { 'team-a': expect.stringMatching(/^http:/), 'team-b': expect.stringMatching(/^http:/) },
  });
  expect(await statusAt(server.upstream)).toBe(200);
  expect(await server.stop()).toBe(0);
});

test('a door or TLS port that is taken ends the start with status 2 and names its setting', async () => {
  const server = await startInProcess();
  const port = portOf(server.upstream);
  for (const [env, reason] of [
    [{ SHOWSTOPPER_DOORS: `team-a:0,team-b:${port}` }, /in use.*team-b in SHOWSTOPPER_DOORS/],
    [{ SHOWSTOPPER_TLS_PORT: String(port) }, /in use.*SHOWSTOPPER_TLS_PORT/],
    [{ SHOWSTOPPER_DOORS: 'team_a=8081' }, /SHOWSTOPPER_DOORS .*must be name:port pairs/],
    [{ SHOWSTOPPER_PROFILE: 'certificate-expired' }, /SHOWSTOPPER_TLS_PORT/],
  ] as const) {
    const { message } = (await startProcess({ env }).catch((error: Error) => error)) as Error;
    expect(message).toMatch(/status 2/);
    expect(message).toMatch(reason);
    expect(message).not.toMatch(/\n\s+at /);
  }
  await server.stop();
});
