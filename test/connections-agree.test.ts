// Whatever kinds act, whoever leaves and whatever heals: what the books say of connections is what the kernel says.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { descriptorCount, kernelIsSeen, ownSocketsOn } from './support/kernel-sockets.ts';
import { metricOf, plainAdmin } from './support/plain-admin.ts';
import { type ClientScript, clientScript, startClient } from './support/random-clients.ts';
import { startInProcess } from './support/run-server.ts';

/** Histories, each on a server of its own and all at the same time. */
const RUNS = 6;
/** Longest of a history, without what lingers after it. */
const HISTORY_MS = 1500;
/** Lingering takes 5 s of them. */
const DRAINED_MS = 14_000;
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

/** Their share can only be 1. */
const DOOR_KINDS: ReadonlySet<string> = new Set(['refuse-connection', 'dark-door', 'connection-slots']);

const rule = fc.record({
  share: fc.constantFrom(1, 0.7, 0.4),
  ttl: fc.constantFrom(undefined, undefined, '150ms', '400ms'),
  connections: fc.constantFrom(undefined, 'new', 'all', 'sever'),
  kind: fc.constantFrom(
    { fault: 'idle-close', with: { after: '40ms' } },
    { fault: 'idle-close', with: { after: '40ms', onNextRequest: true } },
    { fault: 'reset-after', with: { afterBytes: 0 } },
    { fault: 'reset-after', with: { afterBytes: 300 } },
    { fault: 'reset-after', with: { after: '80ms' } },
    { fault: 'reset-connection' },
    { fault: 'silent-connection' },
    { fault: 'refuse-connection' },
    { fault: 'dark-door' },
    { fault: 'slow-close', with: { delay: '200ms' } },
    { fault: 'slow-close', with: { delay: '20s' } },
    { fault: 'throttle', with: { bytesPerSecond: 2000 } },
    { fault: 'connection-slots', with: { slots: 0 } },
    { fault: 'connection-slots', with: { slots: 2 } },
    { fault: 'connection-slots', with: { slots: 2, waiting: 1 } },
    { fault: 'connection-slots', with: { slots: 2, waiting: 0, overflow: 'unavailable' } },
    { fault: 'connection-slots', with: { slots: 3, waiting: 0, overflow: 'shut' } },
    { fault: 'tls-stall' },
    { fault: 'tls-reset' },
    { fault: 'tls-bad-certificate' },
    { fault: 'hang' },
    { fault: 'hang-after-work' },
    { fault: 'latency', with: { fixed: '150ms' } },
    { fault: 'latency', with: { fixed: '2s' } },
    { fault: 'lost-reply' },
    { fault: 'lost-reply', with: { afterBytes: 40 } },
    { fault: 'stall-body' },
    { fault: 'truncated-body' },
    { fault: 'slow-body', with: { bytesPerSecond: 400 } },
    { fault: 'empty-reply' },
    { fault: 'garbage' },
    { fault: 'early-hints-forever', with: { every: '20ms' } },
    { fault: 'partial-outage', with: { nodes: 2, bad: 1, how: 'hang' } },
    { fault: 'partial-outage', with: { nodes: 2, bad: 1, how: 'reset' } },
  ),
});
type Rule = typeof rule extends fc.Arbitrary<infer Value> ? Value : never;

type Step =
  | { readonly does: 'client'; readonly script: ClientScript }
  | { readonly does: 'arm'; readonly rule: Rule }
  | { readonly does: 'delete' | 'sever' | 'reset' }
  | { readonly does: 'heal'; readonly release: string | undefined };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 14, arbitrary: fc.record({ does: fc.constant('client' as const), script: clientScript }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('arm' as const), rule }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constantFrom('delete' as const, 'sever' as const, 'reset' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('heal' as const),
      release: fc.constantFrom(undefined, 'drop', 'answer'),
    }),
  },
);
const history = fc.array(fc.record({ at: fc.nat(HISTORY_MS), step }), { minLength: 60, maxLength: 100 });
type History = typeof history extends fc.Arbitrary<infer Value> ? Value : never;

const portOf = (url: string | undefined): number => Number(new URL(url as string).port);

async function openServer() {
  const server = await startInProcess({ SHOWSTOPPER_TLS_PORT: '0' });
  const ports = { plain: portOf(server.upstream), tls: portOf(server.upstreamTls) };
  return { server, ports, admin: plainAdmin(server.admin) };
}
type Open = Awaited<ReturnType<typeof openServer>>;

/** Lives through it; how to end all clients. */
async function live({ ports, admin }: Open, steps: History): Promise<() => void> {
  const ends: (() => void)[] = [];
  const act = async (next: Step): Promise<void> => {
    if (next.does === 'client') ends.push(startClient(ports, next.script));
    else if (next.does === 'heal') await admin('POST', '/v1/heal', { release: next.release });
    else if (next.does === 'sever') await admin('POST', '/v1/connections/sever', {});
    else if (next.does === 'reset') await admin('POST', '/v1/reset', {});
    else if (next.does === 'arm') {
      const { kind, ...how } = next.rule;
      const share = DOOR_KINDS.has(kind.fault) ? 1 : how.share;
      expect(await admin('POST', '/v1/rules', { ...kind, ...how, share })).toMatchObject({ status: 201 });
    } else {
      const { body } = await admin('GET', '/v1/rules');
      if (body.data[0]) await admin('DELETE', `/v1/rules/${body.data[0].id}`);
    }
  };
  await Promise.all(
    steps.map(async ({ at, step: next }) => {
      await new Promise((resolve) => setTimeout(resolve, at));
      await act(next);
    }),
  );
  return () => {
    for (const end of ends) end();
  };
}

const books = async ({ admin }: Open): Promise<number> =>
  (await admin('GET', '/v1/connections?limit=1000')).body.data.length;
const kernel = ({ ports }: Open): string[] => [...ownSocketsOn(ports.plain), ...ownSocketsOn(ports.tls)];

/** Books and kernel side by side, until they agree. */
async function agree(open: Open, about: string): Promise<void> {
  await expect
    .poll(async () => (await books(open)) - kernel(open).length, { interval: 50, timeout: DRAINED_MS, message: about })
    .toBe(0);
}

async function nothingIsLeft(open: Open): Promise<void> {
  const { admin } = open;
  await expect
    .poll(async () => (await admin('GET', '/v1/connections')).body.data, { interval: 50, timeout: DRAINED_MS })
    .toEqual([]);
  await expect.poll(() => kernel(open), { interval: 50, timeout: 1000 }).toEqual([]);
  // What waits its time outlasts its client.
  await expect
    .poll(async () => (await admin('GET', '/v1/state')).body, { interval: 50, timeout: 3000 })
    .toMatchObject({ inFlight: 0, held: 0, connections: 0, journal: { open: 0 } });
  const metrics = (await admin('GET', '/metrics')).body;
  expect(metricOf(metrics, 'showstopper_ghost_connections_total')).toBe(0);
  expect((await admin('GET', '/readyz')).status).toBe(200);
}

/** One that serves has a free slot for each newcomer. */
async function servesAgain({ admin, server }: Open): Promise<void> {
  await admin('POST', '/v1/rules', { fault: 'connection-slots', with: { slots: 1, waiting: 0 } });
  expect((await plainAdmin(server.upstream)('GET', '/v1/health')).status).toBe(200);
  await admin('POST', '/v1/heal', {});
}

if (!kernelIsSeen) process.stderr.write('connections-agree: SKIPPED, since /proc/net/tcp is not to be had here\n');
test.skipIf(!kernelIsSeen)(
  `after random histories, books, kernel and descriptors agree (SEED=${SEED})`,
  { timeout: 60_000 },
  async () => {
    const histories = fc.sample(history, { seed: SEED, numRuns: RUNS });
    const opens = await Promise.all(histories.map(openServer));
    await Promise.all(opens.map(({ admin }) => admin('GET', '/v1/state')));
    const before = descriptorCount();
    await Promise.all(
      opens.map(async (open, index) => {
        const endClients = await live(open, histories[index] as History);
        await open.admin('POST', '/v1/heal', {});
        await agree(open, `history ${index}, its clients there`);
        endClients();
        await nothingIsLeft(open);
        await servesAgain(open);
      }),
    );
    await expect.poll(descriptorCount, { interval: 50, timeout: 7000 }).toBeLessThanOrEqual(before);
    await Promise.all(opens.map(({ server }) => server.stop()));
  },
);
