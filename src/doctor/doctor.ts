// Arms every kind in turn, looks at the wire, and says whether each is what its signature says.
import type { Fault } from '../faults/fault.ts';
import { actsOnRequests } from '../faults/place-check.ts';
import { AdminError } from '../sdk/admin-request.ts';
import { Patient, type PatientSettings } from './patient.ts';
import { needsSession, ON_SALE } from './plans.ts';
import type { Sight } from './probe.ts';
import { answerOf, type Facet, facetsOf, type Seen, tookMs } from './promise.ts';
import { planOf, runTrial } from './trial.ts';

/** All that the doctor reads of a kind. */
export type Examined = Pick<Fault, 'name' | 'at' | 'signature' | 'directOnly'>;

/** `lost`: the server is not the doctor's own, and something on the way to it hides what the kind does. */
export type Verdict = 'ok' | 'lies' | 'lost' | 'unarmed' | 'skipped';

export interface Finding {
  readonly kind: string;
  readonly promised: string;
  /** The same things as they were; empty when nothing was tried. */
  readonly observed: string;
  /** Until what was watched was whole or ended; unset: it did neither. */
  readonly ms: number | undefined;
  readonly verdict: Verdict;
  /** What did not hold, or why it was not tried. */
  readonly reason: string | undefined;
}

export interface Examination extends PatientSettings {
  readonly kinds: readonly Examined[];
  /** Nobody else uses this server. */
  readonly own: boolean;
  /** Kinds that strike everybody may be armed also where others are. */
  readonly everyone: boolean;
  /** Ends the examination; what is armed is taken out first. */
  readonly signal?: AbortSignal | undefined;
  /** Told as each comes. */
  readonly found?: (finding: Finding) => void;
}

/** The upstream does not answer as it should without any fault. */
export class Unwell extends Error {
  override readonly name = 'Unwell';
}

export const isFailure = ({ verdict }: Finding): boolean => verdict === 'lies' || verdict === 'lost';

/** Rejects with an AdminUnreachable, AdminError or Unwell when there is nothing to examine, and with the signal's reason. */
export async function examineAll(examination: Examination): Promise<Finding[]> {
  const { kinds, signal } = examination;
  const patient = new Patient(examination);
  await meet(patient);
  const findings: Finding[] = [];
  for (const kind of kinds) {
    signal?.throwIfAborted();
    const finding = await examine(patient, kind, examination);
    findings.push(finding);
    examination.found?.(finding);
  }
  return findings;
}

/** Looks whether all is well to begin with, and what there is to work with. */
async function meet(patient: Patient): Promise<void> {
  const sight = await patient.ask(ON_SALE);
  const known = await patient.knows(patient.lastId);
  if (sight.status === undefined) throw new Unwell(`the upstream does not answer: ${whatCame(sight)}`);
  if (!isWell(sight)) throw new Unwell(`the upstream must answer a list of sessions with 200, got ${whatCame(sight)}`);
  if (!known) throw new Unwell('that upstream is not of this admin, or it does not tell further sellers apart');
  patient.session = /"id":"([^"]+)"/.exec(sight.body)?.[1];
  if (patient.hasTls) await patient.learnTrust();
}

const isWell = (sight: Sight): boolean =>
  Math.floor((sight.status ?? 0) / 100) === 2 && answerOf(sight) === 'whole' && sight.ending !== 'rst';

const whatCame = ({ status, ending }: Sight): string => (status === undefined ? ending : String(status));

async function examine(patient: Patient, kind: Examined, examination: Examination): Promise<Finding> {
  const { signature } = kind;
  const excuse = excuseFor(patient, kind, examination);
  if (excuse !== undefined) return untried(kind, 'skipped', excuse);
  const honest = await runTrial(patient, signature);
  if (!isWell(honest.sight)) return untried(kind, 'skipped', `not well before it: ${whatCame(honest.sight)}`);
  let armed = false;
  const arm = async (): Promise<void> => {
    armed = true; // an answer that is lost on its way does not mean that nothing was armed
    try {
      await patient.arm(kind);
    } catch (error) {
      armed = !(error instanceof AdminError);
      throw error;
    }
  };
  const disarm = async (): Promise<void> => {
    if (armed) await patient.disarm(kind);
    armed = false;
  };
  let seen: Seen;
  try {
    seen = await runTrial(patient, signature, { arm, disarm, honestMs: tookMs(honest.sight) ?? 0 });
  } catch (error) {
    if (armed || !(error instanceof AdminError)) throw error;
    return untried(kind, 'unarmed', error.message);
  }
  const facets = [...facetsOf(signature, seen, honest), ...(await healed(patient, kind, honest))];
  return finding(kind, facets, seen, examination.own);
}

/** Why a kind is not tried here. */
function excuseFor(patient: Patient, kind: Examined, { own, everyone }: Examination): string | undefined {
  const plan = planOf(kind.signature);
  if (!own && !everyone && !actsOnRequests(kind)) return 'it strikes everybody there; --everyone allows it';
  if (plan.tls && !patient.hasTls) return 'no address of a TLS door is known; --upstream-tls gives it';
  if (needsSession(plan) && patient.session === undefined) return 'nothing is on sale there';
  return undefined;
}

/** The same again, once the fault is gone; nothing when it is as it was before. */
async function healed(patient: Patient, { signature }: Examined, honest: Seen): Promise<Facet[]> {
  const gone = !signature.shows.crowd || (await patient.crowdIs((count) => count <= honest.others + 1, 1000));
  const { sight } = await runTrial(patient, signature);
  const same = isWell(sight) && sight.status === honest.sight.status && sight.ending === honest.sight.ending;
  if (gone && same) return [];
  const observed = same ? 'its connections stayed' : `${whatCame(sight)} after heal`;
  return [{ promised: 'well after heal', observed, holds: false }];
}

function untried({ name, signature }: Examined, verdict: Verdict, reason: string): Finding {
  return { kind: name, promised: signature.says, observed: '', ms: undefined, verdict, reason };
}

function finding({ name, directOnly }: Examined, facets: readonly Facet[], { sight }: Seen, own: boolean): Finding {
  const broken = facets.filter(({ holds }) => !holds);
  const took = tookMs(sight);
  return {
    kind: name,
    promised: facets.map(({ promised }) => promised).join(', '),
    observed: facets.map(({ observed }) => observed).join(', '),
    ms: took === undefined ? undefined : Math.round(took),
    verdict: broken.length === 0 ? 'ok' : directOnly && !own ? 'lost' : 'lies',
    reason:
      broken.length === 0
        ? undefined
        : broken.map(({ promised, observed }) => `${observed}, not ${promised}`).join('; '),
  };
}
