// A soak: random kinds, clients that leave at random, heals at random; then the books beside what the kernel knows.
import fc from 'fast-check';
import { descriptorCount, kernelIsSeen, listeningPorts, ownSocketsOn } from '../support/kernel-sockets.ts';
import { metricOf, plainAdmin } from '../support/plain-admin.ts';
import { history, type Lived, live } from '../support/random-histories.ts';
import { passed } from './load/closed-loop.ts';
import { startShowstopper } from './subjects.ts';
import { printGoals, say } from './table.ts';

/** What lingers does so for 5 s, and what waits for 2. */
const DRAINED_MS = 10_000;

export async function soak(lastsMs: number): Promise<void> {
  if (!kernelIsSeen) {
    say('No soak: /proc/net/tcp is not to be had here.');
    return;
  }
  say(`A soak of ${Math.round(lastsMs / 1000)} s with random kinds, clients and heals`);
  const {
    pid,
    port,
    admin: url,
    stop,
  } = await startShowstopper({ part: 'anywhere', env: { SHOWSTOPPER_TLS_PORT: '0' } });
  const admin = plainAdmin(url);
  const tls = tlsPortOf(pid, [port, Number(new URL(url).port)]);
  const before = { descriptors: await settledCount(pid, admin) };
  const histories = await through({ ports: { plain: port, tls }, admin }, lastsMs);
  await admin('POST', '/v1/heal', {});
  await passed(DRAINED_MS);
  const { body } = await admin('GET', '/v1/state');
  const metrics = (await admin('GET', '/metrics')).body;
  const books = (await admin('GET', '/v1/connections?limit=1000')).body.data.length;
  const kernel = ownSocketsOn(port, pid).length + ownSocketsOn(tls, pid).length;
  const lost = (await settledCount(pid, admin)) - before.descriptors;
  await stop();
  say(`${histories} histories`);
  const zero = (what: string, value: number) => ({ what, value, digits: 0, atMost: 0 });
  printGoals([
    zero('requests in flight afterwards', body.inFlight),
    zero('held', body.held),
    zero('connections in the books', books),
    zero('connections of the kernel', kernel),
    zero('connections found over that had not said so', metricOf(metrics, 'showstopper_ghost_connections_total')),
    zero('descriptors more than before', Math.max(0, lost)),
  ]);
}

/** Lives through one history after another; gives how many. */
async function through(lived: Lived, lastsMs: number): Promise<number> {
  const began = performance.now();
  let seed = 1;
  for (; performance.now() - began < lastsMs; seed++) {
    const [steps] = fc.sample(history, { seed, numRuns: 1 });
    const endClients = await live(lived, steps ?? []);
    await lived.admin('POST', '/v1/heal', {});
    endClients();
  }
  return seed - 1;
}

/** Asked once before: what a first call opens for good is no loss. */
async function settledCount(pid: number, admin: Lived['admin']): Promise<number> {
  await admin('GET', '/metrics');
  await passed(500);
  return descriptorCount(pid);
}

/** The server says it in its ready line, which is read elsewhere; the kernel knows it too. */
function tlsPortOf(pid: number, others: readonly number[]): number {
  const port = listeningPorts(pid).find((one) => !others.includes(one));
  if (port === undefined) throw new Error('no TLS port');
  return port;
}
