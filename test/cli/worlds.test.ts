// Client commands with --world: each acts in that world alone, says so, and tells in words why one cannot be had.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AdminClient, createAdminClient } from '../../src/sdk/admin-client.ts';
import type { RunningServer } from '../../src/server.ts';
import { startInProcess } from '../support/run-server.ts';
import { type Ran, run } from './command.ts';

let server: RunningServer;
let admin: AdminClient;
beforeAll(async () => {
  server = await startInProcess();
  admin = createAdminClient({ url: server.admin });
});
afterAll(() => server.stop());

const cli = (...args: string[]): Promise<Ran> => run(args, { SHOWSTOPPER_ADMIN_URL: server.admin });
const status = async (path: string): Promise<number> => (await fetch(`${server.upstream}${path}/v1/sessions`)).status;
const statuses = (): Promise<number[]> => Promise.all([status(''), status('/w/one')]);

test('on and off act in that world alone, and say how it is ended there', async () => {
  const on = await cli('on', 'flaky-503', '--share', '1', '--world', 'one');
  expect([on.status, on.err]).toEqual([0, '']);
  expect(on.out).toMatch(/^flaky-503 is on in the world one: 1 rule, .*: showstopper off flaky-503 --world one$/m);
  expect(await statuses()).toEqual([200, 503]);
  expect((await cli('rules', '--world', 'one')).out).toMatch(/^In force in the world one:\nRULE .*\nflaky-503\/0 /);
  expect((await cli('profiles', '--world', 'one')).out).toMatch(/^flaky-503 +flaky-503 /m);
  expect((await cli('rules')).out).toBe('No rule is in force.\n');
  expect((await cli('heal')).out).toMatch(/^All clear: 0 activations/);
  expect(await statuses()).toEqual([200, 503]);
  expect((await cli('off', 'flaky-503', '--world', 'one')).out).toMatch(
    /^flaky-503 is off in the world one: 1 activation/,
  );
  expect(await statuses()).toEqual([200, 200]);
});

test('heal, reset and verify are about that world, and --json has what the API answered', async () => {
  await cli('reset', '--world', 'two');
  await status('/w/two');
  expect(await cli('verify', '--operation', 'listSessions', '--max', '1', '--world', 'two')).toMatchObject({
    status: 0,
    out: 'yes: 1 time\n',
  });
  const no = await cli('verify', '--operation', 'listSessions', '--min', '2', '--world', 'two');
  expect([no.status, no.err]).toEqual([1, expect.stringMatching(/^no: 1 matching/)]);
  await cli('on', 'flaky-503', '--world', 'two');
  expect((await cli('heal', '--world', 'two')).out).toMatch(/^All clear in the world two: 1 activation and 1 rule/);
  const { out } = await cli('reset', '--seed', '5', '--world', 'two', '--json');
  expect(JSON.parse(out)).toMatchObject({ rules: 0, seed: 5 });
  expect([(await admin.state()).seed, (await admin.world('two').state()).seed]).toEqual([7, 5]);
});

test('a scenario is played to its end in a world that nobody made before', async () => {
  const played = await cli('play', 'payment-day', '--speed', '2000x', '--until-end', '--world', 'three');
  expect([played.status, played.err]).toEqual([0, '']);
  expect(played.out).toMatch(/^payment-day plays in the world three from .* by: showstopper heal --world three$/m);
  expect(played.out).toMatch(
    /played to its end, .*none failed\. 0 seats sold\. Requests are counted for the whole server, not for one world\.$/m,
  );
  expect(played.out).not.toContain('goes on');
  expect((await admin.world('three').playback()).scenario).toBe('payment-day');
  expect((await admin.playback()).scenario).toBe(null);
  expect((await cli('scenarios', '--world', 'three')).out).toMatch(/^payment-day /m);
});

test('a playback that is refused leaves no world behind, followed or not', async () => {
  for (const follow of [[], ['--until-end']])
    for (const wrong of [['nothing'], ['payment-day', '--from', '99h'], ['payment-day', '--speed', '0']]) {
      const { status: exit, err } = await cli('play', ...wrong, ...follow, '--world', 'mistyped');
      expect([exit, err]).toEqual([2, expect.stringMatching(/./)]);
    }
  expect((await admin.worlds()).map(({ name }) => name)).not.toContain('mistyped');
});

test('cues that cannot act in a world without a door are told as it begins, with the way to one', async () => {
  const { out } = await cli('play', 'rolling-restart', '--speed', '1x', '--world', 'doorless');
  expect(out).toMatch(
    /^CANNOT ACT: .* activate .*: .* before a request is read, .*PUT \/v1\/worlds\/doorless \{"door": true\}/m,
  );
  await admin.putWorld('with-door', { door: true });
  const { out: all } = await cli('play', 'rolling-restart', '--speed', '1x', '--world', 'with-door');
  expect(all).not.toContain('CANNOT ACT');
});

test('a badly written name is bad input, and nothing is asked', async () => {
  for (const name of ['Team_A', '-a', '', 'a/b']) {
    const { status: exit, out, err } = await cli('heal', `--world=${name}`);
    expect([exit, out]).toEqual([2, '']);
    expect(err).toContain(`the name of a world is 1 to 63 of a-z, 0-9 and -, not beginning with -, got "${name}"`);
  }
  const two = await cli('heal', '--admin', `${server.admin}/w/a`, '--world', 'b');
  expect([two.status, two.err]).toEqual([2, expect.stringContaining('leads into the world a')]);
  expect((await admin.worlds()).map(({ name }) => name)).not.toContain('a');
});

test('a world that is not there, or was deleted, is told of in words', async () => {
  const unknown = await cli('rules', '--world', 'nowhere');
  expect([unknown.status, unknown.err]).toEqual([
    2,
    expect.stringMatching(/^there is no world nowhere; .* makes it$/m),
  ]);
  await admin.putWorld('gone');
  await admin.deleteWorld('gone');
  const deleted = await cli('heal', '--world', 'gone');
  expect([deleted.status, deleted.err]).toEqual([2, expect.stringMatching(/^the world gone was deleted; PUT /)]);
});

test('where there are no worlds that is said, and when there are too many the server refuses', async () => {
  const off = await startInProcess({ SHOWSTOPPER_WORLDS: 'off' });
  const full = await startInProcess({ SHOWSTOPPER_WORLDS_MAX: '1' });
  try {
    const none = await run(['heal', '--world', 'a'], { SHOWSTOPPER_ADMIN_URL: off.admin });
    expect([none.status, none.err]).toEqual([2, expect.stringContaining('SHOWSTOPPER_WORLDS is off')]);
    const own = await run(['heal', '--world', 'default'], { SHOWSTOPPER_ADMIN_URL: off.admin });
    expect([own.status, own.err]).toEqual([0, '']);
    await createAdminClient({ url: full.admin }).putWorld('kept');
    const refused = await run(['heal', '--world', 'a'], { SHOWSTOPPER_ADMIN_URL: full.admin });
    expect([refused.status, refused.err]).toEqual([3, expect.stringContaining('SHOWSTOPPER_WORLDS_MAX')]);
  } finally {
    await Promise.all([off.stop(), full.stop()]);
  }
});

test('commands that ask about one world have --world in their help, all others refuse it', async () => {
  const asking = [
    'profiles',
    'on',
    'off',
    'scenarios',
    'play',
    'pause',
    'resume',
    'seek',
    'stop',
    'status',
    'rules',
    'heal',
    'reset',
    'verify',
    'journal',
  ];
  const helps = await Promise.all(asking.map((name) => cli(name, '--help')));
  for (const { out } of helps) expect(out).toMatch(/--world <NAME> +the world it is about/);
  const others = await Promise.all(['serve', 'kinds', 'check', 'doctor'].map((name) => cli(name, '--world', 'a')));
  for (const { status: exit, err } of others) expect([exit, err]).toEqual([2, expect.stringContaining('--world')]);
});
