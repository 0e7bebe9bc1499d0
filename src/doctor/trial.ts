// One trial of a kind: what its plan sends, under the fault or without it, and what was seen.
import type { Signature } from '../faults/fault.ts';
import type { Patient } from './patient.ts';
import { LOOKUP, PLANS, type Plan, RELEASE } from './plans.ts';
import type { Sight } from './probe.ts';
import type { Seen } from './promise.ts';
import type { TlsSight } from './tls-probe.ts';

/** How long what is held is watched, beside many times what an honest answer takes; and what is whole is watched on. */
const HELD_MS = 300;
const HELD_TIMES = 10;
const LINGER_MS = 50;
/** What should come to an end is waited for so long. */
const END_WITHIN_MS = 5000;

/** Puts the fault in force and takes it out again; both are done before the trial goes on. */
export interface Lever {
  arm(): Promise<void>;
  disarm(): Promise<void>;
  /** What the same took without the fault, milliseconds. */
  readonly honestMs: number;
}

export const planOf = ({ trial }: Signature): Plan => PLANS[trial?.stimulus ?? 'one-request'];

/** Without a lever, everything is as ever, and what the signature promises is not waited for. */
export async function runTrial(patient: Patient, signature: Signature, lever?: Lever): Promise<Seen> {
  const plan = planOf(signature);
  const { shows } = signature;
  const made: string[] = [];
  for (const question of plan.before ?? []) note(made, await patient.ask(question));
  const idle = await patient.connections();
  try {
    await lever?.arm();
    if (lever && shows.crowd) await patient.crowdIs((count) => count > idle + 1, END_WITHIN_MS);
    const others = shows.crowd ? await patient.connections() : idle;
    const seen = await watch(patient, plan, { ...patience(signature, lever?.honestMs), made });
    await lever?.disarm();
    const worked = plan.leaves ? await leftSomething(patient, made) : await patient.worked(seen.requestId);
    return { ...seen, others, worked };
  } finally {
    await lever?.disarm();
    for (const id of made) await patient.ask(RELEASE, {}, id);
  }
}

interface Patience {
  readonly forMs: number;
  readonly lingerMs: number;
}

/** How long to look: what hangs would be watched for ever, what ends must have its time. */
function patience({ shows, trial }: Signature, honestMs: number | undefined): Patience {
  if (honestMs === undefined) return { forMs: END_WITHIN_MS, lingerMs: LINGER_MS };
  const held = shows.connect === 'unanswered' || shows.ending === 'hang';
  const ends = shows.ending === 'close' || shows.ending === 'reset';
  const late = trial?.lateMs ?? 0;
  return {
    forMs: held ? HELD_MS + HELD_TIMES * honestMs : END_WITHIN_MS + late,
    lingerMs: ends ? END_WITHIN_MS : LINGER_MS,
  };
}

type Watched = Pick<Seen, 'sight' | 'earlier' | 'certificate'> & { readonly requestId: string };

async function watch(
  patient: Patient,
  plan: Plan,
  { forMs, lingerMs, made }: Patience & { made: string[] },
): Promise<Watched> {
  const [last, ...others] = [...plan.ask].reverse();
  if (!last) throw new Error('a plan asks nothing');
  const leave = plan.behind ? await patient.neighbour(last) : undefined;
  const first = plan.together && others[0] ? patient.text(others[0], '') : undefined;
  let earlier: Sight | undefined;
  for (const question of plan.together ? [] : [...others].reverse()) {
    const sight = await patient.ask(question, {}, made.at(-1));
    note(made, sight);
    if (question === last) earlier = sight;
  }
  const sight = plan.tls
    ? await patient.askOverTls(last, { forMs, lingerMs })
    : await patient.ask(last, { forMs, linger: lingerMs, first }, made.at(-1));
  const requestId = patient.lastId;
  note(made, sight);
  leave?.();
  return { sight, earlier, requestId, certificate: plan.tls ? (sight as TlsSight).error : undefined };
}

/** Keeps the id of a reservation that an answer speaks of. */
function note(made: string[], { status, body }: Sight): void {
  if (status !== 201) return;
  const id = /"id":"([^"]+)"/.exec(body)?.[1];
  if (id !== undefined && !made.includes(id)) made.push(id);
}

async function leftSomething(patient: Patient, made: readonly string[]): Promise<boolean> {
  const id = made.at(-1);
  return id !== undefined && (await patient.ask(LOOKUP, {}, id)).status === 200;
}
