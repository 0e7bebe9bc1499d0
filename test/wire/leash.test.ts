// Helper processes end with the server, however it ends, and leave nothing behind.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { probe } from '../../src/doctor/probe.ts';
import { startProcess } from '../support/run-server.ts';
import { ask } from '../support/seller.ts';

/** Processes whose parent, or whose parent's parent, this is. */
function descendants(pid: number | undefined): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      parents.set(Number(name), Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]));
    } catch {} // gone meanwhile
  }
  return [...parents.keys()].filter((child) => parents.get(child) === pid);
}

const lives = (pid: number): boolean => {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

test.each(['SIGKILL', 'SIGTERM'] as const)('by %s of the server, a dark door and a flood end too', async (signal) => {
  const server = await startProcess();
  const port = Number(new URL(server.upstream).port);
  const rule = (fault: string, parameters = {}) =>
    ask(`${server.admin}/v1/rules`, { method: 'POST', json: { fault, with: parameters } });
  expect((await rule('connection-flood', { connections: 200, rate: 2000, manner: 'hanging' })).status).toBe(201);
  await expect.poll(async () => (await ask(`${server.admin}/v1/state`)).body.connections).toBe(200);
  expect((await rule('dark-door')).status).toBe(201);
  const helpers = descendants(server.child.pid);
  expect(helpers).toHaveLength(2);
  expect((await probe({ port, request: '', forMs: 100 })).ending).toBe('unanswered');
  await server.stop(signal);
  await expect.poll(() => helpers.filter(lives)).toEqual([]);
  expect((await probe({ port, request: '', forMs: 500 })).ending).toBe('refused');
});
