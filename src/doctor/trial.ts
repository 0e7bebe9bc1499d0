// One trial of a kind: what its plan sends, under the fault or without it, and what was seen.
import { sleep, systemClock } from '../base/clock.ts';
import type { Figures, Trial } from '../faults/signature.ts';
import { Made } from './made.ts';
import type { Asking, Entry, Patient } from './patient.ts';
import { LOOKUP, PLANS, type Plan, type Question } from './plans.ts';
import type { ProbeOptions, Sight } from './probe.ts';
import { isHeld, type Seen, type Shows } from './promise.ts';
import type { TlsSight } from './tls-probe.ts';

/** What is whole is watched on for so long. */
const LINGER_MS = 50;
/** What should come to an end is waited for so long, beside what it should take. */
const END_WITHIN_MS = 5000;
/** So many interim answers come at least while it is watched. */
const INTERIMS = 6;
/** What turns by itself is asked about so often. */
const AGAIN_MS = 10;

/** Puts the fault in force and takes it out again; both are done before the trial goes on. */
export interface Lever {
  arm(): Promise<void>;
  disarm(): Promise<void>;
}

export interface TrialOptions {
  readonly shows: Shows;
  readonly trial: Trial;
  /** Its requests bear it. */
  readonly id: string;
  /** How long what is held is watched. */
  readonly watchMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Also what the journal said of it while the fault was in force. */
export interface Told extends Seen {
  readonly requestId: string;
  readonly entry: Entry | undefined;
}

export const planOf = ({ stimulus = 'one-request' }: Trial): Plan => PLANS[stimulus];

/** Without a lever, everything is as ever, and what is promised is not waited for. */
export async function runTrial(patient: Patient, options: TrialOptions, lever?: Lever): Promise<Told> {
  const { shows, trial, id, signal } = options;
  const plan = planOf(trial);
  const made = new Made(id, patient.nextName());
  for (const question of plan.before ?? []) made.note(await patient.ask(question, made.filling));
  const idle = shows.crowd ? await patient.connections() : 0;
  try {
    signal?.throwIfAborted();
    await lever?.arm();
    const others = shows.crowd ? await crowdOf(patient, idle, lever && trial.figures) : idle;
    const seen = await watch(patient, plan, options, { made, patience: patience(options, lever !== undefined) });
    signal?.throwIfAborted();
    const entry = await patient.entryOf(seen.requestId);
    await lever?.disarm();
    const worked = plan.leaves ? await leftSomething(patient, made) : isDone(await patient.entryOf(seen.requestId));
    return { ...seen, entry, others, worked };
  } finally {
    await lever?.disarm();
    await made.takeBack(patient);
  }
}

const isDone = (entry: Entry | undefined): boolean => entry !== undefined && entry.workedAt !== null;

/** Waits until the crowd is as large as it should be, and then whether it grows beyond that. */
async function crowdOf(patient: Patient, idle: number, figures: Figures | undefined): Promise<number> {
  const { crowd = 1 } = figures ?? {};
  if (figures) await patient.crowdIs((count) => count >= idle + crowd, END_WITHIN_MS);
  if (figures) await sleep(systemClock, LINGER_MS);
  return patient.connections();
}

interface Patience {
  readonly forMs: number;
  readonly lingerMs: number;
}

/** How long to look: what hangs would be watched for ever, what ends must have its time. */
function patience({ shows, trial, watchMs }: TrialOptions, armed: boolean): Patience {
  if (!armed) return { forMs: END_WITHIN_MS, lingerMs: LINGER_MS };
  const ends = shows.ending === 'close' || shows.ending === 'reset';
  const { wholeMs = 0, endsMs = 0, endsAfterWholeMs = 0, interimMs = 0 } = trial.figures ?? {};
  return {
    forMs: isHeld(shows)
      ? Math.max(watchMs, INTERIMS * interimMs)
      : END_WITHIN_MS + wholeMs + endsMs + endsAfterWholeMs,
    lingerMs: isHeld(shows) ? watchMs : ends ? END_WITHIN_MS : LINGER_MS,
  };
}

type Watched = Pick<Told, 'sight' | 'earlier' | 'certificate' | 'requestId' | 'turnedMs' | 'sentBytes'>;

async function watch(
  patient: Patient,
  plan: Plan,
  { trial, id, signal }: TrialOptions,
  { made, patience: { forMs, lingerMs } }: { made: Made; patience: Patience },
): Promise<Watched> {
  const last = plan.ask.at(-1);
  if (!last) throw new Error('a plan asks nothing');
  const leave = plan.behind ? await patient.neighbour(last, { trial: id }) : undefined;
  try {
    const others = plan.ask.slice(0, -1);
    const first = plan.together && others[0] ? patient.compose(others[0], { trial: id }).request : undefined;
    let earlier: Sight | undefined;
    let asking: Asking | undefined;
    for (const question of plan.together ? [] : others) {
      const now = patient.compose(question, made.filling);
      const sight = await patient.watch(now, { signal });
      made.note(sight);
      if (question === last || earlier === undefined) [earlier, asking] = [sight, now];
    }
    if (plan.untilOther && earlier && asking)
      return await askUntilOther(patient, last, { earlier, asking, id, signal });
    const final = patient.compose(last, made.filling);
    const sight = plan.tls
      ? await patient.watchOverTls(final, { forMs, lingerMs, signal })
      : await patient.watch(final, { forMs, linger: lingerMs, first, pauseMs: trial.pauseMs, signal });
    made.note(sight);
    const certificate = plan.tls ? (sight as TlsSight).error : undefined;
    return { sight, earlier, certificate, turnedMs: undefined, ...final, sentBytes: final.request.length };
  } finally {
    leave?.();
  }
}

/** The first answer, if it says where to ask on, is asked about; else the same is asked again. */
async function askUntilOther(
  patient: Patient,
  last: Question,
  { earlier, asking, id, signal }: Pick<ProbeOptions, 'signal'> & { earlier: Sight; asking: Asking; id: string },
): Promise<Watched> {
  const poll = /"pollUrl":"([^"]+)"/.exec(earlier.body)?.[1];
  const same = { earlier, certificate: undefined, sentBytes: 0 };
  if (last.path === '{poll}' && poll === undefined)
    return { ...same, sight: earlier, requestId: asking.requestId, turnedMs: 0 };
  const end = systemClock.ticks() + END_WITHIN_MS;
  for (;;) {
    const now = patient.compose(last, { trial: id, poll });
    const sight = await patient.watch(now, { signal });
    const isOther = sight.status !== earlier.status || sight.body !== earlier.body;
    const turnedMs = isOther ? sight.beganAt + (sight.wholeMs ?? 0) - earlier.beganAt : undefined;
    if (isOther || systemClock.ticks() > end || signal?.aborted)
      return { ...same, sight, requestId: now.requestId, turnedMs };
    await sleep(systemClock, AGAIN_MS);
  }
}

async function leftSomething(patient: Patient, { reservation }: Made): Promise<boolean> {
  return reservation !== undefined && (await patient.ask(LOOKUP, { reservation })).status === 200;
}
