// reset-connection: accepted, and then a true RST.
import { expect, test } from 'vitest';
import { describeConnectionKind, knock } from '../../support/connection-kinds.ts';
import { openUpstream } from '../../support/open-upstream.ts';

describeConnectionKind('reset-connection', { shows: { ending: 'rst', raw: '', connectMs: expect.any(Number) } });

test('2,000 at once are all reset, and the journal says by whom', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'reset-connection', id: 'cut' });
  const sights = await Promise.all(Array.from({ length: 2000 }, () => knock(upstream)));
  expect(new Set(sights.map(({ ending }) => ending))).toEqual(new Set(['rst']));
  await expect.poll(() => upstream.door.connections.size).toBe(0);
  const { data } = upstream.world.journal.query({ operation: 'connect', limit: 1 });
  expect(data[0]).toMatchObject({
    kind: 'connection',
    ended: 'reset',
    hits: [{ rule: 'cut', fault: 'reset-connection' }],
  });
  await upstream.close();
});

test('a share of connections is reset, the rest are served', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'reset-connection', share: 0.3 });
  const sights = await Promise.all(Array.from({ length: 400 }, () => knock(upstream)));
  const reset = sights.filter(({ ending }) => ending === 'rst').length;
  expect(reset).toBeGreaterThan(70);
  expect(reset).toBeLessThan(170);
  expect(sights.filter(({ status }) => status === 200)).toHaveLength(400 - reset);
  await upstream.close();
});
