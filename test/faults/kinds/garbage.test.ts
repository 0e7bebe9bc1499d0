// garbage: bytes that are no HTTP, then a FIN.
import { expect, test } from 'vitest';
import { probe, requestText } from '../../../src/doctor/probe.ts';
import { askList, describeKind } from '../../support/kinds.ts';
import { openUpstream } from '../../support/open-upstream.ts';

describeKind('garbage');

test('sends exactly the asked number of bytes, none of them a status line', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'garbage', with: { bytes: 10_000 } });
  const { raw, status, ending } = await askList(upstream);
  expect([raw.length, status, ending]).toEqual([10_000, undefined, 'fin']);
  expect(raw.charCodeAt(0)).toBeGreaterThanOrEqual(0x80);
  expect(new Set(raw).size).toBeGreaterThan(200);
  expect(upstream.world.journal.query({ limit: 1 }).data[0]).toMatchObject({ ended: 'closed', status: null });
  await upstream.close();
});

test('a HEAD request gets as much garbage as any other', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'garbage', with: { bytes: 50 } });
  const { raw } = await probe({ port: upstream.port, request: requestText('HEAD', '/v1/sessions'), forMs: 30_000 });
  expect(raw).toHaveLength(50);
  await upstream.close();
});

test('the same seed sends the same bytes, and another sends others', async () => {
  const sent = async (seed: number): Promise<string> => {
    const upstream = await openUpstream({ seed });
    upstream.arm({ fault: 'garbage' });
    const { raw } = await askList(upstream);
    await upstream.close();
    return raw;
  };
  const first = await sent(1);
  expect(await sent(1)).toBe(first);
  expect(await sent(2)).not.toBe(first);
});
