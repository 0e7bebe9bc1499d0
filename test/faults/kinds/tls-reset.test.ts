// tls-reset: an RST in the place of a ServerHello.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { probe } from '../../../src/doctor/probe.ts';
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

const hello = () => tlsProbe({ port: upstream.tlsPort, ca, forMs: 30_000, request: 'GET /v1/health HTTP/1.1\r\n\r\n' });

test("an RST answers the client's first word, and plain doors are spared", async () => {
  upstream.arm({ fault: 'tls-reset' });
  expect(await hello()).toMatchObject({ ending: 'rst', secured: false, raw: '' });
  expect(await askList(upstream)).toMatchObject({ status: 200 });
  expect(upstream.world.engine.rules[0]?.counts).toMatchObject({ matched: 1, acted: 1 });
  const entries = upstream.world.journal.query({ limit: 10 }).data;
  expect(entries.find(({ kind }) => kind === 'connection')).toMatchObject({ ended: 'reset' });
  await upstream.heal();
});

test('one whose limit is used up leaves the first word to the next rule of the handshake', async () => {
  upstream.arm({ fault: 'tls-reset', limit: 1 }, { fault: 'tls-bad-certificate' });
  expect(await hello()).toMatchObject({ ending: 'rst', secured: false });
  expect(await hello()).toMatchObject({ secured: false, error: 'CERT_HAS_EXPIRED' });
  await expect.poll(() => upstream.doors.count).toBe(0);
  await upstream.heal();
});

test('a client that says nothing is not reset, and may leave', async () => {
  upstream.arm({ fault: 'tls-reset' });
  expect(await probe({ port: upstream.tlsPort, request: '', forMs: 100 })).toMatchObject({ ending: 'open' });
  await expect.poll(() => upstream.doors.count).toBe(0);
  await upstream.heal();
});

test('a share of 0 never acts, and all clear turns it off', async () => {
  upstream.arm({ fault: 'tls-reset', share: 0 });
  expect(await hello()).toMatchObject({ secured: true });
  await upstream.heal();
  upstream.arm({ fault: 'tls-reset' });
  await upstream.heal();
  expect(await hello()).toMatchObject({ secured: true });
});

test('a connection that lives already is not touched', async () => {
  const socket = await openTls(upstream.tlsPort, ca);
  upstream.arm({ fault: 'tls-reset' });
  await upstream.doors.reachLiving(upstream.world.engine.rules);
  expect(upstream.world.engine.rules[0]?.counts).toMatchObject({ matched: 0 });
  socket.destroy();
  await upstream.heal();
});
