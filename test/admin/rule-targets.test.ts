// What a rule may name in its match, as the admin API tells it.
import { expect, test } from 'vitest';
import { openAdmin } from './open-admin.ts';

test('what a rule may name is told: operations with their paths, doors of the world, types of webhooks', async () => {
  const api = [{ name: 'listSessions', method: 'GET', path: '/v1/sessions', takesKey: false }];
  const known = { operations: ['listSessions', 'unmatched'], doors: ['main'], api };
  const admin = await openAdmin({}, { known });
  const { body } = await admin.get('/v1/targets').expect(200);
  expect(body).toEqual({
    operations: [
      { name: 'listSessions', method: 'GET', path: '/v1/sessions' },
      { name: 'unmatched', method: null, path: null },
    ],
    doors: ['main'],
    events: expect.arrayContaining(['order.paid']),
  });
});
