// refuse-connection: nobody new gets in, and who is there stays.
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { requestText } from '../../../src/doctor/probe.ts';
import { describeConnectionKind, knock } from '../../support/connection-kinds.ts';
import { openUpstream } from '../../support/open-upstream.ts';

describeConnectionKind('refuse-connection', { shows: { ending: 'refused', connectMs: undefined, raw: '' } });

test('a connection that was there is served as ever, while 200 new ones are refused', async () => {
  const upstream = await openUpstream();
  const socket = connect(upstream.port, '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  upstream.arm({ fault: 'refuse-connection' });
  await upstream.doors.settled();
  const refused = await Promise.all(Array.from({ length: 200 }, () => knock(upstream)));
  expect(new Set(refused.map(({ ending }) => ending))).toEqual(new Set(['refused']));
  const answer = new Promise((resolve) => socket.once('data', resolve));
  socket.write(requestText('GET', '/v1/health'));
  expect(String(await answer)).toMatch(/^HTTP\/1\.1 200 /);
  socket.destroy();
  await upstream.close();
});
