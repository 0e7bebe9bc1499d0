// Viewers and readers of events see no secret that a rule matches by.
import supertest from 'supertest';
import { expect, onTestFinished, test } from 'vitest';
import { startInProcess } from '../support/run-server.ts';
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
  admin.deps.events.subscribe(admin.world).on('data', (chunk: Buffer) => told.push(String(chunk)));
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

test.each([
  ['as it is', 'clients: [My_Secret_Key, shop]', /clients: \[key-[0-9a-f]{8}, shop\]/],
  ['in an escaped form', 'clients: ["My_Secret\\u005fKey"]', /^# withheld/],
])('a seller who is named by its key, written %s, is shown to viewers by its name', async (_how, match, shown) => {
  const server = await startInProcess({
    SHOWSTOPPER_ADMIN_TOKEN: TOKENS.adminToken,
    SHOWSTOPPER_VIEWER_TOKEN: TOKENS.viewerToken,
  });
  onTestFinished(() => server.stop());
  await supertest(server.admin)
    .put('/v1/profiles/keyed')
    .set('Authorization', `Bearer ${TOKENS.adminToken}`)
    .set('Content-Type', 'application/yaml')
    .send(`summary: One seller.\nrules:\n  - fault: hang\n    match: { ${match} }\n`)
    .expect(201);
  const { body } = await supertest(server.admin)
    .get('/v1/profiles/keyed')
    .set('Authorization', `Bearer ${TOKENS.viewerToken}`)
    .expect(200);
  expect(JSON.stringify(body)).not.toContain('My_Secret_Key');
  expect(body.text).toMatch(shown);
  expect(body.rules[0].match.clients[0]).toMatch(/^key-[0-9a-f]{8}$/);
});
