// What can never match, act or be found is refused over the admin API and the command line; who is named by a key is meant.
import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Ran, run, type Served, serve } from './command.ts';

const KEY = 'My_Shop';
const SHOWN = `key-${createHash('sha256').update(KEY).digest('hex').slice(0, 8)}`;

let server: Served;
beforeAll(async () => {
  server = await serve();
});
afterEach(() => api('POST', '/v1/reset'));
afterAll(() => server.stop());

const cli = (...args: string[]): Promise<Ran> => run(args, { SHOWSTOPPER_ADMIN_URL: server.admin });

async function api(method: string, path: string, body?: string | object): Promise<{ status: number; text: string }> {
  const response = await fetch(`${server.admin}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}

const asks = async (headers: Record<string, string> = {}): Promise<number> =>
  (await fetch(`${server.upstream}/v1/sessions`, { headers })).status;
const asksAs = (key: string): Promise<number> => asks({ 'x-api-key': key });

const UNAVAILABLE = { fault: 'error-status', with: { status: 503 } };

describe('a match that no request can fit', () => {
  const MATCHES: readonly (readonly [match: string, why: RegExp])[] = [
    ['{"methods":["GTE"]}', /did you mean GET\?/],
    ['{"paths":["/v1/sessions?limit=1"]}', /leave out the query/],
    ['{"paths":["v1/sessions"]}', /must begin with/],
    ['{"paths":["/v1/sessions/{id}"]}', /no template/],
    ['{"paths":["^/v1/.*"]}', /no regular expression/],
    ['{"paths":["/w/team/v1/sessions"]}', /without the prefix of a world/],
    ['{"headers":{}}', /headers: is empty/],
    ['{"headers":{"X Shop":"a"}}', /no name of a header/],
    ['{"headers":{"__proto__":"x"}}', /__proto__: is a name that no/],
    ['{"operations":[]}', /operations: is empty/],
    ['{"operations":["completeOrderr"]}', /did you mean completeOrder\?/],
    ['{"operations":["listSessions"],"methods":["POST"]}', /they have GET, HEAD/],
    ['{"clients":["other"]}', /no client is called so/],
    ['{"doors":["mian"]}', /did you mean main\?/],
  ];

  test.each(MATCHES)('%s is refused of a rule and of an activation, and nothing is armed', async (match, why) => {
    const rule = await api('POST', '/v1/rules', `{"fault":"hang","match":${match}}`);
    const activation = await api('POST', '/v1/profiles/upstream-hang/activate', `{"match":${match}}`);
    for (const { status, text } of [rule, activation]) {
      expect([400, 422]).toContain(status);
      expect(JSON.parse(text).detail).toMatch(why);
    }
    expect(JSON.parse((await api('GET', '/v1/rules')).text).data).toEqual([]);
    const put = await fetch(`${server.admin}/v1/profiles/mine`, {
      method: 'PUT',
      headers: { 'content-type': 'application/yaml' },
      body: `summary: S\nrules: [{ fault: hang, match: ${match} }]\n`,
    });
    expect([400, 422]).toContain(put.status);
  });

  test('{constructor: "*"} strikes who sends such a header, and nobody else', async () => {
    await api('POST', '/v1/rules', { ...UNAVAILABLE, match: { headers: { constructor: '*' } } });
    expect([await asks(), await asks({ constructor: 'x' })]).toEqual([200, 503]);
  });

  test('a header that is a list matches by any of its items, with their case', async () => {
    await api('POST', '/v1/rules', { ...UNAVAILABLE, match: { headers: { 'X-Tags': 'b' } } });
    const sent = ['b', 'a, b', 'a,b , c', 'B', 'ab', '"a, b"'];
    expect(await Promise.all(sent.map((tags) => asks({ 'x-tags': tags })))).toEqual([503, 503, 503, 200, 200, 200]);
  });

  test('on refuses what excludes every rule of the profile', async () => {
    await fetch(`${server.admin}/v1/profiles/one`, {
      method: 'PUT',
      headers: { 'content-type': 'application/yaml' },
      body: 'summary: S\nrules: [{ fault: hang, match: { operations: [getOrder] } }]\n',
    });
    const { status, err } = await cli('on', 'one', '--operations', 'listSessions');
    expect([status, err]).toEqual([2, expect.stringMatching(/match: no rule of the profile can strike anything so/)]);
  });
});

describe('a client named by its key', () => {
  test('is struck, and the answer says how it is shown', async () => {
    const on = await cli('on', 'flaky-503', '--share', '1', '--clients', KEY);
    expect([on.status, on.err]).toEqual([0, '']);
    expect(on.out).toContain(`shown as ${SHOWN}`);
    expect([await asksAs(KEY), await asksAs('my-shop'), await asks()]).toEqual([503, 200, 200]);
    const verify = await cli('verify', '--client', KEY, '--status', '503', '--min', '1', '--max', '1');
    expect([verify.status, verify.out]).toEqual([0, expect.stringContaining(`shown as ${SHOWN}`)]);
    const { text } = await api('GET', `/v1/journal?client=${KEY}`);
    expect(JSON.parse(text)).toMatchObject({ data: [{ client: SHOWN }], shownAs: [SHOWN] });
  });

  test('its key is in no answer, action or state', async () => {
    const added = await api('POST', '/v1/rules', { fault: 'hang', match: { clients: [KEY] } });
    const on = await api('POST', '/v1/profiles/slow-upstream/activate', { match: { clients: [KEY] } });
    expect(JSON.parse(added.text)).toMatchObject({ match: { clients: [SHOWN] }, shownAs: [SHOWN] });
    expect(JSON.parse(on.text)).toMatchObject({ match: { clients: [SHOWN] }, shownAs: [SHOWN] });
    const told = await Promise.all(
      ['/v1/actions', '/v1/rules', '/v1/activations', '/v1/state'].map((path) => api('GET', path)),
    );
    for (const { text } of [added, on, ...told]) {
      expect(text).toContain(SHOWN);
      expect(text).not.toContain(KEY);
    }
  });

  test('is known exactly, however many others there are; only labels of metrics fold them', async () => {
    for (let i = 0; i < 70; i++) await asksAs(`Shop_${i}`);
    expect(await cli('verify', '--client', 'Shop_69', '--min', '1', '--max', '1')).toMatchObject({ status: 0 });
    const metrics = async (): Promise<string> => (await api('GET', '/metrics')).text;
    expect(await metrics()).toMatch(/client_requests_total\{client="other"\} \d/);
    await api('POST', '/v1/reset');
    await asksAs('Shop_69');
    expect(await metrics()).not.toContain('client="other"');
  });
});

describe('a question about what cannot be there', () => {
  test.each([
    ['--operation', 'completeOrderr', /did you mean completeOrder\?/],
    ['--rule', 'no-such-rule', /no rule "no-such-rule" was in force since the last reset/],
    ['--client', 'crowd', /no client is called so/],
    ['--method', 'GTE', /did you mean GET\?/],
    ['--path', 'v1/sessions', /must begin with/],
    ['--status', '601', /must be a status such as 503/],
    ['--ended', 'anwsered', /did you mean answered\?/],
    ['--since', '2999-01-01T00:00:00Z', /is still to come/],
    ['--since', '1764108000', /which are seconds/],
  ])('verify %s %s is bad input, also with a max of 0', async (option, value, why) => {
    const { status, out, err } = await cli('verify', option, value, '--max', '0');
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(why);
    const query = await api('GET', `/v1/journal?${option.slice(2)}=${encodeURIComponent(value)}`);
    if (option !== '--method' && option !== '--path') expect(query.status).toBe(400);
  });

  test('a rule may be asked about as long as nobody resets, and one of a shut door never', async () => {
    await api('POST', '/v1/rules', { ...UNAVAILABLE, id: 'mine' });
    await api('DELETE', '/v1/rules/mine');
    expect(await cli('verify', '--rule', 'mine', '--max', '0')).toMatchObject({ status: 0 });
    expect((await cli('verify', '--rule', 'mime', '--max', '0')).err).toMatch(/did you mean mine\?/);
    await api('POST', '/v1/rules', { fault: 'refuse-connection', id: 'shut' });
    await api('POST', '/v1/heal');
    expect((await cli('verify', '--rule', 'shut', '--max', '0')).err).toMatch(/refuse-connection.*cannot be counted/);
    await api('POST', '/v1/reset');
    expect(await cli('verify', '--rule', 'mine', '--max', '0')).toMatchObject({ status: 2 });
  });

  test('with nothing to fail by, or that settles in vain, is bad input', async () => {
    for (const args of [
      ['--min', '0'],
      ['--settle', '1s'],
      ['--max', '1', '--within', '2s', '--settle', '1s'],
    ])
      expect(await cli('verify', ...args)).toMatchObject({ status: 2 });
  });
});

test('with listed keys, who is none of them is refused, and the nearest is named', async () => {
  const listed = await serve([], { SHOWSTOPPER_KEYS: `seller-a=${KEY},seller-b=seller-a` });
  const ask = (...args: string[]): Promise<Ran> => run(args, { SHOWSTOPPER_ADMIN_URL: listed.admin });
  try {
    expect((await ask('on', 'upstream-hang', '--clients', 'seler-b')).err).toMatch(/did you mean seller-b\?/);
    expect((await ask('verify', '--client', 'Nobody', '--max', '0')).status).toBe(2);
    expect((await ask('on', 'flaky-503', '--clients', KEY)).out).toContain('shown as seller-a');
  } finally {
    await listed.stop();
  }
});
