// The server that tests share: one that the environment names, reached as from here, or one in this process; and what its worlds say when something is amiss.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import type { RunningServer } from '../../src/server.ts';
import { startTestServer } from '../../src/testing/test-server.ts';
import { startInProcess } from '../support/run-server.ts';

const TITLE = { name: 'it sells', full: 'shop > it sells' };

let server: RunningServer;
beforeAll(async () => {
  server = await startInProcess({ SHOWSTOPPER_ADMIN_TOKEN: 'a-token-of-an-admin' });
});
afterAll(() => server.stop());

const named = () => ({ adminUrl: server.admin, token: 'a-token-of-an-admin', upstreamUrl: undefined });

describe('one that the environment names', () => {
  test('has the worlds, and goes on without them', async () => {
    const tests = await startTestServer({}, named());
    const { upstream } = await tests.open(TITLE);
    expect(upstream.url).toBe(`${server.upstream}/w/${upstream.world}`);
    expect(await upstream.admin.state()).toMatchObject({ world: upstream.world, seed: 1, catalog: 'small' });
    await tests.close();
    const worlds = await createAdminClient({ url: server.admin, token: 'a-token-of-an-admin' }).worlds();
    expect(worlds.map(({ name }) => name)).toEqual(['default']);
  });

  test('is called by the host that it is reached by, or by the upstream given', async () => {
    const byName = await startTestServer({}, { ...named(), adminUrl: server.admin.replace('127.0.0.1', 'localhost') });
    const { upstream } = await byName.open(TITLE);
    expect(new URL(upstream.url).hostname).toBe('localhost');
    expect(new URL((await byName.open(TITLE, { door: true })).upstream.url).hostname).toBe('localhost');
    await byName.close();
    const given = await startTestServer({}, { ...named(), upstreamUrl: 'http://tickets.test:81' });
    expect((await given.open(TITLE)).upstream.url).toMatch(/^http:\/\/tickets\.test:81\/w\/it-sells-/);
    await given.close();
  });

  test('that is not there is told with its URL and what to do', async () => {
    await expect(startTestServer({}, { ...named(), adminUrl: 'http://127.0.0.1:1' })).rejects.toThrow(
      /^no Showstopper answers at http:\/\/127\.0\.0\.1:1: .*SHOWSTOPPER_ADMIN_URL.* start it, or unset the variable/,
    );
  });

  test('that asks for a token is told with the variable to set', async () => {
    await expect(startTestServer({}, { ...named(), token: undefined })).rejects.toThrow(
      /SHOWSTOPPER_ADMIN_TOKEN, or none is set: .*401 unauthorized/,
    );
  });

  test('takes no settings of another', async () => {
    await expect(startTestServer({ server: { catalog: 'festival' } }, named())).rejects.toThrow(/the option server/);
  });
});

describe('one in this process', () => {
  test('has the settings that are given, and is gone afterwards', async () => {
    const tests = await startTestServer({ server: { reservationTtl: '7m' }, seed: 5 }, undefined);
    const { upstream, close } = await tests.open(TITLE, { catalog: 'festival' });
    expect(await upstream.admin.state()).toMatchObject({ seed: 5, catalog: 'festival' });
    expect((await fetch(`${upstream.url}/v1/sessions`)).status).toBe(200);
    await close();
    await tests.close();
    await expect(fetch(upstream.url)).rejects.toThrow();
  });

  test('ends what is open, with the worlds that nobody closed', async () => {
    const tests = await startTestServer({}, undefined);
    const { upstream } = await tests.open(TITLE);
    await upstream.on('upstream-hang');
    const held = fetch(`${upstream.url}/v1/sessions`);
    await upstream.toHaveReceived({ operation: 'listSessions' });
    await Promise.all([expect(held).rejects.toThrow(), tests.close()]);
  });
});

describe('a world', () => {
  test('whose test has ended says so, by whatever it is used', async () => {
    const tests = await startTestServer({}, named());
    const { upstream, close } = await tests.open(TITLE);
    const { admin, clock } = upstream;
    await close();
    const words = /the test “shop > it sells” has ended, and its world with it/;
    await expect(upstream.on('upstream-hang')).rejects.toThrow(words);
    await expect(upstream.toHaveReceived()).rejects.toThrow(words);
    await expect(admin.heal()).rejects.toThrow(words);
    await expect(clock.advance('1m')).rejects.toThrow(words);
    await tests.close();
  });

  test('says so too to a call that was under way when it ended', async () => {
    const tests = await startTestServer({}, named());
    const { upstream, close } = await tests.open(TITLE);
    const waiting = upstream.admin.verify({ match: {}, within: '1m' });
    await Promise.all([
      expect(waiting).rejects.toThrow(/upstream\.admin\.verify: the test “shop > it sells” has ended/),
      close(),
    ]);
    await tests.close();
  });

  test('that is shared takes one test at a time', async () => {
    const tests = await startTestServer({ world: 'stage' }, named());
    const { close } = await tests.open(TITLE);
    await expect(tests.open(TITLE)).rejects.toThrow(/the shared world stage is in use by another test/);
    await close();
    const second = await tests.open(TITLE);
    await close();
    await expect(tests.open(TITLE)).rejects.toThrow(/in use by another test/);
    await second.close();
    await tests.close();
  });

  test('that is shared takes one of two that begin together', async () => {
    const tests = await startTestServer({ world: 'stage' }, named());
    const begun = await Promise.allSettled([tests.open(TITLE), tests.open(TITLE)]);
    expect(begun.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    await tests.close();
  });

  test('that could not be opened is free for the next test', async () => {
    const tests = await startTestServer({ world: 'stage' }, named());
    await expect(tests.open(TITLE, { catalog: 'no-such-catalogue' })).rejects.toThrow('no-such-catalogue');
    await (await tests.open(TITLE)).close();
    await tests.close();
  });

  test('that the test itself deleted is not told as that of a test that has ended', async () => {
    const tests = await startTestServer({}, named());
    const { upstream } = await tests.open(TITLE);
    await upstream.admin.deleteWorld(upstream.world);
    const late = await upstream.admin.state().catch((error: Error) => error.message);
    expect(late).toMatch(/^the world it-sells-\w+ was deleted/);
    await tests.close();
  });

  test('that is shared may be the one without a prefix', async () => {
    const tests = await startTestServer({ world: 'default' }, named());
    const { upstream } = await tests.open(TITLE);
    expect(upstream.url).toBe(server.upstream);
    await tests.close();
  });

  test('takes the key that is given, where the server knows its sellers', async () => {
    const tests = await startTestServer({ key: 'k-123' }, named());
    expect((await tests.open(TITLE)).upstream.key).toBe('k-123');
    await tests.close();
  });

  test('tells what it saw within bounds, and what cannot be read', async () => {
    const tests = await startTestServer({}, named());
    const { upstream, told, close } = await tests.open(TITLE);
    await using _fault = await upstream.on('flaky-503', { share: 1 });
    await upstream.admin.addRule({ id: 'by-hand', fault: 'latency', with: { fixed: '1ms' } });
    for (let n = 0; n < 25; n++) await fetch(`${upstream.url}/v1/sessions?limit=${n + 1}`);
    const lines = (await told()).split('\n');
    expect(lines).toHaveLength(22);
    expect(lines[0]).toContain(', the last 20:');
    expect(lines[20]).toContain('limit=25');
    expect(lines[21]).toBe('On in this test: flaky-503, by-hand');
    await close();
    expect(await told()).toMatch(/^What the upstream saw .* cannot be read: /);
    await tests.close();
  });
});
