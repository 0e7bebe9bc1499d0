// The metrics of a running server: what its doors, worlds, plays and rehearsals come to.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { RunningServer } from '../../src/server.ts';
import { faultsFolder } from '../director/stage.ts';
import { startInProcess } from '../support/run-server.ts';
import { ask, reserveOne } from '../support/seller.ts';

const CALM_FIRST = [
  { name: 'calm', for: '60s' },
  { name: 'silence', for: '60s', on: [{ profile: 'upstream-hang' }] },
];

const started = async (env: Record<string, string> = {}): Promise<RunningServer> => {
  const server = await startInProcess(env);
  onTestFinished(() => server.stop());
  return server;
};
const post = async (server: RunningServer, path: string, json: unknown = {}): Promise<void> => {
  const { status, body } = await ask(server.admin + path, { method: 'POST', json });
  if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
};
const linesOf = async (server: RunningServer): Promise<string[]> => {
  const { body } = await ask(`${server.admin}/metrics`);
  return (body as string).split('\n').filter((line) => line.startsWith('showstopper_'));
};

test('requests are told by client and door, also those in other worlds', async () => {
  const server = await started({ SHOWSTOPPER_DOORS: 'team-a:0' });
  const as = (client: string) => ({ headers: { Authorization: `Bearer ${client}` } });
  await ask(`${server.upstream}/v1/health`, as('shop'));
  await ask(`${server.doors?.['team-a']}/v1/health`, as('shop'));
  await ask(`${server.upstream}/w/one/v1/health`, as('shop'));
  await post(server, '/v1/rules', { fault: 'error-status', with: { status: 503 } });
  await ask(`${server.upstream}/v1/health`, as('shop'));
  const of = (labels: string) => `showstopper_client_outcomes_total{client="shop",${labels}}`;
  const lines = await linesOf(server);
  expect(lines).toContain(`${of('door="main",outcome="served"')} 2`);
  expect(lines).toContain(`${of('door="team-a",outcome="served"')} 1`);
  expect(lines).toContain(`${of('door="main",outcome="failed"')} 1`);
  expect(lines).toContain('showstopper_client_request_duration_seconds_count{client="shop"} 4');
  expect(lines).toContain('showstopper_door_request_duration_seconds_count{door="team-a"} 1');
});

test('a sale is told by its events and its seats', async () => {
  const server = await started();
  const seatsOf = async (status: string): Promise<number> => {
    const line = (await linesOf(server)).find((one) => one.startsWith(`showstopper_seats{status="${status}"}`));
    return Number(line?.split(' ')[1]);
  };
  const [free, reserved] = [await seatsOf('free'), await seatsOf('reserved')];
  await reserveOne(server.upstream);
  expect(await linesOf(server)).toContain('showstopper_box_office_events_total{happened="reserved"} 1');
  expect([await seatsOf('free'), await seatsOf('reserved')]).toEqual([free - 1, reserved + 1]);
});

test('worlds are told with their rules and plays', async () => {
  const server = await started();
  await post(server, '/w/team-a/v1/rules', { fault: 'latency' });
  await post(server, '/w/team-b/v1/scenarios/presale-code-trouble/play');
  await post(server, '/w/team-b/v1/playback/pause');
  const lines = await linesOf(server);
  expect(lines).toContain('showstopper_rules_in_force{world="team-a",fault="latency"} 1');
  expect(lines).toContain('showstopper_playback{world="team-b",scenario="presale-code-trouble",status="paused"} 1');
  expect(lines).toContain('showstopper_playback_cue{world="team-b",scenario="presale-code-trouble"} 0');
  await post(server, '/w/team-b/v1/playback/stop');
  expect((await linesOf(server)).filter((line) => line.startsWith('showstopper_playback'))).toEqual([]);
});

test('a rehearsal is counted until it has ended', async () => {
  const server = await started();
  expect(await linesOf(server)).toContain('showstopper_rehearsals_running 0');
  await post(server, '/v1/rehearsals', {
    title: 'Dress',
    phases: CALM_FIRST,
  });
  expect(await linesOf(server)).toContain('showstopper_rehearsals_running 1');
  await post(server, '/v1/rehearsals/current/abort', { reason: 'enough' });
  expect(await linesOf(server)).toContain('showstopper_rehearsals_running 0');
});

test('of a hidden play neither name, nor cue, nor kinds are told until it has ended', async () => {
  const folder = faultsFolder({});
  mkdirSync(join(folder, 'scenarios'), { recursive: true });
  const story =
    'summary: A secret.\nhidden: true\ncues:\n  - { at: 0s, activate: slow-upstream }\n  - { at: 10m, note: Over. }\n';
  writeFileSync(join(folder, 'scenarios', 'opening-night.yaml'), story);
  const server = await started({ SHOWSTOPPER_FAULTS: folder, SHOWSTOPPER_SCENARIO: 'opening-night' });
  const lines = await linesOf(server);
  expect(lines).toContain('showstopper_playback{world="default",scenario="sealed",status="playing"} 1');
  expect(lines).toContain('showstopper_rules_in_force{world="default",fault="sealed"} 1');
  expect(lines.filter((line) => line.startsWith('showstopper_playback_cue'))).toEqual([]);
  expect(lines.join('\n')).not.toMatch(/opening-night|latency"/);
});
