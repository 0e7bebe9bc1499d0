// The doctor at a server that others use, and through what stands between: it touches nobody else and says what no longer holds.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Examination, examineAll, Unwell } from '../../src/doctor/doctor.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import type { Fault } from '../../src/faults/fault.ts';
import { actsOnRequests, actsOnWebhooks } from '../../src/faults/place-check.ts';
import { faultByName, faults } from '../../src/faults/registry.ts';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import type { RunningServer } from '../../src/server.ts';
import { startInProcess } from '../support/run-server.ts';
import { ask } from '../support/seller.ts';
import { openUserlandProxy, type UserlandProxy } from '../support/userland-proxy.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startInProcess({ SHOWSTOPPER_TLS_PORT: '0' });
});
afterAll(() => server.stop());

const portOf = (url = ''): number => Number(new URL(url).port);
const address = (port: number) => ({ host: '127.0.0.1', port });
const admin = () => createAdminClient({ url: server.admin });
const kind = (name: string): Fault => faultByName.get(name) as Fault;
const examine = (kinds: readonly Fault[], more: Partial<Examination> = {}): Promise<Finding[]> =>
  examineAll({
    kinds,
    own: false,
    everyone: false,
    key: 'doctor-afar',
    name: 'doctor-afar',
    watchMs: 1000,
    admin: admin(),
    upstream: address(portOf(server.upstream)),
    upstreamTls: address(portOf(server.upstreamTls)),
    ...more,
  });

/** What was too noisy to tell is examined again: a machine may be busy for a while. */
async function examineUntilClear(kinds: readonly Fault[], more: Partial<Examination>): Promise<Finding[]> {
  const findings = await examine(kinds, more);
  for (let round = 0; round < MAX_ROUNDS; round++)
    for (const [at, { trials }] of findings.entries())
      if (trials.some(({ verdict }) => verdict === 'noisy'))
        findings[at] = (await examine([kinds[at] as Fault], more))[0] as Finding;
  return findings;
}
const MAX_ROUNDS = 5;

describe('at a server that others use', () => {
  test('rules are for the doctor alone and for a minute, and those of others stay', async () => {
    await admin().addRule({ fault: 'latency', id: 'theirs', with: { fixed: '1ms' }, match: { clients: ['seller-a'] } });
    const armed: { readonly id?: string | undefined }[] = [];
    const watched = {
      ...admin(),
      addRule: (rule: Parameters<ReturnType<typeof admin>['addRule']>[0]) => {
        armed.push(rule);
        return admin().addRule(rule);
      },
    };
    const [finding] = await examine([kind('congestion-page')], { admin: watched });
    expect(finding?.verdict).toMatch(/^(ok|noisy)$/);
    const once = [...new Map(armed.map((rule) => [rule.id, rule])).values()]; // a trial that was too noisy is repeated
    expect(once.toSorted((a, b) => `${a.id}`.localeCompare(`${b.id}`))).toMatchObject(
      [1, 2].map((trial) => {
        const id = `doctor-afar/congestion-page/${trial}`;
        const match = { clients: ['doctor-afar'], headers: { 'x-doctor-trial': id } };
        return { fault: 'congestion-page', id, ttl: '61s', match };
      }),
    );
    expect((await admin().rules()).map(({ id }) => id)).toEqual(['theirs']);
    await admin().heal();
  });

  test('another seller is served as ever while a kind is examined', async () => {
    const statuses: Promise<number>[] = [];
    const watched = {
      ...admin(),
      async addRule(rule: Parameters<ReturnType<typeof admin>['addRule']>[0]) {
        const added = await admin().addRule(rule);
        statuses.push(ask(`${server.upstream}/v1/health`).then(({ status }) => status));
        return added;
      },
    };
    await examine([kind('hang')], { admin: watched });
    expect(new Set(await Promise.all(statuses))).toEqual(new Set([200]));
  });

  test('kinds that strike everybody are left out, and said so, until everyone is allowed', async () => {
    const striking = faults.filter((fault) => !actsOnRequests(fault) && !actsOnWebhooks(fault));
    for (const { verdict, reason } of await examine(striking)) {
      expect(verdict).toBe('skipped');
      expect(reason).toMatch(/strikes everybody.*--everyone/);
    }
    const [finding] = await examine([kind('reset-connection')], { everyone: true });
    expect(finding).toMatchObject({ verdict: expect.stringMatching(/^(ok|noisy)$/) });
  });

  test('it leaves no reservation and no order behind', async () => {
    const { boxOffice: before } = await admin().state();
    const about = ['phantom-success', 'early-expiry', 'stale-answer', 'double-charge', 'late-payment'];
    await examine([...about, 'completion-pending', 'forgotten-idempotency'].map(kind));
    expect((await admin().state()).boxOffice).toEqual(before);
  });

  test('what needs a payment page is left out where no order by redirect is taken', async () => {
    const strict = await startInProcess({ SHOWSTOPPER_RETURN_HOSTS: 'shop.example' });
    const there = { admin: createAdminClient({ url: strict.admin }), upstream: address(portOf(strict.upstream)) };
    const findings = await examine(['double-charge', 'late-payment'].map(kind), there);
    await strict.stop();
    expect(findings.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ['skipped', 'not well before it: 404'],
      ['skipped', 'not well before it: 404'],
    ]);
  });

  test('a doctor told to stop takes out what it armed', async () => {
    const stop = new AbortController();
    const found = (): void => stop.abort(new Error('stop'));
    await expect(examine(faults, { signal: stop.signal, found })).rejects.toThrow('stop');
    expect(await admin().rules()).toEqual([]);
  });

  test('a doctor whose admin fails while a kind is armed takes it out', async () => {
    let calls = 0;
    const failing = {
      ...admin(),
      async state() {
        if ((await admin().rules()).length > 0) throw new Error('no state');
        calls++;
        return admin().state();
      },
    };
    const flood = examine([kind('connection-flood')], { admin: failing, everyone: true });
    await expect(flood).rejects.toThrow('no state');
    expect(calls).toBeGreaterThan(0);
    expect(await admin().rules()).toEqual([]);
  });

  test('an upstream that is not of this admin is not examined', async () => {
    const other = await startInProcess();
    await expect(examine(faults, { upstream: address(portOf(other.upstream)) })).rejects.toThrow(Unwell);
    await other.stop();
    await expect(examine(faults, { upstream: address(portOf(other.upstream)) })).rejects.toThrow(
      /does not answer: refused/,
    );
  });
});

describe('through a userland proxy', () => {
  let proxies: readonly UserlandProxy[];
  beforeAll(async () => {
    proxies = [await openUserlandProxy(portOf(server.upstream)), await openUserlandProxy(portOf(server.upstreamTls))];
  });
  afterAll(() => Promise.all(proxies.map((proxy) => proxy.close())));

  test('exactly the kinds that hold only directly are said not to hold', async () => {
    const [plain, tls] = proxies.map(({ port }) => address(port));
    const findings = await examineUntilClear(faults, {
      ...{ everyone: true, upstreamTls: tls },
      ...(plain && { upstream: plain }),
    });
    const of = (verdict: string): string[] =>
      findings.flatMap(({ kind, trials }) =>
        trials.flatMap((trial, i) => (trial.verdict === verdict ? [`${kind} ${i}`] : [])),
      );
    const others = findings.filter(({ verdict }) => !['ok', 'lost', 'noisy'].includes(verdict));
    expect(others.map(({ kind: name, verdict }) => [name, verdict])).toEqual(
      faults.filter(actsOnWebhooks).map(({ name }) => [name, 'skipped']),
    );
    const directly = faults.flatMap(({ name, directOnly, signature: { trials = [{}] } }) =>
      trials.flatMap((trial, i) => (directOnly || trial.directOnly ? [`${name} ${i}`] : [])),
    );
    expect(of('lost')).toEqual(directly);
    for (const { verdict, reason } of findings)
      if (verdict === 'lost')
        expect(reason).toMatch(/something between changes it \(it sees us come from 127.0.0.1, and/);
  }, 180_000);
});
