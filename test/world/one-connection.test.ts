// Requests of several worlds on one connection: each is held by its own world's rules, and a drop takes the connection.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AdminClient, createAdminClient } from '../../src/sdk/admin-client.ts';
import type { RunningServer } from '../../src/server.ts';
import { openRaw } from '../support/raw-socket.ts';
import { startInProcess } from '../support/run-server.ts';

let server: RunningServer;
let admin: AdminClient;
beforeAll(async () => {
  server = await startInProcess();
  admin = createAdminClient({ url: server.admin });
});
afterAll(() => server.stop());

const askFor = (world: string): string => `GET /w/${world}/v1/sessions HTTP/1.1\r\nHost: x\r\n\r\n`;

test('a heal elsewhere holds on to them; a drop in one world ends those of others behind it', async () => {
  const [one, other, third] = [admin.world('one'), admin.world('other'), admin.world('third')];
  await one.addRule({ fault: 'hang' });
  await other.addRule({ fault: 'hang' });
  const raw = await openRaw(Number(new URL(server.upstream).port));
  raw.socket.write(askFor('one') + askFor('other'));
  for (const world of [one, other]) await world.verify({ match: { ended: 'open' }, count: { min: 1 }, within: '5s' });
  expect((await third.heal()).dropped).toBe(0);
  expect([(await one.state()).held, (await other.state()).held]).toEqual([1, 1]);
  const closed = new Promise((resolve) => raw.socket.once('close', resolve));
  expect((await one.heal()).dropped).toBe(1);
  await closed;
  expect([raw.ending, raw.heard]).toEqual(['rst', '']);
  await other.verify({ match: { ended: 'open' }, count: { max: 0 } });
  expect((await other.state()).held).toBe(0);
  expect(await other.rules()).toHaveLength(1);
});
