// What a world costs: to make one, to keep one untouched or used, and a request when traffic goes to many of them.
import { median, pairwise, processorMs, residentKb } from './figures.ts';
import { passed } from './load/closed-loop.ts';
import type { LoadProcess } from './load-process.ts';
import { ask, fetchAnswer, keep, LIST, requestFor } from './requests.ts';
import type { KeptAnswer } from './servers/answers.ts';
import { collectGarbage, type Subject, startCompared, startShowstopper } from './subjects.ts';
import { printGoals, say, whole } from './table.ts';

export interface WorldsPlan {
  /** At once, of each sort. */
  readonly count: number;
  readonly rounds: number;
  readonly sliceMs: number;
}

const PURCHASES = 20;
const ENTRIES = 200;
/** A purchase is three requests. */
const LISTS = ENTRIES - 3 * PURCHASES;
const AT_ONCE = 16;
const CONNECTIONS = 32;
const SETTLE_MS = 500;
/** Worlds that warm a server, so that what it loads once is not taken for the price of a world. */
const WARM_UP = 20;

export async function worlds(load: LoadProcess, { count, rounds, sliceMs }: WorldsPlan): Promise<void> {
  say(`${whole(count)} worlds at once: untouched, and with ${PURCHASES} purchases and ${ENTRIES} journal entries each`);
  const env = { SHOWSTOPPER_WORLDS_MAX: '5000', SHOWSTOPPER_CATALOG: 'small' };
  const subject = await startShowstopper({ collectable: true, env });
  try {
    await each(WARM_UP, (at) => use(subject, `warm-${at}`));
    const empty = await resident(subject);
    const madeMs = await make(subject, count);
    const untouched = await resident(subject);
    await each(count, (at) => use(subject, worldAt(at)));
    const used = await resident(subject);
    const { ours, raw } = await race(load, subject, { count, rounds, sliceMs });
    printGoals([
      { what: 'kB an untouched world', value: (untouched - empty) / count, digits: 1, atMost: 60 },
      { what: 'kB a used world', value: (used - empty) / count, digits: 1, atMost: 200 },
      { what: 'to make one more, median', value: madeMs, digits: 2, unit: ' ms', atMost: 1 },
      {
        what: `processor time a request to ${whole(count)} worlds / to one of them`,
        value: median(ours),
        of: ours,
        digits: 2,
        atMost: 1.05,
      },
      {
        what: `the same of raw node:http, which has ${whole(count)} bodies and nothing else`,
        value: median(raw),
        of: raw,
        digits: 2,
      },
    ]);
  } finally {
    await subject.stop();
  }
}

const worldAt = (at: number): string => `bench-${at}`;

/** Declares them one after the other; gives what that takes longer than to be told that one is there. */
async function make({ admin }: Subject, count: number): Promise<number> {
  const [making, knowing]: [number[], number[]] = [[], []];
  for (let at = 0; at < count; at++)
    for (const times of [making, knowing]) {
      const began = performance.now();
      await ask(`${admin}/v1/worlds/${worldAt(at)}`, 'PUT', {});
      times.push(performance.now() - began);
    }
  return median(making) - median(knowing);
}

/** Buys and looks around as a test would. */
async function use({ port }: Subject, world: string): Promise<void> {
  const url = `http://127.0.0.1:${port}/w/${world}`;
  let asked = 0;
  const sell = async (path: string, body: object): Promise<string> => {
    const answer = await fetchAnswer(url + path, 'POST', body, { 'idempotency-key': `${++asked}` });
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.body}`);
    return (JSON.parse(answer.body) as { id: string }).id;
  };
  const { data } = await ask<{ data: { id: string }[] }>(`${url}/v1/sessions?status=on_sale&limit=20`);
  for (let bought = 0; bought < PURCHASES; bought++) {
    const session = data[bought % data.length]?.id;
    const seats = { bestAvailable: { count: 1 }, customerRef: `c-${bought}` };
    const reservationId = await sell(`/v1/sessions/${session}/reservations`, seats);
    const order = await sell('/v1/orders', {
      ...{ reservationId, externalRef: `r-${bought}`, payment: { method: 'seller' } },
      customer: { name: 'Ada', phone: '0912' },
    });
    await sell(`/v1/orders/${order}/complete`, { paymentReference: 'paid' });
  }
  for (let listed = 1; listed < LISTS; listed++) await fetchAnswer(url + LIST);
}

/** Some at a time, until so many are done. */
async function each(count: number, act: (at: number) => Promise<void>): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) await act(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/**
 * Ratios of the processor time a request, round by round; a first round warms and is not counted. A plain server with the
 * answers of all worlds shows how much of it is that memory which is not asked for again soon has to be fetched.
 */
async function race(
  load: LoadProcess,
  subject: Subject,
  { count, rounds, sliceMs }: WorldsPlan,
): Promise<{ readonly ours: readonly number[]; readonly raw: readonly number[] }> {
  const paths = Array.from({ length: count }, (_none, at) => `/w/${worldAt(at)}${LIST}`);
  const plain = await startCompared('raw', await answersAt(subject, paths));
  try {
    const many = paths.map(requestFor);
    const one = many.map(() => many[0] as string);
    const ours: Times = { one: [], many: [] };
    const raw: Times = { one: [], many: [] };
    for (let round = 0; round <= rounds; round++)
      for (const [name, request] of [['one', one] as const, ['many', many] as const])
        for (const [{ pid, port }, times] of [[subject, ours] as const, [plain, raw] as const]) {
          const before = processorMs(pid);
          const job = { port, request, connections: CONNECTIONS, rampMs: 0, ms: sliceMs };
          const { requests } = await load.run({ kind: 'closed', ...job });
          if (round > 0 && requests > 0) times[name].push((processorMs(pid) - before) / requests);
        }
    return { ours: pairwise(ours.many, ours.one), raw: pairwise(raw.many, raw.one) };
  } finally {
    await plain.stop();
  }
}

interface Times {
  readonly one: number[];
  readonly many: number[];
}

async function answersAt({ port }: Subject, paths: readonly string[]): Promise<Record<string, KeptAnswer>> {
  const answers: Record<string, KeptAnswer> = {};
  for (const path of paths) answers[path] = await keep(`http://127.0.0.1:${port}${path}`);
  return answers;
}

/** Several collections: what the first frees may be what keeps the rest. */
async function resident(subject: Subject): Promise<number> {
  for (let i = 0; i < 3; i++) {
    collectGarbage(subject);
    await passed(SETTLE_MS);
  }
  return residentKb(subject.pid);
}
