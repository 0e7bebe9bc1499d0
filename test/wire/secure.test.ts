// A TLS door does all that a plain one does, takes nothing but http/1.1, and survives whoever comes to it.
import { once } from 'node:events';
import { connect } from 'node:net';
import { Agent, fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { probe, requestText } from '../../src/doctor/probe.ts';
import { madeCertificates } from '../support/certificates.ts';
import { type OpenUpstream, openUpstream } from '../support/open-upstream.ts';
import { openTls, refusalOf, tlsProbe } from '../support/tls-client.ts';

const certificates = await madeCertificates();
const ca = certificates.trusted;

const HEALTH = requestText('GET', '/v1/health');

describe('a TLS door', () => {
  let upstream: OpenUpstream;
  let dispatcher: Agent;
  beforeAll(async () => {
    upstream = await openUpstream({ certificates });
    dispatcher = new Agent({ connect: { ca }, connections: 1, allowH2: true });
  });
  afterAll(async () => {
    await dispatcher.close();
    await upstream.close();
  });

  const url = (path: string): string => `https://localhost:${upstream.tlsPort}${path}`;
  const settled = () => expect.poll(() => upstream.doors.count).toBe(0);

  test('answers many requests on one connection, and says by which door they came', async () => {
    const before = upstream.doors.all.find(({ name }) => name === 'tls')?.accepted ?? 0;
    for (let count = 0; count < 3; count++) {
      const response = await fetch(url('/v1/sessions?limit=2'), { dispatcher });
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ data: [{}, {}] });
    }
    expect(upstream.doors.all.find(({ name }) => name === 'tls')?.accepted).toBe(before + 1);
    expect(upstream.world.journal.query({ limit: 1 }).data[0]).toMatchObject({ door: 'tls', ended: 'answered' });
  });

  test('answers HEAD without a body and takes the body of a POST, also one that waits for leave', async () => {
    const head = await fetch(url('/v1/sessions'), { dispatcher, method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const { data } = (await (await fetch(url('/v1/sessions?status=on_sale'), { dispatcher })).json()) as {
      data: { id: string }[];
    };
    const asked = JSON.stringify({ bestAvailable: { count: 2 }, customerRef: 'ada' });
    const reserved = await fetch(url(`/v1/sessions/${data[0]?.id}/reservations`), {
      dispatcher,
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: asked,
    });
    expect(reserved.status).toBe(201);

    const socket = await openTls(upstream.tlsPort, ca);
    const [start] = requestText(
      'POST',
      `/v1/sessions/${data[0]?.id}/reservations`,
      { Expect: '100-continue' },
      asked,
    ).split('{');
    socket.write(start ?? '');
    expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 100 /);
    socket.write(asked);
    expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 201 /);
    socket.destroy();
  });

  test('agrees on http/1.1, and on nothing with a client that knows only h2', async () => {
    const socket = await openTls(upstream.tlsPort, ca, { ALPNProtocols: ['h2', 'http/1.1'] });
    expect(socket.alpnProtocol).toBe('http/1.1');
    socket.destroy();
    expect(await refusalOf(upstream.tlsPort, { ca, ALPNProtocols: ['h2'] })).toBe(
      'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL',
    );
  });

  test('answers requests sent in one piece in their order', async () => {
    const socket = await openTls(upstream.tlsPort, ca);
    socket.write(requestText('GET', '/v1/health') + requestText('GET', '/v1/none', { Connection: 'close' }));
    let text = '';
    for await (const chunk of socket) text += chunk;
    expect([...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(['200', '404']);
  });

  test('says what is wrong with a request that is none', async () => {
    const socket = await openTls(upstream.tlsPort, ca);
    socket.write('how do you do?\r\n\r\n');
    let text = '';
    for await (const chunk of socket) text += chunk;
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
  });

  test.each([
    ['plain HTTP', requestText('GET', '/v1/sessions')],
    ['garbage', '\u0016\u0003\u0001\u0000\u0005hello'],
  ])('hangs up on %s, and serves the next', async (_name, request) => {
    const { ending, status } = await probe({ port: upstream.tlsPort, request, forMs: 30_000 });
    expect(ending).not.toBe('open');
    expect(status).toBeUndefined();
    (await openTls(upstream.tlsPort, ca)).destroy();
  });

  test.each(['end', 'resetAndDestroy'] as const)(
    'lets a client go that leaves in its handshake by %s',
    async (leave) => {
      await dispatcher.destroy();
      dispatcher = new Agent({ connect: { ca }, connections: 1 });
      await settled();
      for (const word of ['', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000']) {
        const socket = connect(upstream.tlsPort, '127.0.0.1').on('error', () => {});
        await once(socket, 'connect');
        if (word) socket.write(word, 'latin1');
        await expect.poll(() => upstream.doors.count).toBe(1);
        socket[leave]();
        await settled();
      }
    },
  );

  test('closes its side too when a client says farewell', async () => {
    const socket = await openTls(upstream.tlsPort, ca);
    await expect.poll(() => upstream.doors.count).toBeGreaterThan(0);
    socket.end();
    await once(socket, 'close');
    await settled();
  });

  test('resets its connections when it closes', async () => {
    const other = await openUpstream({ certificates });
    const seen = tlsProbe({ port: other.tlsPort, ca, request: HEALTH, forMs: 30_000, linger: true });
    await expect.poll(() => other.world.journal.query({ limit: 1 }).data[0]?.ended).toBe('answered');
    await other.close();
    expect(await seen).toMatchObject({ ending: 'rst', status: 200, farewell: false });
  });
});
