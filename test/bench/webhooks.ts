// How many webhooks a second go to a receiver that answers at once, alone and beside another that never answers.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { median, pairwise, processorMs } from './figures.ts';
import { passed } from './load/closed-loop.ts';
import { ask } from './requests.ts';
import { reserve } from './reserve.ts';
import { type Subject, startShowstopper } from './subjects.ts';
import { printGoals, say, whole } from './table.ts';

export interface WebhooksPlan {
  /** Of each burst; no more than a queue holds. */
  readonly count: number;
  readonly rounds: number;
}

const MAX_BURST_MS = 30_000;
const LOOK_EVERY_MS = 1;

export async function webhooks({ count, rounds }: WebhooksPlan): Promise<void> {
  say(`${whole(count)} webhooks at once to one receiver: alone, and beside one that never answers`);
  const fast = await receiver();
  const hanging = await receiver(false);
  const subject = await startShowstopper();
  const endpoint = (at: Receiver) => ask<{ id: string }>(`${subject.admin}/v1/webhooks`, 'POST', hookAt(at));
  try {
    await endpoint(fast);
    await burst(subject, fast, count); // warms
    const [alone, beside, cpuMs]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round < rounds; round++) {
      const quiet = await burst(subject, fast, count);
      const { id } = await endpoint(hanging);
      const loud = await burst(subject, fast, count);
      await ask(`${subject.admin}/v1/webhooks/${id}`, 'DELETE');
      alone.push(quiet.perSecond);
      beside.push(loud.perSecond);
      cpuMs.push(quiet.cpuMs);
    }
    const ratios = pairwise(beside, alone);
    printGoals([
      { what: 'webhooks a second', value: median(alone), of: alone, digits: 0, atLeast: 1000 },
      { what: 'processor time of one, ms', value: median(cpuMs), of: cpuMs, digits: 3 },
      { what: 'beside one that hangs / alone', value: median(ratios), of: ratios, digits: 2, atLeast: 0.9 },
    ]);
  } finally {
    await subject.stop();
    for (const { server } of [fast, hanging]) {
      server.closeAllConnections();
      server.close();
    }
  }
}

interface Receiver {
  readonly server: Server;
  readonly url: string;
  received: number;
}

async function receiver(answers = true): Promise<Receiver> {
  const server = createServer((request, response) => {
    made.received++;
    request.resume();
    if (answers) response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const made: Receiver = {
    server,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received: 0,
  };
  return made;
}

const hookAt = ({ url }: Receiver) => ({ client: 'anonymous', url });

/** Reservations that lapse in one moment, each told by a webhook. */
async function burst({ port, admin, pid }: Subject, fast: Receiver, count: number) {
  await ask(`${admin}/v1/reset`, 'POST', {});
  await reserve(`http://127.0.0.1:${port}`, count);
  const [before, cpu, began] = [fast.received, processorMs(pid), performance.now()];
  await ask(`${admin}/v1/clock`, 'POST', { advance: '20m' });
  while (fast.received - before < count) {
    if (performance.now() - began > MAX_BURST_MS)
      throw new Error(`${fast.received - before} of ${count} webhooks came in ${MAX_BURST_MS} ms`);
    await passed(LOOK_EVERY_MS);
  }
  const ms = performance.now() - began;
  return { perSecond: (count / ms) * 1000, cpuMs: (processorMs(pid) - cpu) / count };
}
