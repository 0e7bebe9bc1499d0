// Plays a shipped scenario against a server of its own, with a client beside it, and sorts its calls by phase.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sleep, systemClock } from '../../src/base/clock.ts';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import type { Phase } from '../../src/shelf/phase.ts';
import { readScenario, type Scenario } from '../../src/shelf/scenario.ts';
import { OPERATION_NAMES } from '../../src/upstream/operations/operations.ts';
import { startProcess } from '../support/run-server.ts';
import { ROOT, shippedProfiles } from '../support/shipped.ts';
import { type Call, type Outcome, PATIENCE_MS, StoryClient } from './story-client.ts';

export interface StoryRun {
  readonly name: string;
  /** Story seconds per real second. */
  readonly speed: number;
  readonly callsPerS: number;
  /** Story time to begin at; unset: the beginning. */
  readonly from?: string;
}

/** What the client saw in one phase. */
export interface Sight {
  readonly phase: Phase;
  readonly calls: number;
  /** Share of them, 0..1. */
  readonly success: number;
  /** Of the first and the second half of the phase. */
  readonly halves: readonly [number, number];
  readonly failures: Readonly<Partial<Record<Outcome, number>>>;
  /** Seats, by its end. */
  readonly sold: number;
}

export interface Played {
  readonly sights: readonly Sight[];
  /** Cues that could not be done. */
  readonly failures: number;
}

export function shippedScenario(name: string): Scenario {
  const profiles = shippedProfiles().map((profile) => profile.name);
  const known = { operations: OPERATION_NAMES, doors: ['main'], profiles };
  const read = readScenario(readFileSync(join(ROOT, 'faults/scenarios', `${name}.yaml`), 'utf8'), name, known);
  if ('mistakes' in read) throw new Error(JSON.stringify(read.mistakes));
  return read.scenario;
}

export async function playStory({ name, speed, callsPerS, from }: StoryRun): Promise<Played> {
  const { phases } = shippedScenario(name);
  const server = await startProcess({ env: { SHOWSTOPPER_CATALOG: 'festival', SHOWSTOPPER_LOG_LEVEL: 'error' } });
  try {
    const admin = createAdminClient({ url: server.admin });
    const client = await StoryClient.open(server.upstream);
    const begun = await admin.playScenario(name, { speed, seed: 1399, ...(from !== undefined && { from }) });
    const startedAt = performance.now() - begun.storyMs / speed;
    const lastedMs = (begun.endsMs - begun.storyMs) / speed;
    const met = phases.filter(({ untilMs }) => untilMs > begun.storyMs);
    const soldAt = met.map(async ({ untilMs }) => {
      await sleep(systemClock, startedAt + untilMs / speed - GUARD_MS - performance.now());
      return (await admin.state()).boxOffice.sold;
    });
    await steadily(callsPerS, lastedMs, () => client.tick());
    const [{ failures }, sold] = await Promise.all([admin.playback(), Promise.all(soldAt), client.close()]);
    const toStory = { realAt: (storyMs: number) => startedAt + storyMs / speed };
    const sights = met.map((phase, nth) => ({ ...sightOf(phase, client.calls, toStory), sold: sold[nth] ?? 0 }));
    return { sights, failures };
  } finally {
    await server.stop('SIGKILL');
  }
}

interface StoryTimes {
  /** `performance.now()` at a moment of the story. */
  realAt(storyMs: number): number;
}

/** An open loop: calls that are slow to end do not hold up those after them. */
async function steadily(perS: number, lastsMs: number, act: () => void): Promise<void> {
  const beganAt = performance.now();
  for (let nth = 0; (nth * 1000) / perS < lastsMs; nth++) {
    const waitMs = (nth * 1000) / perS - (performance.now() - beganAt);
    if (waitMs > 0) await sleep(systemClock, waitMs);
    act();
  }
}

/** Our clock and the server's agree to within this; what a cue cuts off belongs to no phase. */
const GUARD_MS = 150;

/**
 * A call counts where it began and ended within the phase: of others nobody can say which phase they show. In a phase
 * that is long enough, only calls count that could have waited their whole patience in it, or slow ones would be missed.
 */
function sightOf(phase: Phase, calls: readonly Call[], toStory: StoryTimes): Omit<Sight, 'sold'> {
  const fromAt = toStory.realAt(phase.fromMs) + GUARD_MS;
  const untilAt = toStory.realAt(phase.untilMs) - GUARD_MS;
  const lastBeganAt = untilAt - fromAt > 2 * PATIENCE_MS ? untilAt - PATIENCE_MS : untilAt;
  const within = calls.filter(
    ({ operation, beganAt, endedAt, outcome }) =>
      beganAt >= fromAt &&
      beganAt <= lastBeganAt &&
      endedAt <= untilAt &&
      outcome !== 'honest-no' &&
      (!phase.operations || phase.operations.includes(operation)),
  );
  const middleAt = (fromAt + lastBeganAt) / 2;
  const half = (second: boolean): number => shareOf(within.filter(({ beganAt }) => beganAt >= middleAt === second));
  const failures: Partial<Record<Outcome, number>> = {};
  for (const { outcome } of within)
    if (outcome !== 'success') failures[outcome] = (failures[outcome] ?? 0) + 1 / within.length;
  return { phase, calls: within.length, success: shareOf(within), halves: [half(false), half(true)], failures };
}

const shareOf = (calls: readonly Call[]): number =>
  calls.length === 0 ? 0 : calls.filter(({ outcome }) => outcome === 'success').length / calls.length;
