// Every call of the admin API through Prism, most with a no beside it: each answer is as its OpenAPI document says.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ENTRY_KINDS } from '../../src/journal/entry.ts';
import { PAGE_FOLDER } from '../support/open-page.ts';
import { ask, reserveOne } from '../support/seller.ts';
import { type Answered, type Asking, Caller } from './caller.ts';
import { type Proxied, startProxied } from './proxied.ts';
import { openShopPage } from './shop-page.ts';

let proxied: Proxied;
let admin: Caller;
beforeAll(async () => {
  proxied = await startProxied('admin', { env: { SHOWSTOPPER_TLS_PORT: '0' }, pageFolder: PAGE_FOLDER });
  admin = new Caller(proxied.document, proxied.url);
});
afterAll(() => proxied.stop());

/** Asks, and wants this status. */
async function told(status: number, operation: string, asking?: Asking): Promise<Answered> {
  const answered = await admin.ask(operation, asking);
  expect([operation, answered.status, answered.status < 400 ? '' : answered.body.code]).toEqual([
    operation,
    status,
    status < 400 ? '' : expect.any(String),
  ]);
  return answered;
}
const named = (name: string, json?: unknown): Asking => ({ params: { name }, ...(json !== undefined && { json }) });
const byId = (id: string, json?: unknown): Asking => ({ params: { id }, ...(json !== undefined && { json }) });

test('what there is', async () => {
  for (const operation of ['getOpenapi', 'listKinds', 'getTargets', 'getHealth', 'getReadiness', 'getMetrics'])
    await told(200, operation);
  for (const operation of ['getAccess', 'getState', 'listActions', 'getTlsCertificate']) await told(200, operation);
  for (const accept of ['application/json', 'text/html', 'text/plain'])
    await told(200, 'getIndex', { headers: { Accept: accept } });
  const { text } = await told(200, 'getIndex', { headers: { Accept: 'text/html' } });
  for (const [, file = ''] of text.matchAll(/assets\/([\w.-]+)/g)) await told(200, 'getAsset', { params: { file } });
  await told(404, 'getAsset', { params: { file: 'none.js' } });
  await told(400, 'getState', { query: { nope: '1' } });
  await told(403, 'getState', { headers: { Origin: 'http://elsewhere.example' } });
});

test('profiles and their activations', async () => {
  const rules = [{ fault: 'error-status', with: { status: 500 }, match: { operations: ['getHealth'] } }];
  await told(201, 'putProfile', named('mine', { summary: 'Mine.', rules }));
  const text = ['application/yaml', 'summary: Mine.\nrules: [{ fault: hang }]'] as const;
  await told(200, 'putProfile', { params: { name: 'mine' }, text });
  await told(400, 'putProfile', { params: { name: 'mine' }, text: ['application/yaml', 'summary: [1'] });
  await told(415, 'putProfile', { params: { name: 'mine' }, text: ['text/html', '<p>'] });
  await told(200, 'getProfile', named('mine'));
  await told(404, 'getProfile', named('nobody'));
  await told(200, 'activateProfile', named('mine', { ttl: '5m', share: 0.5, by: 'me', match: { clients: ['a'] } }));
  await told(404, 'activateProfile', named('nobody'));
  await told(400, 'activateProfile', named('mine', { shares: 1 }));
  await told(409, 'deleteProfile', named('mine'));
  await told(200, 'listProfiles');
  await told(200, 'listActivations');
  await told(200, 'activateProfile', named('flaky-503'));
  await told(200, 'endActivation', { params: { as: 'flaky-503' }, query: { release: 'drop' } });
  await told(404, 'endActivation', { params: { as: 'flaky-503' } });
  await told(200, 'deactivateProfile', named('mine'));
  await told(404, 'deactivateProfile', named('nobody'));
  await told(204, 'deleteProfile', named('mine'));
  await told(200, 'reloadProfiles');
});

test('rules of every kind, by its own example', async () => {
  const kinds = (await told(200, 'listKinds')).body.data;
  for (const { name, example } of kinds) {
    const { status, body } = await admin.ask('addRule', { json: { fault: name, with: example, id: `one-${name}` } });
    expect([201, 422], `${name}: ${JSON.stringify(body)}`).toContain(status);
  }
  await told(409, 'addRule', { json: { fault: 'hang', id: 'one-hang' } });
  await told(400, 'addRule', { json: { id: 'none' } });
  await told(422, 'addRule', { json: { fault: 'hang', match: { operations: ['buyAll'] } } });
  const listed = (await told(200, 'listRules')).body.data;
  expect(listed.length).toBeGreaterThan(kinds.length / 2);
  await told(200, 'deleteRule', byId('one-hang'));
  await told(404, 'deleteRule', byId('one-hang'));
  await told(200, 'heal', { json: { release: 'drop' } });
  await told(400, 'heal', { json: { keep: ['everything'] } });
});

test('what was sold, by whom, and who was told', async () => {
  const receiver = await openShopPage();
  const client = 'my-shop';
  const endpoint = (await told(201, 'addWebhook', { json: { client, url: receiver.url, by: 'me' } })).body;
  await told(409, 'addWebhook', { json: { client, url: receiver.url } });
  await told(422, 'addWebhook', { json: { client, url: 'http://elsewhere.example/hook' } });
  await buyOne(client);
  await told(200, 'listWebhooks');
  const delivered = { query: { status: 'delivered' } };
  await expect.poll(async () => (await told(200, 'listDeliveries', delivered)).body.data.length).toBeGreaterThan(0);
  const [delivery] = (await told(200, 'listDeliveries', delivered)).body.data;
  await told(202, 'redeliverWebhook', byId(delivery?.id ?? '', {}));
  await told(404, 'redeliverWebhook', byId('none', {}));
  await told(200, 'rotateWebhookSecret', { json: { client } });
  await told(204, 'deleteWebhook', byId(endpoint.id));
  await told(404, 'deleteWebhook', byId(endpoint.id));

  for (const operation of ['listHouse', 'getLedger', 'checkInvariants', 'getScorecard', 'queryJournal'])
    await told(200, operation);
  await told(200, 'getHouse', { params: { session: 's1' } });
  await told(404, 'getHouse', { params: { session: 'none' } });
  for (const kind of ENTRY_KINDS) await told(200, 'queryJournal', { query: { kind, limit: '5' } });
  await told(400, 'queryJournal', { query: { kind: 'event', status: '503' } });
  const orders = [{ externalRef: 'ref-1', completed: true, seats: 2, amount: 1 }];
  const { body } = await told(200, 'reconcileLedger', { json: { client, orders } });
  expect(body.differences).not.toEqual([]);
  const csv = ['text/csv', 'externalRef,completed\nref-9,true\n'] as const;
  await told(200, 'reconcileLedger', { text: csv, query: { client } });
  await told(400, 'reconcileLedger', { text: ['text/csv', 'none\n'] });
  await told(200, 'verifyJournal', { json: { match: { client }, count: { min: 1 } } });
  await told(409, 'verifyJournal', { json: { match: { client, operation: 'cancelOrder' }, count: { min: 1 } } });
  await told(200, 'clearJournal');
});

test('load, connections, clock and scenarios', async () => {
  await told(409, 'forecastCapacity');
  const capacity = { servers: 4, serviceTime: { mean: '20ms', cv: 1 }, queue: 10, discipline: 'fifo' };
  await told(200, 'setCapacity', { json: capacity });
  await told(400, 'setCapacity', { json: { servers: 'many' } });
  const classes = [{ policy: 'naive', share: 1 }];
  await told(200, 'setCrowd', { json: { classes, realPurchases: 0.1 } });
  for (const operation of ['getCapacity', 'getCrowd', 'forecastCapacity']) await told(200, operation);
  for (const operation of ['setCrowd', 'setCapacity']) await told(200, operation, { json: null });
  await ask(`${proxied.server.upstream}/v1/health`);
  await told(200, 'listConnections', { query: { limit: '10' } });
  await told(200, 'severConnections', { json: {} });
  await told(422, 'severConnections', { json: { doors: ['none'] } });
  await told(200, 'getClock');
  await told(200, 'moveClock', { json: { advance: '1m' } });
  await told(400, 'moveClock', { json: {} });
  await told(200, 'listScenarios');
  await told(404, 'playScenario', named('nobody'));
  await told(409, 'pausePlayback');
  await told(200, 'playScenario', named('slow-brown-out', { speed: '60x', seed: 7 }));
  for (const operation of ['pausePlayback', 'getPlayback', 'resumePlayback']) await told(200, operation);
  await told(200, 'seekPlayback', { json: { to: '1m' } });
  await told(200, 'stopPlayback', { json: { by: 'me' } });
});

test('a rehearsal, its reports, and one that is aborted', async () => {
  const phases = [
    { name: 'calm', for: '30s' },
    { name: 'fault', for: '60s', on: [{ profile: 'checkout-hang' }] },
    { name: 'recovery', for: '30s' },
  ];
  const file = { title: 'Completions hang', phases, hypothesis: [{ metric: 'client-timeout', max: '5s' }] };
  const { id } = (await told(201, 'startRehearsal', { json: file })).body;
  await told(409, 'startRehearsal', { json: file });
  await told(409, 'getReportAsJson', byId(id));
  await told(201, 'noteRehearsal', byId(id, { author: 'Ada', text: 'nothing yet' }));
  await told(200, 'beatRehearsal', byId(id, {}));
  await told(200, 'getRehearsal', byId(id));
  await told(200, 'finishRehearsal', byId(id, {}));
  for (const operation of ['getReportAsMd', 'getReportAsHtml', 'getReportAsJson', 'getReportAsJunit', 'getRehearsal'])
    await told(200, operation, byId(id));
  await told(404, 'getRehearsal', byId('none'));
  const other = (await told(201, 'startRehearsal', { json: file })).body;
  await told(200, 'abortRehearsal', byId(other.id, { reason: 'enough' }));
  await told(200, 'listRehearsals');
  await told(400, 'startRehearsal', { json: { title: 'Nothing' } });
});

test('worlds, and a whole reset', async () => {
  await told(201, 'putWorld', { params: { world: 'team-a' }, json: { seed: 1 } });
  await told(200, 'putWorld', { params: { world: 'team-a' }, json: { seed: 1 } });
  await told(409, 'putWorld', { params: { world: 'team-a' }, json: { seed: 2 } });
  for (const world of ['team-a', 'default']) await told(200, 'getWorld', { params: { world } });
  await told(404, 'getWorld', { params: { world: 'none' } });
  await told(200, 'listWorlds');
  await told(204, 'deleteWorld', { params: { world: 'team-a' } });
  await told(410, 'deleteWorld', { params: { world: 'team-a' } });
  await told(200, 'reset', { json: { seed: 9, catalog: 'small' } });
  await told(422, 'reset', { json: { catalog: 'nothing' } });
  await told(200, 'listActions');
});

test('nothing of the document was left out but the stream of events, which Prism would wait for the end of', async () => {
  const left = admin.operations.filter((operation) => !admin.seen.has(operation));
  expect(left).toEqual(['followEvents']);
});

/** At the upstream itself, under this key. */
async function buyOne(key: string): Promise<void> {
  const upstream = `${proxied.server.upstream}/v1`;
  const headers = { 'X-Api-Key': key };
  const { body: reservation } = await reserveOne(proxied.server.upstream, headers);
  const customer = { name: 'Ada', phone: '09120000000' };
  const json = { reservationId: reservation.id, customer, externalRef: 'ref-1', payment: { method: 'seller' } };
  const { body: order } = await ask(`${upstream}/orders`, { method: 'POST', headers, json });
  const once = { ...headers, 'Idempotency-Key': 'key-1' };
  await ask(`${upstream}/orders/${order.id}/complete`, { method: 'POST', headers: once, json: {} });
}
