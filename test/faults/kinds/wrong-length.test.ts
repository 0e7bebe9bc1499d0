// wrong-length: a Content-Length that is too large, or too small.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { probe, requestText } from '../../../src/doctor/probe.ts';
import { askList, describeKind, PATIENT_MS, WATCH_MS, watchFor } from '../../support/kinds.ts';
import { type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';

describeKind('wrong-length');

describe('wrong-length', () => {
  let upstream: OpenUpstream;
  beforeAll(async () => {
    upstream = await openUpstream();
  });
  afterEach(async () => void (await upstream.heal()));
  afterAll(() => upstream.close());

  test('long: the whole body comes, and so many bytes are never sent', async () => {
    const honest = await askList(upstream);
    upstream.arm({ fault: 'wrong-length', with: { by: 25 } });
    const sight = await watchFor(WATCH_MS, upstream);
    expect(sight).toMatchObject({ ending: 'open', body: honest.body, whole: false });
    expect(Number(sight.headers.get('content-length'))).toBe(honest.body.length + 25);
  });

  test('healed with `answer`, a waiting client is told the end by a FIN', async () => {
    upstream.arm({ fault: 'wrong-length' });
    const watched = askList(upstream);
    await expect.poll(() => upstream.world.holds.size).toBe(1);
    expect(await upstream.heal('answer')).toEqual({ dropped: 0, answered: 1 });
    expect(await watched).toMatchObject({ ending: 'fin', status: 200, whole: false });
    expect(upstream.world.journal.query({ limit: 1 }).data[0]).toMatchObject({ ended: 'closed', status: 200 });
  });

  test('short: the rest of the body stands before the next answer on the kept connection', async () => {
    const honest = await askList(upstream);
    upstream.arm({ fault: 'wrong-length', with: { mode: 'short', by: 7 }, limit: 1 });
    const { raw, ending } = await probe({
      port: upstream.port,
      request: requestText('GET', '/v1/sessions?limit=3') + requestText('GET', '/v1/health'),
      forMs: 400,
      linger: true,
    });
    const stray = honest.body.slice(-7);
    expect(raw).toContain(`Content-Length: ${honest.body.length - 7}\r\n`);
    expect(raw).toContain(`${stray}HTTP/1.1 200 OK\r\n`);
    expect(ending).toBe('open');
  });

  test('short by more than there is: a length of 0, and the whole body astray', async () => {
    const honest = await askList(upstream);
    upstream.arm({ fault: 'wrong-length', with: { mode: 'short', by: 1_000_000 } });
    expect(await askList(upstream)).toMatchObject({ status: 200, body: honest.body });
  });

  test('HEAD has the lie and nobody waits', async () => {
    upstream.arm({ fault: 'wrong-length' });
    await probe({ port: upstream.port, request: requestText('HEAD', '/v1/sessions'), forMs: PATIENT_MS });
    expect(upstream.world.journal.query({ limit: 1 }).data[0]).toMatchObject({ ended: 'answered', status: 200 });
  });
});
