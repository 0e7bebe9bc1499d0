// Worlds whose requests may ask for faults by header, as they are declared, questioned and ended over both listeners.
import { expect, onTestFinished, test } from 'vitest';
import { startInProcess } from '../support/run-server.ts';
import { ask } from '../support/seller.ts';

async function open() {
  const server = await startInProcess({});
  onTestFinished(() => server.stop());
  const admin = (method: string, path: string, json?: object) =>
    ask(server.admin + path, { method, ...(json && { json }) });
  const sell = (world: string, fault: string) =>
    ask(`${server.upstream}${world}/v1/sessions`, { headers: { 'Showstopper-Fault': fault } });
  return { server, admin, sell };
}

test('a world is made for it, or not, once and for all', async () => {
  const { admin, sell } = await open();
  const made = await admin('PUT', '/v1/worlds/a', { headerFaults: true });
  expect([made.status, made.body.headerFaults]).toEqual([201, true]);
  expect((await admin('PUT', '/v1/worlds/a', { headerFaults: true })).status).toBe(200);
  expect((await admin('PUT', '/v1/worlds/a', {})).body.headerFaults).toBe(true);
  expect((await sell('/w/a', 'error-status')).status).toBe(503);

  const other = await admin('PUT', '/v1/worlds/a', { headerFaults: false });
  expect([other.status, other.body.detail]).toEqual([
    409,
    'the world a is there with headerFaults true, not false; delete it first, or reset it',
  ]);
  expect((await admin('PUT', '/v1/worlds/default', { headerFaults: true })).status).toBe(409);
  expect((await admin('PUT', '/v1/worlds/b', { headerFaults: 'yes' })).status).toBe(400);
  expect((await admin('GET', '/v1/worlds/default')).body.headerFaults).toBe(false);
  for (const world of ['', '/w/b']) expect((await sell(world, 'error-status')).status).toBe(200);
});

test('what acted by header is asked about by its id, and is no rule in force', async () => {
  const { admin, sell } = await open();
  await admin('PUT', '/v1/worlds/a', { headerFaults: true });
  const verify = () =>
    admin('POST', '/w/a/v1/journal/verify', { match: { rule: 'header/error-status' }, count: { min: 1 } });
  await sell('/w/a', 'error-status');
  expect((await verify()).body).toMatchObject({ ok: true, count: 1 });
  expect((await admin('GET', '/w/a/v1/rules')).body.data).toEqual([]);
  expect((await admin('GET', '/w/a/v1/journal?rule=header/error-status')).body.data).toHaveLength(1);
  expect((await admin('POST', '/w/a/v1/reset')).status).toBe(200);
  expect((await verify()).body.detail).toContain('no rule "header/error-status" was in force');
});

test('a rehearsal cannot begin there, and says why', async () => {
  const { admin } = await open();
  await admin('PUT', '/v1/worlds/a', { headerFaults: true });
  const begun = await admin('POST', '/w/a/v1/rehearsals', { rehearsal: 'name: any' });
  expect([begun.status, begun.body.detail]).toEqual([409, expect.stringContaining('(headerFaults)')]);
});

test('a request that is held by its own header is let go with its world', async () => {
  const { admin, sell } = await open();
  await admin('PUT', '/v1/worlds/a', { headerFaults: true });
  const hung = sell('/w/a', 'hang').then(
    ({ status }) => status,
    () => 'reset',
  );
  await expect.poll(async () => (await admin('GET', '/v1/worlds/a')).body.held).toBe(1);
  await admin('DELETE', '/v1/worlds/a');
  expect(await hung).toBe('reset');
});
