// Requests a second of a page of sessions and of a seat map, beside servers that do nothing but answer the same bytes.
import { median, pairwise, processorMs } from './figures.ts';
import type { LoadProcess } from './load-process.ts';
import { ask, keep, LIST, requestFor } from './requests.ts';
import { type Subject, startCompared, startShowstopper } from './subjects.ts';
import { ms, printGoals, printTable, say, whole } from './table.ts';

export interface ThroughputPlan {
  readonly listRounds: number;
  readonly mapRounds: number;
  readonly sliceMs: number;
}

const CONNECTIONS = 32;
const RAMP_MS = 150;
const SEATS = 300;

interface Contender {
  readonly name: string;
  readonly subject: Subject;
  readonly path: string;
  /** Makes the server so; undone by the next one's. */
  prepare?(): Promise<unknown>;
  readonly perSecond: number[];
  readonly p50: number[];
  readonly p99: number[];
  readonly processorUs: number[];
}

export async function throughput(load: LoadProcess, plan: ThroughputPlan): Promise<void> {
  const showstopper = await startShowstopper();
  const map = await mapPath(showstopper);
  const upstream = `http://127.0.0.1:${showstopper.port}`;
  const answers = { [LIST]: await keep(upstream + LIST), [map]: await keep(upstream + map) };
  const raw = await startCompared('raw', answers);
  const koa = await startCompared('koa', answers);
  const bytes = (path: string): string => whole(Buffer.byteLength(answers[path]?.body ?? ''));
  try {
    const armed = await armedBy(showstopper);
    const list = [
      contender('raw node:http', raw, LIST),
      contender('bare Koa 3', koa, LIST),
      contender('Showstopper, nothing armed', showstopper, LIST, () => armed(0)),
      contender('Showstopper, 100 rules', showstopper, LIST, () => armed(100)),
      contender('Showstopper, 1,000 rules', showstopper, LIST, () => armed(1000)),
    ] as const;
    say(
      `GET ${LIST}: ${bytes(LIST)} bytes, ${CONNECTIONS} connections, ${plan.listRounds} rounds of ${plan.sliceMs} ms`,
    );
    await race(load, list, plan.listRounds, plan.sliceMs);
    const [ofRaw, ofKoa, none, hundred, thousand] = list;
    printGoals([
      ratio('nothing armed / raw', none, ofRaw, 0.75),
      ratio('nothing armed / bare Koa', none, ofKoa),
      ratio('100 rules that do not match / nothing armed', hundred, none, 0.95),
      ratio('1,000 rules that do not match / nothing armed', thousand, none, 0.9),
    ]);
    const maps = [
      contender('raw node:http', raw, map),
      contender('bare Koa 3', koa, map),
      contender('Showstopper, nothing armed', showstopper, map, () => armed(0)),
    ] as const;
    say(`Seat map of about ${SEATS} seats: ${bytes(map)} bytes, ${plan.mapRounds} rounds of ${plan.sliceMs} ms`);
    await race(load, maps, plan.mapRounds, plan.sliceMs);
    printGoals([ratio('seat map / raw', maps[2], maps[0]), ratio('seat map / bare Koa', maps[2], maps[1])]);
  } finally {
    await Promise.all([showstopper, raw, koa].map((subject) => subject.stop()));
  }
}

const contender = (name: string, subject: Subject, path: string, prepare?: () => Promise<unknown>): Contender => {
  const measured = { perSecond: [], p50: [], p99: [], processorUs: [] };
  return { name, subject, path, ...measured, ...(prepare && { prepare }) };
};

const ratio = (what: string, over: Contender, under: Contender, atLeast?: number) => {
  const of = pairwise(over.perSecond, under.perSecond);
  return { what, value: median(of), of, digits: 2, ...(atLeast !== undefined && { atLeast }) };
};

/** Every server once a round, so that all of them see the same machine; a first round warms them and is not counted. */
async function race(
  load: LoadProcess,
  contenders: readonly Contender[],
  rounds: number,
  sliceMs: number,
): Promise<void> {
  for (let round = 0; round <= rounds; round++)
    for (const { subject, path, prepare, ...measured } of contenders) {
      await prepare?.();
      const before = processorMs(subject.pid);
      const job = { port: subject.port, request: requestFor(path), connections: CONNECTIONS };
      const slice = await load.run({
        kind: 'closed',
        ...job,
        rampMs: round === 0 ? 2 * sliceMs : RAMP_MS,
        ms: sliceMs,
      });
      if (round === 0) continue;
      const share = sliceMs / (sliceMs + RAMP_MS);
      measured.perSecond.push(slice.perSecond);
      measured.p50.push(slice.p50);
      measured.p99.push(slice.p99);
      measured.processorUs.push(((processorMs(subject.pid) - before) * share * 1000) / slice.requests);
    }
  printTable(
    ['medians', 'requests/s', 'p50 ms', 'p99 ms', 'processor µs/request'],
    contenders.map(({ name, perSecond, p50, p99, processorUs }) => [
      name,
      whole(median(perSecond)),
      ms(median(p50)),
      ms(median(p99)),
      median(processorUs).toFixed(1),
    ]),
  );
}

/** Arms so many rules that are meant for other sellers, one each, in the place of those before. */
async function armedBy({ admin }: Subject): Promise<(count: number) => Promise<unknown>> {
  for (const count of [100, 1000]) {
    const rules = Array.from({ length: count }, (_, i) => ({ fault: 'hang', match: { clients: [`other-${i}`] } }));
    await ask(`${admin}/v1/profiles/bench-${count}`, 'PUT', { summary: 'Rules for other sellers.', rules });
  }
  return async (count) => {
    await ask(`${admin}/v1/heal`, 'POST', {});
    if (count > 0) await ask(`${admin}/v1/profiles/bench-${count}/activate`, 'POST', {});
  };
}

/** The path of the seat map that is nearest to the size looked for, by the seats that are free at the opening. */
async function mapPath({ port }: Subject): Promise<string> {
  const url = `http://127.0.0.1:${port}/v1/sessions?limit=100`;
  const { data } = await ask<{ data: { id: string; available: number }[] }>(url);
  const away = (session: { available: number }): number => Math.abs(session.available - SEATS);
  const [nearest] = data.sort((a, b) => away(a) - away(b));
  return `/v1/sessions/${nearest?.id}/seat-map`;
}
