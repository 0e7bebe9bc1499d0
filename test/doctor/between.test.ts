// The doctor behind what answers in our place: no kind is called ok by an answer that is not ours, and none a lie for it.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Examination, examineAll } from '../../src/doctor/doctor.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import type { WireEnding } from '../../src/doctor/probe.ts';
import { facetsOf } from '../../src/doctor/promise.ts';
import type { Fault } from '../../src/faults/fault.ts';
import { faultByName } from '../../src/faults/registry.ts';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import type { RunningServer } from '../../src/server.ts';
import { type AnsweringProxy, openAnsweringProxy } from '../support/answering-proxy.ts';
import { haproxyVersion, startHaproxy } from '../support/haproxy.ts';
import { isMissing } from '../support/missing.ts';
import { plantMutants } from '../support/mutants.ts';
import { nginxVersion, startNginx } from '../support/nginx.ts';
import { startInProcess } from '../support/run-server.ts';

const isSkipped = isMissing(
  'the doctor behind proxies needs nginx and HAProxy, on Linux: apt-get install -y nginx-light haproxy',
  nginxVersion() !== undefined && haproxyVersion() !== undefined,
);

let server: RunningServer;
beforeAll(async () => {
  server = await startInProcess();
});
afterAll(() => server.stop());

const kind = (name: string): Fault => faultByName.get(name) as Fault;
const examine = (port: number, kinds: readonly Fault[], more: Partial<Examination> = {}): Promise<Finding[]> =>
  examineAll({
    kinds,
    own: false,
    everyone: false,
    key: 'doctor-between',
    name: 'doctor-between',
    admin: createAdminClient({ url: server.admin }),
    upstream: { host: '127.0.0.1', port },
    ...more,
  });
const portOf = (url: string): number => Number(new URL(url).port);
/** A busy machine may blur what holds, and never what does not. */
const WELL = expect.stringMatching(/^(ok|noisy)$/);
const verdicts = (findings: readonly Finding[]) => Object.fromEntries(findings.map((one) => [one.kind, one.verdict]));

describe('a proxy that answers 504 after a while', () => {
  let proxy: AnsweringProxy;
  beforeAll(async () => {
    proxy = await openAnsweringProxy(portOf(server.upstream), { patienceMs: 5000 });
  });
  afterAll(() => proxy.close());

  test('is told by what it says, and by when, though it comes later than what is watched where nothing is between', async () => {
    const [hang, after, page] = await examine(proxy.port, ['hang', 'hang-after-work', 'congestion-page'].map(kind));
    for (const finding of [hang, after]) {
      expect(finding).toMatchObject({ verdict: 'lost', observed: expect.stringMatching(/^whole, /) });
      expect(finding?.reason).toMatch(/something between answers in our place, with 504 after [5-9]\d{3} ms/);
      expect(finding?.reason).toMatch(/it sees us come from 127.0.0.1, and we come from/);
    }
    expect(page?.verdict).toEqual(WELL);
  });

  test('does not excuse a server whose own journal says otherwise', async () => {
    const { kinds, uproot } = plantMutants();
    const lies = [...kinds].flatMap(([{ name }, fault]) =>
      /answers after 2 s|another status/.test(name) ? [fault] : [],
    );
    const findings = await examine(proxy.port, lies);
    uproot();
    expect(findings.map(({ verdict }) => verdict)).toEqual(['lies', 'lies']);
  });
});

test('what says that it closes is as it should be, whether or not it was seen to close before nobody looked any more', () => {
  const told = (ending: WireEnding, connection: string) => ({
    sight: {
      ending,
      status: 503,
      said: 'HTTP',
      whole: true,
      pairs: [],
      headers: new Map([['connection', connection]]),
    },
    worked: false,
  });
  const endingAs = (seen: WireEnding, honest: WireEnding, connection: string) => {
    const both = { seen: told(seen, connection), honest: told(honest, connection), honestLateMs: 0 };
    const shows = kind('congestion-page').signature.shows;
    return facetsOf(shows, both as unknown as Parameters<typeof facetsOf>[1])[2];
  };
  expect(endingAs('open', 'fin', 'close')).toMatchObject({ verdict: 'holds' });
  expect(endingAs('fin', 'open', 'close')).toMatchObject({ verdict: 'holds' });
  expect(endingAs('fin', 'open', 'keep-alive')).toMatchObject({ verdict: 'fails' });
  expect(endingAs('rst', 'fin', 'close')).toMatchObject({ verdict: 'fails' });
});

describe.skipIf(isSkipped)('real ones', () => {
  test('behind nginx what it answers for is lost, and nothing is called a lie', async () => {
    const limits = { workerConnections: 64, openFiles: 256, readTimeout: '1s' };
    const nginx = await startNginx(server.upstream, limits);
    const names = [
      'hang',
      'lost-reply',
      'empty-reply',
      'hang-after-work',
      'stall-body',
      'error-status',
      'congestion-page',
    ];
    const findings = await examine(portOf(nginx.url), names.map(kind), { watchMs: 2500 });
    await nginx.stop();
    expect(verdicts(findings)).toMatchObject({
      hang: 'lost',
      'lost-reply': 'lost',
      'empty-reply': 'lost',
      'hang-after-work': 'lost',
      'stall-body': 'lost',
      'error-status': WELL,
      'congestion-page': WELL,
    });
    expect(findings[0]?.reason).toMatch(/answers in our place, with 504 .*server: nginx/);
  });

  test('behind HAProxy as well', async () => {
    const haproxy = await startHaproxy(server.upstream, { maxconn: 50, queueMs: 1000 });
    const findings = await examine(
      portOf(haproxy.url),
      ['lost-reply', 'empty-reply', 'garbage', 'error-status'].map(kind),
    );
    await haproxy.stop();
    expect(verdicts(findings)).toEqual({
      'lost-reply': 'lost',
      'empty-reply': 'lost',
      garbage: 'lost',
      'error-status': WELL,
    });
    expect(findings[1]?.reason).toMatch(/something between answers in our place, with 502/);
  });
});
