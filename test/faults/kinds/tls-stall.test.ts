// tls-stall: only a client that bounds the handshake itself gets away.
import { once } from 'node:events';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { probe, requestText } from '../../../src/doctor/probe.ts';
import { madeCertificates } from '../../support/certificates.ts';
import { askList } from '../../support/kinds.ts';
import { type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';
import { openTls, tlsProbe } from '../../support/tls-client.ts';

const certificates = await madeCertificates();
const ca = certificates.trusted;
let upstream: OpenUpstream;
beforeAll(async () => {
  upstream = await openUpstream({ certificates });
});
afterAll(() => upstream.close());

const HEALTH = requestText('GET', '/v1/health');
const hello = (forMs = 30_000) => tlsProbe({ port: upstream.tlsPort, ca, forMs, request: HEALTH });
const acted = () => upstream.world.engine.rules.map(({ counts }) => [counts.matched, counts.acted]);

test('the ClientHello is never answered, and the socket stays open', async () => {
  upstream.arm({ fault: 'tls-stall' });
  expect(await hello(1000)).toMatchObject({ ending: 'open', secured: false, error: undefined, raw: '' });
  const { raw } = await probe({ port: upstream.tlsPort, request: 'anything', forMs: 100 });
  expect(raw).toBe('');
  await upstream.heal();
});

test('a share of 0 never acts, and plain doors are not even counted', async () => {
  upstream.arm({ fault: 'tls-stall', share: 0 });
  expect(await hello()).toMatchObject({ secured: true });
  expect(await askList(upstream)).toMatchObject({ status: 200 });
  expect(acted()).toEqual([[1, 0]]);
  await upstream.heal();
});

test('it is held by its rule, and let go by an RST', async () => {
  upstream.arm({ fault: 'tls-stall', id: 'stalls' });
  const seen = tlsProbe({ port: upstream.tlsPort, ca, forMs: 30_000 });
  await expect.poll(() => upstream.world.holds.countByRule().get('stalls')).toBe(1);
  expect(await upstream.heal()).toMatchObject({ dropped: 1 });
  expect(await seen).toMatchObject({ ending: 'rst', secured: false });
  expect(await hello()).toMatchObject({ secured: true });
});

test('let go with an answer, the handshake goes on as if nothing had been', async () => {
  upstream.arm({ fault: 'tls-stall' }, { fault: 'tls-reset', share: 0 });
  const socket = openTls(upstream.tlsPort, ca);
  await expect.poll(() => upstream.world.holds.size).toBe(1);
  expect(await upstream.heal('answer')).toMatchObject({ answered: 1 });
  (await socket).destroy();
});

test('a rule beside it does not hold what it stalls', async () => {
  upstream.arm({ fault: 'tls-bad-certificate', id: 'shows' }, { fault: 'tls-stall', id: 'stalls' });
  const socket = connectTls({ port: upstream.tlsPort, host: '127.0.0.1' }).on('error', () => {});
  await expect.poll(() => [...upstream.world.holds.countByRule().keys()]).toEqual(['stalls']);
  socket.destroy();
  await expect.poll(() => upstream.world.holds.size).toBe(0);
  await upstream.heal();
});

test('a client that gives up is seen, and is in the journal', async () => {
  upstream.arm({ fault: 'tls-stall' });
  const socket = connect(upstream.tlsPort, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(Buffer.from([0x16, 0x03, 0x01])); // where a ClientHello begins
  await expect.poll(() => upstream.world.holds.size).toBe(1);
  await expect.poll(() => upstream.world.engine.rules[0]?.counts.acted).toBe(1);
  socket.destroy();
  await expect.poll(() => upstream.world.holds.size).toBe(0);
  const [entry] = upstream.world.journal.query({ limit: 1 }).data;
  expect(entry).toMatchObject({
    kind: 'connection',
    door: 'tls',
    ended: 'client-left',
    hits: [{ fault: 'tls-stall' }],
  });
  await upstream.heal();
});
