// What `toHaveReceived` asks the journal, how long it waits, and what it says when it is not so.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AdminClient, createAdminClient } from '../../src/sdk/admin-client.ts';
import type { RunningServer } from '../../src/server.ts';
import { checkReceived, type ReceivedMatch, type ReceivedOptions } from '../../src/testing/received.ts';
import { startInProcess } from '../support/run-server.ts';

let server: RunningServer;
let admin: AdminClient;
beforeAll(async () => {
  server = await startInProcess();
  admin = createAdminClient({ url: server.admin }).world('asked');
  for (const key of ['my-shop', 'my-shop', 'A-Secret-Key'])
    await fetch(`${server.upstream}/w/asked/v1/sessions`, { headers: { 'x-api-key': key } });
});
afterAll(() => server.stop());

type Asked = Parameters<AdminClient['verify']>[0];

/** The verdict, and each question that led to it. */
async function check(match: ReceivedMatch, options: ReceivedOptions = {}, negated = false) {
  const asked: Asked[] = [];
  const verify: AdminClient['verify'] = (question) => {
    asked.push(question);
    return admin.verify(question);
  };
  const verdict = await checkReceived({ admin: { verify }, match, options, negated, startedAtMs: 0 });
  return { ...verdict, asked, lines: verdict.message.split('\n') };
}

const SHOP = { operation: 'listSessions', client: 'my-shop' };

describe('it passes', () => {
  test.each<[string, ReceivedMatch, ReceivedOptions, boolean]>([
    ['once or more without times', SHOP, {}, false],
    ['for the number', SHOP, { times: 2 }, false],
    ['within a range', SHOP, { times: { min: 1, max: 2 } }, false],
    ['for none', { operation: 'reserveSeats' }, { times: 0 }, false],
    ['for none with not', { operation: 'reserveSeats' }, {}, true],
  ])('%s, with one question', async (_, match, options, negated) => {
    const { pass, asked } = await check(match, options, negated);
    expect([pass, asked.length]).toEqual([true, 1]);
  });
});

describe('it fails', () => {
  test.each<[string, ReceivedMatch, ReceivedOptions, boolean, string, string]>([
    ['with too few', SHOP, { times: 3, within: '1ms' }, false, ', exactly 3 times', '2 times'],
    ['with too many', SHOP, { times: 1 }, false, ', exactly 1 time', '2 times'],
    ['above a max', SHOP, { times: { max: 1 } }, false, ', at most 1 time', '2 times'],
    ['below a min', SHOP, { times: { min: 3, max: 4 }, within: '1ms' }, false, ', 3 to 4 times', '2 times'],
  ])('%s', async (_, match, options, negated, range, received) => {
    const { pass, lines } = await check(match, options, negated);
    expect(pass).toBe(false);
    expect(lines.slice(0, 2)).toEqual([
      `the upstream should have received operation listSessions, client my-shop${range}`,
      `received: ${received}`,
    ]);
  });

  test('with not, for one, which is shown', async () => {
    const { pass, lines } = await check({ client: 'my-shop' }, {}, true);
    expect(pass).toBe(false);
    expect(lines.slice(0, 3)).toEqual([
      'the upstream should not have received client my-shop',
      'received: 2 times',
      'the newest of them:',
    ]);
    expect(lines).toHaveLength(5);
  });

  test('with the field that each of the nearest lacks, and without the key of a client', async () => {
    const { message } = await check({ client: 'A-Secret-Key', status: 503 }, { within: '1ms' });
    expect(message).toMatch(/should have received status 503, client key-[0-9a-f]{8}, at least 1 time\n/);
    expect(message).toMatch(/the nearest:\n {2}\+\d+ ms .* → 200 .*client key-[0-9a-f]{8} {2}\(not as asked: status\)/);
    expect(message).not.toContain('A-Secret-Key');
  });

  test('with nothing near where nothing came', async () => {
    const quiet = createAdminClient({ url: server.admin }).world('quiet');
    await quiet.heal();
    const asking = { admin: quiet, match: {}, options: { within: '1ms' }, negated: false, startedAtMs: 0 };
    expect((await checkReceived(asking)).message).toBe(
      'the upstream should have received anything, at least 1 time\nreceived: 0 times\nand nothing else came in this world',
    );
  });
});

test('what is missing is waited for, what is too many is not, and a time that is given is the one', async () => {
  const late = admin.verify({ match: { operation: 'getHealth' }, within: '20s' });
  const [{ pass, asked }] = await Promise.all([
    check({ operation: 'getHealth' }, { within: '20s' }),
    fetch(`${server.upstream}/w/asked/v1/health`),
  ]);
  await late;
  expect([pass, asked]).toEqual([true, [{ match: { operation: 'getHealth' }, count: { min: 1 }, within: '20s' }]]);
  expect((await check(SHOP, { times: 1 })).asked).toHaveLength(1);
  const patient = await check({ operation: 'completeOrder' });
  expect(patient.asked.map(({ within, settle }) => [within, settle])).toEqual([
    [undefined, undefined],
    ['1s', '0s'],
  ]);
});

test.each<[string, ReceivedMatch, ReceivedOptions, boolean, RegExp]>([
  ['an operation that does not exist', { operation: 'sellSeats' }, {}, false, /cannot be asked so: match\.operation: /],
  ['a status that cannot be', { status: 99 }, {}, false, /cannot be asked so: match\.status: /],
  ['a field that does not exist', { verb: 'GET' } as ReceivedMatch, {}, false, /cannot be asked so: .*verb/],
  ['a time that is none', SHOP, { within: 'soon' }, false, /cannot be asked so: within: /],
  ['times that are always so', SHOP, { times: { min: 0 } }, false, /cannot be asked so: count: /],
  ['times with not', SHOP, { times: 2 }, true, /takes no `times`/],
])('%s is refused', async (_, match, options, negated, words) => {
  await expect(check(match, options, negated)).rejects.toThrow(words);
});

test('a body that was asked for is shown as it is written', async () => {
  await using sent = await admin.openWorld('sent', { journal: { bodies: true } });
  const match = { body: { customerRef: 'ada' }, status: 200 };
  const asking = { admin: sent.admin, match, options: { within: '1ms' }, negated: false, startedAtMs: 0 };
  expect((await checkReceived(asking)).message).toContain('have received body {"customerRef":"ada"}, status 200, at');
});
