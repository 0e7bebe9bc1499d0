// Worlds whose journals keep what requests carried: what is read of it, what is asked of it, and who may ask.
import { describe, expect, onTestFinished, test } from 'vitest';
import { startInProcess } from '../support/run-server.ts';
import { ask } from '../support/seller.ts';

const PHONE = '09121112233';
const TOKENS = { SHOWSTOPPER_ADMIN_TOKEN: 'admin', SHOWSTOPPER_VIEWER_TOKEN: 'viewer' };

async function open(world: object = { journal: { bodies: true } }) {
  const server = await startInProcess(TOKENS);
  onTestFinished(() => server.stop());
  const admin = (method: string, path: string, json?: object, token = 'admin') =>
    ask(server.admin + path, { method, headers: { Authorization: `Bearer ${token}` }, ...(json && { json }) });
  await admin('PUT', '/v1/worlds/a', world);
  const reserve = (json: object = { bestAvailable: { count: 2 }, customerRef: PHONE }) =>
    ask(`${server.upstream}/w/a/v1/sessions/s1/reservations`, { method: 'POST', json });
  const verify = (body: object, token = 'admin') =>
    admin('POST', '/w/a/v1/journal/verify', { match: { operation: 'reserveSeats', body } }, token);
  return { server, admin, reserve, verify };
}

test('an entry tells what was sent, with hashes that are the pseudonyms of what they stand for', async () => {
  const { admin, reserve } = await open();
  await reserve();
  const [entry] = (await admin('GET', '/w/a/v1/journal')).body.data;
  expect(entry.body).toEqual({
    ...{ type: 'application/json', hash: expect.any(String), truncated: false },
    json: { bestAvailable: { count: 2 }, customerRef: `#${entry.about.customer}` },
  });
  expect(entry.about).not.toHaveProperty('body');
  expect(JSON.stringify(entry)).not.toContain(PHONE);
});

test('a request that is struck, refused or no JSON has its body kept too; one without has none', async () => {
  const { server, admin, reserve } = await open();
  await admin('POST', '/w/a/v1/rules', { fault: 'error-status', match: { operations: ['reserveSeats'] } });
  await reserve();
  await ask(`${server.upstream}/w/a/v1/orders`, {
    method: 'POST',
    body: 'card=4111',
    headers: { 'Content-Type': 'text/plain' },
  });
  await ask(`${server.upstream}/w/a/v1/sessions`);
  const { data } = (await admin('GET', '/w/a/v1/journal')).body;
  const bodies = data.map(
    ({ body }: { body?: { type: string; json?: unknown } }) => body && [body.type, 'json' in body],
  );
  expect(bodies).toEqual([undefined, ['text/plain', false], ['application/json', true]]);
  expect(JSON.stringify(data)).not.toContain('4111');
});

test('a verification names fields of a body in the clear, and finds who was sent so', async () => {
  const { reserve, verify } = await open();
  await reserve();
  for (const body of [
    { customerRef: PHONE },
    { bestAvailable: { count: 2 } },
    { customerRef: PHONE, bestAvailable: {} },
  ])
    expect((await verify(body)).body).toMatchObject({ ok: true, count: 1 });
  const { status, body } = await verify({ customerRef: '0935' });
  expect([status, body.code, body.nearest[0].missed]).toEqual([409, 'verification_failed', ['body']]);
  expect(body.nearest[0].entry.body.json.bestAvailable).toEqual({ count: 2 });
});

test('one that waits hears of a body as it comes, also of a request that is held', async () => {
  const { admin, reserve } = await open();
  await admin('POST', '/w/a/v1/rules', { fault: 'hang', match: { operations: ['reserveSeats'] } });
  const waits = admin('POST', '/w/a/v1/journal/verify', { match: { body: { customerRef: PHONE } }, within: '20s' });
  const held = reserve().catch(() => 'reset');
  expect((await waits).body).toMatchObject({ ok: true, count: 1 });
  await admin('POST', '/w/a/v1/heal');
  expect(await held).toBe('reset');
});

describe('a body cannot be asked for', () => {
  test('where none is kept, and it is said how it would be', async () => {
    const { admin, reserve, verify } = await open({});
    await reserve();
    const { status, body } = await verify({ customerRef: PHONE });
    expect([status, body.code]).toEqual([400, 'validation_failed']);
    expect(body.detail).toMatch(/^match\.body: the world a keeps no bodies; .*\{"journal":\{"bodies":true\}\}$/);
    expect((await admin('GET', '/w/a/v1/journal')).body.data[0]).not.toHaveProperty('body');
  });

  test('by a viewer, who could guess at what is hashed', async () => {
    const { reserve, verify } = await open();
    await reserve();
    const { status, body } = await verify({ customerRef: PHONE }, 'viewer');
    expect([status, body.code]).toEqual([403, 'forbidden']);
  });

  test('by nothing, by what is no object, or by more than is ever kept', async () => {
    const { verify } = await open();
    expect((await verify({})).body.detail).toMatch(/^match\.body: is empty/);
    expect((await verify(['C-7'])).status).toBe(400);
    const seats = Array.from({ length: 300 }, (_, n) => `C-${n}`);
    expect((await verify({ seats })).body.detail).toMatch(/^match\.body: has more in it/);
  });
});

test('a world is made with it, or without, once and for all', async () => {
  const { admin } = await open();
  expect((await admin('GET', '/v1/worlds/a')).body.journal).toEqual({ bodies: true });
  expect((await admin('PUT', '/v1/worlds/a', { journal: {} })).status).toBe(200);
  const other = await admin('PUT', '/v1/worlds/a', { journal: { bodies: false } });
  expect([other.status, other.body.detail]).toEqual([409, expect.stringContaining('journal.bodies true, not false')]);
  expect((await admin('PUT', '/v1/worlds/b', { journal: { body: true } })).body.detail).toContain('allowed: bodies');
  expect((await admin('GET', '/v1/worlds/default')).body.journal).toEqual({ bodies: false });
});
