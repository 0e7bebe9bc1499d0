// Examines a kind by one of its trials, as often as it takes to be sure.
import { systemClock } from '../base/clock.ts';
import { actsOnRequests, actsOnWebhooks } from '../faults/place-check.ts';
import type { Trial } from '../faults/signature.ts';
import { AdminError } from '../sdk/errors.ts';
import { figureFacets } from './figures.ts';
import { brokenWords, type Examined, type FindingVerdict, type TrialFinding } from './finding.ts';
import { NoiseMeter } from './noise.ts';
import { betweenWords, contradicts, isForeign, type Path } from './path.ts';
import type { Patient } from './patient.ts';
import { needsSession, type Plan } from './plans.ts';
import type { Sight } from './probe.ts';
import { answerOf, type Facet, facetsOf, isHeld, type Shows, showsIn, tookMs } from './promise.ts';
import { planOf, runTrial, type Told, type TrialOptions } from './trial.ts';

/** What a busy machine leaves unclear, or seems to break, is tried again. */
const MAX_TRIES = 3;
const GONE_WITHIN_MS = 1000;
/** A machine that stood still for so long may spoil anything. */
const BUSY_MS = 500;
/** Less than half of what lies between a pause and the time that it is to tell. */
const MAX_PAUSE_NOISE_MS = 100;

export interface Circumstances {
  readonly patient: Patient;
  /** Nobody else uses this server, and it runs in this process. */
  readonly own: boolean;
  readonly everyone: boolean;
  readonly path: Path;
  readonly watchMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Job {
  readonly kind: Examined;
  readonly trial: Trial;
  /** Of the rule, and of the requests that it is for. */
  readonly id: string;
}

export async function examine(job: Job, circumstances: Circumstances): Promise<TrialFinding> {
  const excuse = await excuseFor(job, circumstances);
  if (excuse !== undefined) return untried(job, 'skipped', excuse);
  let broken: TrialFinding | undefined;
  let last: TrialFinding | undefined;
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const { finding, timed } = await examineOnce(job, circumstances);
    if (finding.verdict === 'noisy') last = finding;
    else if (finding.verdict === 'ok' && broken) last = { ...broken, verdict: 'noisy' };
    else if (!timed || broken) return finding;
    else if (finding.verdict === 'ok') return finding;
    else [broken, last] = [finding, { ...finding, verdict: 'noisy' }];
  }
  return last ?? untried(job, 'noisy', 'never the same twice');
}

interface Once {
  readonly finding: TrialFinding;
  /** Nothing but times is to blame for the verdict. */
  readonly timed: boolean;
}

async function examineOnce(job: Job, circumstances: Circumstances): Promise<Once> {
  const { patient, own, watchMs, signal } = circumstances;
  const { kind, trial, id } = job;
  const shows = showsIn(kind.signature, trial);
  const options: TrialOptions = { shows, trial, id, watchMs, signal };
  const meter = new NoiseMeter(own ? undefined : () => patient.settings.admin.health());
  try {
    const honest = await runTrial(patient, options);
    if (!isWell(honest.sight, planOf(trial)))
      return { finding: untried(job, 'skipped', `not well before it: ${whatCame(honest.sight)}`), timed: false };
    const lever = leverFor(job, circumstances);
    let seen: Told;
    try {
      seen = await runTrial(patient, options, lever);
    } catch (error) {
      if (lever.armed || !(error instanceof AdminError)) throw error;
      return { finding: untried(job, 'unarmed', error.detail), timed: false };
    }
    const honestLateMs = meter.between(
      honest.sight.beganAt,
      honest.sight.beganAt + (tookMs(honest.sight) ?? 0),
    ).chained;
    const given = { shows, sight: seen.sight, meter };
    const shapes = whereStarved(facetsOf(shows, { seen, honest, honestLateMs }), given);
    const figures = whereStarved(figureFacets(trial.figures ?? {}, seen, honest, meter), given);
    const after = await healed(patient, options, { honest, meter });
    const sure = isSame(honest, after.told) ? figures : figures.map(uncertain);
    const facets = [...shapes, ...after.facets, ...sure];
    const paused = trial.pauseMs === undefined ? facets : afterPause(facets, trial.pauseMs, { seen, meter });
    const busy = meter.between(honest.sight.beganAt, after.told.sight.beganAt).late > BUSY_MS;
    return conclude(job, circumstances, {
      shows,
      seen,
      facets: paused.map((facet) => (busy ? { ...facet, timed: true } : facet)),
    });
  } finally {
    meter.stop();
  }
}

/** What follows a pause depends on its length, which noise makes longer. */
function afterPause(facets: Facet[], pauseMs: number, { seen, meter }: { seen: Told; meter: NoiseMeter }): Facet[] {
  const { beganAt, watchedMs } = seen.sight;
  const { late } = meter.between(beganAt - pauseMs - MAX_PAUSE_NOISE_MS, beganAt + watchedMs);
  if (late <= MAX_PAUSE_NOISE_MS) return facets.map((facet) => ({ ...facet, timed: true }));
  return facets.map((facet) => ({ ...facet, timed: true, verdict: 'unclear' }));
}

/** What had not come when nobody looked any more may only have been late; of what is held, only what goes out before. */
function whereStarved(
  facets: Facet[],
  { shows, sight, meter }: { shows: Shows; sight: Sight; meter: NoiseMeter },
): Facet[] {
  const { ending, beganAt, watchedMs } = sight;
  const came = answerOf(sight);
  const isMissing = came !== shows.answer && (came === 'none' || (came === 'part' && shows.answer !== 'none'));
  const isAwaited = isMissing || (!isHeld(shows) && (shows.ending === 'close' || shows.ending === 'reset'));
  const cameNot = (ending === 'open' || ending === 'unanswered') && isAwaited;
  if (!cameNot || !meter.isStarved(beganAt, beganAt + watchedMs)) return facets;
  return facets.map((facet) => (facet.verdict === 'fails' ? { ...facet, verdict: 'unclear' } : facet));
}

/** What was compared with an answer that has changed by itself proves nothing. */
const uncertain = (facet: Facet): Facet =>
  facet.verdict === 'fails' && facet.compared ? { ...facet, verdict: 'unclear' } : facet;

const isSame = (one: Told, other: Told): boolean => one.sight.body === other.sight.body && one.others === other.others;

interface Conclusion {
  readonly shows: Shows;
  readonly seen: Told;
  readonly facets: readonly Facet[];
}

function conclude({ kind, trial }: Job, { own, path }: Circumstances, { shows, seen, facets }: Conclusion): Once {
  const failing = facets.filter(({ verdict }) => verdict === 'fails');
  const unclear = facets.filter(({ verdict }) => verdict === 'unclear');
  const directly = own || path.direct === true;
  const foreign = !directly && seen.sight.status !== undefined && isForeign(seen);
  const directOnly = kind.directOnly || trial.directOnly === true;
  const blameless = !directly && !contradicts(shows, seen) && (path.direct === false || directOnly || foreign);
  const verdict: FindingVerdict =
    failing.length > 0 || foreign ? (blameless ? 'lost' : 'lies') : unclear.length > 0 ? 'noisy' : 'ok';
  const words = brokenWords(failing.length > 0 ? failing : unclear);
  const took = tookMs(seen.sight);
  const finding: TrialFinding = {
    with: trial.with ?? {},
    promised: facets.map(({ promised }) => promised).join(', '),
    observed: facets.map(({ observed }) => observed).join(', '),
    ms: took === undefined ? undefined : Math.round(took),
    watchedMs: Math.round(seen.sight.watchedMs),
    verdict,
    reason:
      verdict === 'ok'
        ? undefined
        : [words, ...(verdict === 'lost' ? [betweenWords(path, seen.sight, foreign)] : [])].filter(Boolean).join('; '),
  };
  return { finding, timed: failing.every(({ timed }) => timed === true) && !foreign };
}

interface ArmedLever {
  readonly armed: boolean;
  arm(): Promise<void>;
  disarm(): Promise<void>;
}

function leverFor({ kind, trial, id }: Job, { patient, watchMs }: Circumstances): ArmedLever {
  let armed = false;
  return {
    get armed() {
      return armed;
    },
    async arm() {
      armed = true; // an answer that is lost on its way does not mean that nothing was armed
      try {
        await patient.arm(kind, trial, id, watchMs);
      } catch (error) {
        armed = !(error instanceof AdminError);
        throw error;
      }
    },
    async disarm() {
      if (armed) await patient.disarm(id);
      armed = false;
    },
  };
}

/** Why a trial is not made here. */
async function excuseFor({ kind, trial }: Job, { patient, own, everyone }: Circumstances): Promise<string | undefined> {
  if (actsOnWebhooks(kind)) return 'it acts on webhooks, and the doctor receives none';
  const plan = planOf(trial);
  if (!own && !everyone && !actsOnRequests(kind)) return 'it strikes everybody there; --everyone allows it';
  if (plan.tls && !patient.hasTls) return 'no address of a TLS door is known; --upstream-tls gives it';
  if (needsSession(plan) && patient.session === undefined) return 'nothing is on sale there';
  if (trial.alone && !(await patient.crowdIs((count) => count === 0, GONE_WITHIN_MS)))
    return 'others are connected, who would count too';
  return undefined;
}

/** The same again, once the fault is gone; no facets when it is as it was before. */
async function healed(
  patient: Patient,
  options: TrialOptions,
  { honest, meter }: { honest: Told; meter: NoiseMeter },
): Promise<{ facets: Facet[]; told: Told }> {
  const { crowd } = options.shows;
  const from = systemClock.ticks();
  const gone = !crowd || (await patient.crowdIs((count) => count <= honest.others + 1, GONE_WITHIN_MS));
  const told = await runTrial(patient, options);
  const { sight } = told;
  const same =
    isWell(sight, planOf(options.trial)) &&
    sight.status === honest.sight.status &&
    sight.ending === honest.sight.ending;
  if (gone && same) return { facets: [], told };
  const observed = same ? 'its connections stayed' : `${whatCame(sight)} after heal`;
  const isLate = (same || sight.ending === 'open') && meter.isStarved(from, systemClock.ticks());
  return { facets: [{ promised: 'well after heal', observed, verdict: isLate ? 'unclear' : 'fails' }], told };
}

/** An answer as it should be without any fault. */
export function isWell(sight: Sight, { honestly }: Pick<Plan, 'honestly'> = {}): boolean {
  const { status = 0, ending } = sight;
  const isRight = honestly === undefined ? Math.floor(status / 100) === 2 : status === honestly;
  return isRight && answerOf(sight) === 'whole' && ending !== 'rst';
}

export const whatCame = ({ status, ending }: Sight): string => (status === undefined ? ending : String(status));

function untried({ kind, trial }: Job, verdict: FindingVerdict, reason: string): TrialFinding {
  const { says } = kind.signature;
  return { with: trial.with ?? {}, promised: says, observed: '', ms: undefined, watchedMs: undefined, verdict, reason };
}
