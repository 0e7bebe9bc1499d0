// tls-bad-certificate: a client that checks says in its error what is wrong.
import { once } from 'node:events';
import { connect as connectTls } from 'node:tls';
import { Agent, fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BAD_CERTIFICATES } from '../../../src/wire/connection/connection-fate.ts';
import { madeCertificates } from '../../support/certificates.ts';
import { askList } from '../../support/kinds.ts';
import { type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';
import { openTls, refusalOf, tlsProbe } from '../../support/tls-client.ts';

const certificates = await madeCertificates();
const ca = certificates.trusted;
let upstream: OpenUpstream;
beforeAll(async () => {
  upstream = await openUpstream({ certificates });
});
afterAll(() => upstream.close());

const ERRORS = {
  expired: 'CERT_HAS_EXPIRED',
  'wrong-name': 'ERR_TLS_CERT_ALTNAME_INVALID',
  'unknown-issuer': 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
} as const;

describe.each(BAD_CERTIFICATES)('%s', (certificate) => {
  test('is refused by a client that checks, with the error for it, before it asks anything', async () => {
    upstream.arm({ fault: 'tls-bad-certificate', with: { certificate } });
    const before = upstream.world.journal.query({ limit: 1000 }).data.length;
    expect(await refusalOf(upstream.tlsPort, { ca })).toBe(ERRORS[certificate]);
    const dispatcher = new Agent({ connect: { ca } });
    const failure = await fetch(`https://localhost:${upstream.tlsPort}/v1/health`, { dispatcher }).catch((e) => e);
    expect(failure.cause).toMatchObject({ code: ERRORS[certificate] });
    await dispatcher.destroy();
    const since = upstream.world.journal.query({ limit: 1000 }).data.slice(0, -before || undefined);
    expect(since.map(({ kind }) => kind)).toEqual(['connection', 'connection']);
    await upstream.heal();
    expect(await refusalOf(upstream.tlsPort, { ca })).toBe('');
  });

  test('is shown also to a client that would resume its session', async () => {
    const socket = await openTls(upstream.tlsPort, ca);
    const [session] = (await once(socket, 'session')) as [Buffer];
    socket.destroy();
    upstream.arm({ fault: 'tls-bad-certificate', with: { certificate } });
    expect(await refusalOf(upstream.tlsPort, { ca, session })).toBe(ERRORS[certificate]);
    await upstream.heal();
  });

  test('serves a client that checks nothing as ever', async () => {
    upstream.arm({ fault: 'tls-bad-certificate', with: { certificate } });
    const sight = await tlsProbe({
      port: upstream.tlsPort,
      ca,
      rejectUnauthorized: false,
      request: 'GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n',
      forMs: 2000,
    });
    expect(sight).toMatchObject({ secured: true, status: 200, whole: true });
    await upstream.heal();
  });
});

test('bare it is the expired one, a share of 0 never acts, and plain doors are spared', async () => {
  upstream.arm({ fault: 'tls-bad-certificate' });
  expect(await refusalOf(upstream.tlsPort, { ca })).toBe('CERT_HAS_EXPIRED');
  expect(await askList(upstream)).toMatchObject({ status: 200 });
  expect(upstream.world.engine.rules[0]?.counts).toMatchObject({ matched: 1, acted: 1 });
  await upstream.heal();
  upstream.arm({ fault: 'tls-bad-certificate', share: 0 });
  expect(await refusalOf(upstream.tlsPort, { ca })).toBe('');
  await upstream.heal();
});

test('the first rule in order chooses the certificate', async () => {
  upstream.arm(
    { fault: 'tls-bad-certificate', with: { certificate: 'wrong-name' } },
    { fault: 'tls-bad-certificate', with: { certificate: 'expired' } },
  );
  expect(await refusalOf(upstream.tlsPort, { ca })).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  await upstream.heal();
});

test('the good one is good for every name of this machine, and for nobody who does not know us', async () => {
  for (const servername of ['localhost', '127.0.0.1', '::1']) {
    const socket = connectTls({
      port: upstream.tlsPort,
      host: '127.0.0.1',
      ca,
      ...(servername === 'localhost' ? { servername } : {}),
      checkServerIdentity: (_host, certificate) => {
        expect(certificate.subjectaltname).toContain(servername === '::1' ? '0:0:0:0:0:0:0:1' : servername);
        return undefined;
      },
    });
    await once(socket, 'secureConnect');
    socket.destroy();
  }
  expect(await refusalOf(upstream.tlsPort, {})).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
});
