// Arms every kind in turn, looks at the wire, and says whether each is what its signature says.
import { actsOnRequests } from '../faults/place-check.ts';
import type { Trial } from '../faults/signature.ts';
import { type Circumstances, examine, isWell, type Job, whatCame } from './examine.ts';
import { type Examined, type Finding, findingOf, type TrialFinding } from './finding.ts';
import { lookAtPath, type Path } from './path.ts';
import { Patient, type PatientSettings } from './patient.ts';
import { ON_SALE } from './plans.ts';
import type { Sight } from './probe.ts';

export interface Examination extends PatientSettings {
  readonly kinds: readonly Examined[];
  /** Nobody else uses this server, and it runs in this process. */
  readonly own: boolean;
  /** Kinds that strike everybody may be armed also where others are. */
  readonly everyone: boolean;
  /** How long what is held without end is watched, milliseconds; unset: longer where something is between. */
  readonly watchMs?: number | undefined;
  /** Ends the examination at once; what is armed is taken out first. */
  readonly signal?: AbortSignal | undefined;
  /** Told as each comes. */
  readonly found?: (finding: Finding) => void;
}

/** What is between gives up by itself: a proxy's time-out is often 5 or 10 s. */
export const WATCH_MS = 3000;
export const WATCH_BETWEEN_MS = 12_000;
/** Trials that strike nobody else are made at once. */
const AT_ONCE = 8;

const BARE: readonly Trial[] = [{}];

/** The upstream does not answer as it should without any fault. */
export class Unwell extends Error {
  override readonly name = 'Unwell';
}

/** Rejects with an AdminUnreachable, AdminError or Unwell when there is nothing to examine, and with the signal's reason. */
export async function examineAll(examination: Examination): Promise<Finding[]> {
  const { kinds, own, everyone, name } = examination;
  const patient = new Patient(examination);
  const path = await meet(patient);
  const watchMs = examination.watchMs ?? (own || path.direct ? WATCH_MS : WATCH_BETWEEN_MS);
  const stop = new AbortController();
  const signal = examination.signal ? AbortSignal.any([examination.signal, stop.signal]) : stop.signal;
  const circumstances: Circumstances = { patient, own, everyone, path, watchMs, signal };
  const results = new Map<Job, TrialFinding>();
  const jobs = kinds.map((kind) =>
    (kind.signature.trials ?? BARE).map((trial, i): Job => ({ kind, trial, id: `${name}/${kind.name}/${i + 1}` })),
  );
  const finding = (of: readonly Job[]): Finding =>
    findingOf(
      of[0]?.kind.name ?? '',
      of.map((job) => results.get(job)).filter((one) => one !== undefined),
    );
  const work = async (job: Job): Promise<void> => {
    signal.throwIfAborted();
    results.set(job, await examine(job, circumstances));
    const of = jobs.find((some) => some.includes(job)) ?? [];
    if (of.every((one) => results.has(one))) examination.found?.(finding(of));
  };
  const [quiet, tls, loud] = lanes(jobs.flat());
  try {
    await settle([inLane(quiet, AT_ONCE, work), inLane(tls, 1, work)], stop);
    await inLane(loud, 1, work);
  } catch (error) {
    examination.signal?.throwIfAborted();
    throw error;
  }
  return jobs.map(finding);
}

/** What strikes the doctor alone, only the TLS door, and everybody at a door. */
function lanes(jobs: readonly Job[]): readonly [Job[], Job[], Job[]] {
  const quiet = jobs.filter(({ kind }) => actsOnRequests(kind));
  const tls = jobs.filter(({ kind }) => !actsOnRequests(kind) && kind.inHandshake);
  return [quiet, tls, jobs.filter((job) => !quiet.includes(job) && !tls.includes(job))];
}

/** So many at once, the next as one is done; after a failure no more is begun. */
async function inLane(jobs: readonly Job[], atOnce: number, work: (job: Job) => Promise<void>): Promise<void> {
  const left = [...jobs];
  const worker = async (): Promise<void> => {
    for (let job = left.shift(); job; job = left.shift()) await work(job);
  };
  const workers = Array.from({ length: atOnce }, worker);
  await settle(workers, { abort: () => left.splice(0) });
}

/** Waits for all, and rejects with the first failure; it ends the others. */
async function settle(all: readonly Promise<void>[], others: { abort(): unknown }): Promise<void> {
  let failed: { readonly error: unknown } | undefined;
  await Promise.all(
    all.map((one) =>
      one.catch((error: unknown) => {
        failed ??= { error };
        others.abort();
      }),
    ),
  );
  if (failed) throw failed.error;
}

/** Looks whether all is well to begin with, what there is to work with, and what stands between. */
async function meet(patient: Patient): Promise<Path> {
  const asking = patient.compose(ON_SALE);
  const sight = await patient.watch(asking);
  const entry = await patient.entryOf(asking.requestId);
  if (!isWell(sight)) throw new Unwell(unwellWords(sight));
  if (!entry) throw new Unwell(strangerWords(sight, asking.requestId));
  patient.client = entry.client;
  patient.door = entry.door;
  patient.session = [...sight.body.matchAll(/\{"id":"([^"]+)","film"/g)].at(-1)?.[1];
  if (patient.hasTls) await patient.learnTrust();
  return lookAtPath(patient, sight, entry);
}

function unwellWords(sight: Sight): string {
  if (sight.status === undefined) return `the upstream does not answer: ${whatCame(sight)}`;
  if (sight.status === 401)
    return "the upstream asks for a seller's key: SHOWSTOPPER_KEY, or --key-file, gives the doctor one";
  return `the upstream must answer a list of sessions with 200, got ${whatCame(sight)}`;
}

function strangerWords({ headers }: Sight, requestId: string): string {
  const id = headers.get('x-request-id');
  if (id === undefined || id === requestId) return 'that upstream is not of this admin';
  return 'something between gives requests another X-Request-Id, so that they cannot be found in the journal';
}
