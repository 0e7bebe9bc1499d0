// What a connection costs that is held and never answered, how the admin listener fares meanwhile, and how soon all heal.
import { AdminWatch, type Watched } from './admin-watch.ts';
import { openFilesLimit, quantile, residentKb } from './figures.ts';
import { passed } from './load/closed-loop.ts';
import type { LoadProcess } from './load-process.ts';
import { ask, LIST, requestFor } from './requests.ts';
import { COMPARED, collectGarbage, type Subject, startCompared, startShowstopper } from './subjects.ts';
import { ms, printGoals, printTable, say, whole } from './table.ts';

export interface HeldPlan {
  readonly connections: number;
  readonly watchMs: number;
}

/** Descriptors that a process needs besides. */
const SPARE_FILES = 1000;
/** Connections that warm a server, so that what it loads once is not taken for the price of a connection. */
const WARM_UP = 1000;
const SETTLE_MS = 700;
const MAX_MS = 30_000;

interface Holder {
  readonly subject: Subject;
  readonly path: string;
  /** Requests that the server is holding. */
  count(): Promise<number>;
}

export async function held(load: LoadProcess, { connections, watchMs }: HeldPlan): Promise<void> {
  const count = Math.min(connections, openFilesLimit() - SPARE_FILES);
  say(`${whole(count)} connections with one request each that is never answered; resident memory after a collection`);
  const perConnection: string[][] = [];
  for (const name of COMPARED) {
    const subject = await startCompared(name, {}, { collectable: true });
    const url = `http://127.0.0.1:${subject.port}/held`;
    const kb = await priceOf(load, { subject, path: '/hang', count: () => ask<number>(url) }, count);
    await load.run({ kind: 'let-go' });
    await subject.stop();
    perConnection.push([name === 'raw' ? 'raw node:http' : 'bare Koa 3', kb.toFixed(1)]);
  }
  const showstopper = await startShowstopper({ collectable: true });
  const { admin } = showstopper;
  await ask(`${admin}/v1/profiles/upstream-hang/activate`, 'POST', {});
  const holding = (): Promise<number> => heldBy(admin);
  const kb = await priceOf(load, { subject: showstopper, path: LIST, count: holding }, count);
  printTable(['', 'kB a connection'], [...perConnection, ['Showstopper, upstream-hang', kb.toFixed(1)]]);
  await healing(load, showstopper, watchMs, kb);
  await showstopper.stop();
}

async function healing(load: LoadProcess, { admin }: Subject, watchMs: number, kb: number): Promise<void> {
  const meanwhile = await watchedFor(admin, () => passed(watchMs));
  let healed: { dropped: number; ms: number } | undefined;
  let tookMs = 0;
  const during = await watchedFor(admin, async () => {
    await passed(200);
    const began = performance.now();
    healed = await ask<{ dropped: number; ms: number }>(`${admin}/v1/heal`, 'POST', {});
    tookMs = performance.now() - began;
    await passed(500);
  });
  const { endedByServer } = await load.run({ kind: 'let-go' });
  say(
    `Healed ${whole(healed?.dropped ?? 0)}, by its own account in ${healed?.ms} ms; ${whole(endedByServer)} clients saw it.`,
  );
  printGoals([
    { what: 'kB a held connection', value: kb, digits: 1, atMost: 16 },
    { what: 'admin p50 while all are held', value: quantile(meanwhile.ms, 0.5), digits: 1, unit: ' ms' },
    { what: 'admin p99 while all are held', value: quantile(meanwhile.ms, 0.99), digits: 1, unit: ' ms', atMost: 50 },
    { what: 'time to heal them all', value: tookMs, digits: 0, unit: ' ms', atMost: 1000 },
    { what: 'slowest admin answer during heal', value: Math.max(...during.ms), digits: 1, unit: ' ms', atMost: 150 },
  ]);
  say(
    `Admin answers: ${meanwhile.ms.length} while held (p99 of /healthz alone ${ms(healthP99(meanwhile))} ms), ${during.ms.length} during heal.\n`,
  );
}

const healthP99 = ({ ms: all }: Watched): number =>
  quantile(
    all.filter((_ms, i) => i % 2 === 0),
    0.99,
  );

async function watchedFor(admin: string, act: () => Promise<unknown>): Promise<Watched> {
  const watch = new AdminWatch(admin);
  await act();
  return watch.stop();
}

/** Resident kB for each connection more. */
async function priceOf(load: LoadProcess, holder: Holder, count: number): Promise<number> {
  const { port } = holder.subject;
  const request = requestFor(holder.path);
  await load.run({ kind: 'hold', port, request, connections: WARM_UP });
  await until(holder, (now) => now >= WARM_UP);
  await load.run({ kind: 'let-go' });
  const already = await settled(holder);
  const before = await resident(holder);
  await load.run({ kind: 'hold', port, request, connections: count });
  await until(holder, (now) => now >= already + count);
  return ((await resident(holder)) - before) / count;
}

/** Those that compare count what they have held ever; Showstopper counts what it holds now. */
async function settled(holder: Holder): Promise<number> {
  await passed(SETTLE_MS);
  return holder.count();
}

/** Several collections: what the first frees may be what keeps the rest. */
async function resident({ subject }: Holder): Promise<number> {
  for (let i = 0; i < 3; i++) {
    await passed(SETTLE_MS / 2);
    collectGarbage(subject);
  }
  await passed(SETTLE_MS);
  return residentKb(subject.pid);
}

async function until(holder: Holder, enough: (count: number) => boolean): Promise<void> {
  const began = performance.now();
  while (!enough(await holder.count())) {
    if (performance.now() - began > MAX_MS) throw new Error('not all connections were held in time');
    await passed(50);
  }
}

async function heldBy(admin: string): Promise<number> {
  const { data } = await ask<{ data: { held: number }[] }>(`${admin}/v1/rules`);
  return data.reduce((sum, rule) => sum + rule.held, 0);
}
