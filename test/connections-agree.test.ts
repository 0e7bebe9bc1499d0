// Whatever kinds act, whoever leaves and whatever heals: what the books say of connections is what the kernel says.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { descriptorCount, kernelIsSeen, ownSocketsOn } from './support/kernel-sockets.ts';
import { metricOf, plainAdmin } from './support/plain-admin.ts';
import { type History, history, live } from './support/random-histories.ts';
import { startInProcess } from './support/run-server.ts';

/** Histories, each on a server of its own and all at the same time. */
const RUNS = 6;
/** Lingering takes 5 s of them. */
const DRAINED_MS = 40_000;
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

const portOf = (url: string | undefined): number => Number(new URL(url as string).port);

async function openServer() {
  const server = await startInProcess({ SHOWSTOPPER_TLS_PORT: '0' });
  const ports = { plain: portOf(server.upstream), tls: portOf(server.upstreamTls) };
  return { server, ports, admin: plainAdmin(server.admin) };
}
type Open = Awaited<ReturnType<typeof openServer>>;

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
  await expect.poll(() => kernel(open), { interval: 50, timeout: 10_000 }).toEqual([]);
  // What waits its time outlasts its client.
  await expect
    .poll(async () => (await admin('GET', '/v1/state')).body, { interval: 50, timeout: 15_000 })
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
  { timeout: 180_000 },
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
    await expect.poll(() => descriptorCount(), { interval: 50, timeout: 20_000 }).toBeLessThanOrEqual(before);
    await Promise.all(opens.map(({ server }) => server.stop()));
  },
);
