// Waiting for a state: the first one of which the condition is true, or an error that says what it came to.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { State } from '../../src/admin/contract/state.ts';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import { WaitedInVain, waitUntil } from '../../src/sdk/waiting.ts';
import { start } from '../../src/server/start.ts';

test('it resolves with the state in which requests are held', async () => {
  await using server = await start({ catalog: 'small' });
  const admin = createAdminClient({ url: server.admin });
  await admin.on('upstream-hang');
  const left = new AbortController();
  const asked = [1, 2, 3].map(() => fetch(`${server.upstream}/v1/sessions`, left).catch(() => 'left'));
  expect(await admin.waitFor(({ held }) => held >= 3)).toMatchObject({ held: 3 });
  left.abort();
  expect(await Promise.all(asked)).toEqual(['left', 'left', 'left']);
  await expect(admin.waitFor(({ held }) => held > 3, { within: '30ms' })).rejects.toBeInstanceOf(WaitedInVain);
});

const STATE = {
  ...{ inFlight: 2, held: 1, activations: [{ activation: 'upstream-hang' }], rules: [{ id: 'rule/1' }] },
  ...{ boxOffice: { reserved: 4, sold: 2, orders: 1 }, playback: { status: 'ended' }, webhooks: { queued: 0 } },
} as unknown as State;
const ask = () => Promise.resolve(STATE);

test('in vain, the error has the condition as it is written, and what it came to', async () => {
  const failed = await waitUntil(ask, (state) => state.held > 9, { within: '20ms' }).catch((error: unknown) => error);
  expect(failed).toMatchObject({ name: 'WaitedInVain', state: { held: 1 } });
  expect(String(failed)).toBe(
    'WaitedInVain: waited 20ms for (state) => state.held > 9; it came to inFlight 2, held 1; boxOffice reserved 4, sold 2, orders 1; webhooks queued 0; playback ended; on: upstream-hang, rule/1',
  );
});

test('what is waited for may be told in words', async () => {
  const waiting = waitUntil(ask, () => false, { within: '1ms', what: 'ten held requests' });
  await expect(waiting).rejects.toThrow('waited 1ms for ten held requests');
});

test.for(['5 s', '30d'])(
  'a time that is none, or too long, is refused before anything is asked: %s',
  async (within) => {
    const never = () => Promise.reject(new Error('asked'));
    await expect(waitUntil(never, () => true, { within })).rejects.toThrow(
      `within must be a duration such as 250ms, 3s or 5m, at most 1d, got "${within}"`,
    );
  },
);

test('an answer that does not come ends the wait when its time is over', async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1'); // takes the request, and says nothing
  await once(silent, 'listening');
  onTestFinished(() => silent.close().closeAllConnections());
  const admin = createAdminClient({ url: `http://127.0.0.1:${(silent.address() as AddressInfo).port}` });
  await expect(admin.waitFor(() => true, { within: '1200ms' })).rejects.toThrow(/no answer within 1[12]\d\d ms/);
});

test('however little time is left, an answer has a second to come', async () => {
  const given: number[] = [];
  const asked = (timeoutMs: number): Promise<State> => {
    given.push(timeoutMs);
    return ask();
  };
  await waitUntil(asked, () => true, { within: '1ms' });
  expect(given).toEqual([1000]);
});

test('what the condition throws is what the author sees', async () => {
  const broken = waitUntil(ask, () => {
    throw new RangeError('my own mistake');
  });
  await expect(broken).rejects.toThrow('my own mistake');
});
