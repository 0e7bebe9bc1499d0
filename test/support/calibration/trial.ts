// One trial of a client: a world and a process of its own, a steady load, a fault, and the scorecard beside what is known of the client.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { RuleBody } from '../../../src/admin/contract/contract.ts';
import type { CriterionRow, Scorecard } from '../../../src/admin/contract/scorecard.ts';
import { createAdminClient } from '../../../src/sdk/admin-client.ts';
import type { RunningServer } from '../../../src/server.ts';
import { ask } from '../seller.ts';
import { Lanes } from './lanes.ts';
import type { MannerName } from './manners.ts';
import { LOOP_RESOLUTION_MS, lagOf, type Orders, type Report } from './messages.ts';

export interface Trial {
  readonly client: MannerName;
  /** Operations a second, all the time. */
  readonly perS: number;
  /** Until the fault; 0: it is in force from the beginning. */
  readonly calmMs: number;
  readonly faultMs: number;
  /** After the load, until what was begun is done; the fault goes on. */
  readonly settleMs: number;
  readonly fault: RuleBody;
}

/** Later loops than this, of the client or of the server, make a figure worth nothing. */
const MAX_LAG_MS = 20;

export interface Outcome extends Report {
  /** Of the server, over the same time. */
  readonly serverLagMs: number;
  /** From when the fault is in force, in epoch milliseconds. */
  readonly faultAt: number;
  readonly scorecard: Scorecard;
  /** Throws where there is no such criterion. */
  row(name: string): CriterionRow;
}

/** Why its figures cannot be trusted; undefined where they can. */
export function whyInconclusive({ lagMs, serverLagMs }: Outcome): string | undefined {
  if (Math.max(lagMs, serverLagMs) <= MAX_LAG_MS) return undefined;
  return `loops were late by ${lagMs.toFixed(1)} ms (client) and ${serverLagMs.toFixed(1)} ms (server), p99; ${MAX_LAG_MS} ms are allowed`;
}

let worlds = 0;
/** Processes that start together would take the machine from those that are measured. */
const starting = new Lanes(1);

/** Rejects where the client ends before it has reported. */
export async function run(trial: Trial, server: RunningServer): Promise<Outcome> {
  const name = `calibration-${++worlds}`;
  const process = createAdminClient({ url: server.admin });
  const { path } = await process.putWorld(name, { catalog: 'festival' });
  const base = `${server.upstream}${path}`;
  const child = await starting.take(() => started(trial.client));
  try {
    const report = await underLoad(trial, { base, session: await onSale(base), admin: process.world(name), child });
    const [scorecard] = await process.world(name).scorecard({ client: 'shop', demand: `${trial.perS}/s` });
    if (!scorecard) throw new Error(`${trial.client} was not seen`);
    return { ...report, scorecard, row: (wanted) => rowOf(scorecard, wanted) };
  } finally {
    child.disconnect();
    if (child.exitCode === null) await once(child, 'exit');
    await process.deleteWorld(name);
  }
}

interface Staged {
  readonly base: string;
  readonly session: string;
  readonly admin: ReturnType<typeof createAdminClient>;
  readonly child: ChildProcess;
}

async function underLoad(
  { perS, calmMs, faultMs, settleMs, fault }: Trial,
  { base, session, admin, child }: Staged,
): Promise<Report & Pick<Outcome, 'serverLagMs' | 'faultAt'>> {
  if (calmMs === 0) await admin.addRule(fault);
  const loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  const reported = heard(child);
  loop.enable();
  const begunAt = Date.now();
  child.send({ base, session, perS, forMs: calmMs + faultMs, settleMs } satisfies Orders);
  if (calmMs > 0) await sleep(calmMs).then(() => admin.addRule(fault));
  const faultAt = calmMs > 0 ? Date.now() : begunAt;
  const report = (await reported) as Report;
  loop.disable();
  return { ...report, serverLagMs: lagOf(loop), faultAt };
}

async function started(client: MannerName): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('client.ts', import.meta.url));
  const child = fork(script, [client], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  await heard(child);
  return child;
}

/** What it says next. */
const heard = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`the client ended with status ${code}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message);
    });
  });

async function onSale(base: string): Promise<string> {
  const headers = { authorization: 'Bearer scout' };
  const { body } = await ask(`${base}/v1/sessions?status=on_sale&limit=1`, { headers });
  return body.data[0].id;
}

function rowOf({ criteria }: Scorecard, wanted: string): CriterionRow {
  const row = criteria.find(({ name }) => name === wanted);
  if (!row) throw new Error(`there is no criterion ${wanted}`);
  return row;
}
