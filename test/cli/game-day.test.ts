// A game day from the terminal: three stories for three teams in three worlds at once, each moved and ended by a command.
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
const TEAMS = { red: 'fajr-1399', green: 'slow-brown-out', blue: 'payment-day' } as const;
const names = Object.keys(TEAMS) as (keyof typeof TEAMS)[];
const inEach = <Result>(work: (team: keyof typeof TEAMS) => Promise<Result>): Promise<Result[]> =>
  Promise.all(names.map(work));
const statuses = (): Promise<string[]> => inEach(async (team) => (await admin.world(team).playback()).status);

test('three teams have a story each at once, and every command moves that of its team alone', async () => {
  const begun = await inEach((team) => cli('play', TEAMS[team], '--world', team));
  expect(begun.map(({ status, err }) => [status, err])).toEqual([
    [0, ''],
    [0, ''],
    [0, ''],
  ]);

  const stood = await inEach((team) => cli('status', '--world', team));
  stood.forEach(({ status, out }, at) => {
    const team = names[at] ?? 'red';
    expect(status).toBe(0);
    expect(out).toMatch(new RegExp(`^world +${team}, up `));
    expect(out).toMatch(new RegExp(`^playback +${TEAMS[team]} is playing at `, 'm'));
  });

  const paused = await cli('pause', '--world', 'red', '--by', 'ada');
  expect(paused).toMatchObject({ status: 0, err: '' });
  expect(paused.out).toMatch(
    /^fajr-1399 is paused in the world red, at 13:55 of 19:00\. Next: 14:00 {2}Public sale opens\./,
  );
  expect(await statuses()).toEqual(['paused', 'playing', 'playing']);

  const sought = await cli('seek', '14:05', '--world', 'red');
  expect(sought.out).toMatch(/^fajr-1399 was moved in the world red, at 14:05 of 19:00\./);
  const inFault = await cli('status', '--world', 'red');
  expect(inFault.out).toMatch(/^playback +fajr-1399 is paused at 14:05 of 19:00, at 1x, seed 7\n +last: 14:02 {2}/m);
  expect(inFault.out).toMatch(/^faults +RULE +KIND +STRIKES +LEFT +ACTED +HELD\n +upstream-hang\/0 +hang +100 % of /m);
  expect((await cli('status', '--world', 'blue')).out).not.toContain('upstream-hang');

  expect((await cli('resume', '--world', 'red')).out).toMatch(/^fajr-1399 goes on in the world red, at 14:05 of /);
  expect(await statuses()).toEqual(['playing', 'playing', 'playing']);

  expect((await cli('stop', '--world', 'green')).out).toMatch(/^slow-brown-out was stopped in the world green, at /);
  expect(await statuses()).toEqual(['playing', 'ended', 'playing']);

  const stopped = await cli('stop', '--world', 'red', '--json');
  expect(JSON.parse(stopped.out)).toMatchObject({ scenario: 'fajr-1399', status: 'ended' });
  expect(await admin.world('red').rules()).toEqual([]);
  expect((await cli('status', '--world', 'red')).out).toMatch(
    /^playback +nothing is played; fajr-1399 ended at 14:05$/m,
  );
  expect(await statuses()).toEqual(['ended', 'ended', 'playing']);
  await cli('stop', '--world', 'blue');
}, 240_000); // sixteen commands, each a process

test('who moved it is in the record', async () => {
  await cli('play', 'payment-day', '--world', 'recorded');
  await cli('pause', '--world', 'recorded', '--by', 'ada');
  const { data } = (await (await fetch(`${server.admin}/w/recorded/v1/actions`)).json()) as { data: object[] };
  expect(data[0]).toMatchObject({ verb: expect.stringContaining('pause'), by: 'ada' });
});

test('what cannot be moved is told, and by a mistyped name no world is made', async () => {
  const verbs = [['pause'], ['resume'], ['seek', '5m'], ['stop']];
  for (const verb of verbs) {
    const nothing = await cli(...verb);
    expect([nothing.status, nothing.out]).toEqual([2, '']);
    expect(nothing.err).toBe('nothing is played now; showstopper play SCENARIO\n');
    const nowhere = await cli(...verb, '--world', 'mistyped');
    expect([nowhere.status, nowhere.err]).toEqual([2, expect.stringMatching(/^there is no world mistyped; /)]);
  }
  expect(await cli('status', '--world', 'mistyped')).toMatchObject({ status: 2, out: '' });
  expect((await admin.worlds()).map(({ name }) => name)).not.toContain('mistyped');
});

test('a story time that is none, or lies beyond the end, and a story that plays already, are bad input', async () => {
  await cli('play', 'payment-day', '--world', 'wrong');
  for (const [command, reason] of [
    [['seek', 'teatime'], 'teatime'],
    [['seek', '99h'], '99h'],
    [['resume'], 'payment-day is playing'],
  ] as const) {
    const { status, err } = await cli(...command, '--world', 'wrong');
    expect([status, err]).toEqual([2, expect.stringContaining(reason)]);
  }
  expect((await cli('seek', '--world', 'wrong')).status).toBe(2);
  await cli('stop', '--world', 'wrong');
});

test('a profile is aimed at a door, and at connections that live already', async () => {
  const on = await cli('on', 'half-dead', '--doors', 'main', '--connections', 'sever', '--as', 'aimed', '--ttl', '1m');
  expect([on.status, on.err]).toEqual([0, '']);
  expect((await cli('status')).out).toMatch(/^ +aimed\/0 .* % of doors main +(1m00s|\d\ds) /m);
  expect((await cli('on', 'half-dead', '--doors', 'back')).err).toContain('back');
  expect((await cli('on', 'half-dead', '--connections', 'some')).status).toBe(2);
  await cli('heal');
});

test('a server that is not there is told apart', async () => {
  for (const command of [['status'], ['pause'], ['journal']])
    expect((await cli(...command, '--admin', 'http://127.0.0.1:1')).status).toBe(3);
});
