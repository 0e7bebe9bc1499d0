// Viewers and readers of events see no secret that a rule matches by.
import supertest from 'supertest';
import { expect, test } from 'vitest';
import { openAdmin } from './open-admin.ts';

const TOKENS = { adminToken: 'admin-token', viewerToken: 'viewer-token' };
const SECRET = 'sk-live-77';
const PROFILE = `summary: One key.
rules:
  - fault: hang
    match:
      headers: { X-Api-Key: ${SECRET}, X-Team: blue, Authorization: "Bearer ${SECRET}x", Cookie: "*" }
`;

async function open(text: string) {
  const admin = await openAdmin({ access: { ...TOKENS, hosts: [] } });
  const as = (token: string) => (path: string) =>
    supertest(admin.listener).get(path).set('Authorization', `Bearer ${token}`).expect(200);
  const told: string[] = [];
  admin.deps.events.subscribe().on('data', (chunk: Buffer) => told.push(String(chunk)));
  await admin.shelf.put('keyed', text);
  await supertest(admin.listener)
    .post('/v1/profiles/keyed/activate')
    .set('Authorization', 'Bearer admin-token')
    .send({ match: { headers: { 'X-Auth': SECRET } } })
    .expect(200);
  return { viewer: as('viewer-token'), owner: as('admin-token'), told };
}

test('in no answer and no event, while all else stays', async () => {
  const { viewer, owner, told } = await open(PROFILE);
  for (const path of ['/v1/profiles/keyed', '/v1/profiles', '/v1/rules', '/v1/activations', '/v1/actions', '/v1/state'])
    expect([path, (await viewer(path)).text.includes(SECRET)]).toEqual([path, false]);
  expect(told.join('')).toContain('keyed');
  expect(told.join('')).not.toContain(SECRET);
  const { body } = await viewer('/v1/profiles/keyed');
  expect(body.rules[0].match.headers).toMatchObject({
    'X-Api-Key': '[redacted]',
    'X-Team': 'blue',
    Authorization: '[redacted]',
    Cookie: '*',
  });
  expect(body.text).toBe(PROFILE.replace(`Bearer ${SECRET}x`, '[redacted]').replace(SECRET, '[redacted]'));
  expect((await owner('/v1/profiles/keyed')).body.text).toBe(PROFILE);
});

test('a text that writes one in another way is not shown at all', async () => {
  const { viewer } = await open(PROFILE.replace(`X-Api-Key: ${SECRET}`, 'X-Api-Key: "sk-\\x6cive-77"'));
  expect((await viewer('/v1/profiles/keyed')).body.text).toBe('[redacted]');
});
