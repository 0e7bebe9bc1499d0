// How a calibration is run: a server with thresholds for quick breakers, and so many clients at a time against it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, type TestContext, test } from 'vitest';
import type { RunningServer } from '../../../src/server.ts';
import { startInProcess } from '../run-server.ts';
import { Lanes } from './lanes.ts';
import { type Outcome, run, type Trial, whyInconclusive } from './trial.ts';

/** For those who wait for a lane too. */
const PATIENCE_MS = 240_000;

/** The fault of a breaker's trial is shorter than what the published thresholds ask for, and so is its open time. */
export const OPENING_WINDOW_S = 2;
const QUICK_BREAKERS = `breaker-opening: { window: ${OPENING_WINDOW_S}, fault: 10, pass: 5 }\n`;

const RESERVE = { operations: ['reserveSeats'] };
export const HANGS = { fault: 'hang', match: RESERVE };
export const REFUSES = { fault: 'error-status', match: RESERVE, with: { status: 503 } };
export const HALF_SLOW = { fault: 'latency', match: RESERVE, share: 0.5, with: { fixed: '600ms' } };
export const HALF_PAGES = { fault: 'congestion-page', match: RESERVE, share: 0.5, with: { status: 200 } };
export const refusesFor = (retryAfter: string, retryAfterForm: 'seconds' | 'date') => ({
  ...{ fault: 'error-status', match: RESERVE, with: { status: 503, retryAfter, retryAfterForm } },
});
export const LOSES_ONCE = {
  ...{ fault: 'lost-reply', match: { operations: ['completeOrder'] }, limit: 1, per: 'idempotency-key' as const },
};

/** Declares a test of one trial; `says` is what `holds` of its outcome. */
type Calibrated = (says: string, trial: Trial, holds: (outcome: Outcome) => void) => void;

/** Of the file that calls it, with so many clients at a time. */
export function calibration(clientsAtATime: number): Calibrated {
  const lanes = new Lanes(clientsAtATime);
  const folder = mkdtempSync(join(tmpdir(), 'showstopper-calibration-'));
  let server: RunningServer;
  beforeAll(async () => {
    const thresholds = join(folder, 'thresholds.yaml');
    writeFileSync(thresholds, QUICK_BREAKERS);
    server = await startInProcess({ SHOWSTOPPER_THRESHOLDS: thresholds });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });
  const once = (trial: Trial): Promise<Outcome> => lanes.take(() => run(trial, server));
  return (says, trial, holds) =>
    test.concurrent(`${trial.client}: ${says}`, { timeout: PATIENCE_MS, retry: 0 }, (context) =>
      measured(() => conclusive(trial, once, context), trial, holds),
    );
}

/** Tried again once where the machine was too busy, and skipped aloud where it still is: a wrong figure says nothing then. */
async function conclusive(
  trial: Trial,
  once: (trial: Trial) => Promise<Outcome>,
  context: TestContext,
): Promise<Outcome> {
  let outcome = await once(trial);
  if (whyInconclusive(outcome) !== undefined) outcome = await once(trial);
  const why = whyInconclusive(outcome);
  if (why === undefined) return outcome;
  process.stderr.write(`SKIPPED: ${trial.client} is inconclusive twice: ${why}\n`);
  return context.skip(why);
}

/** A figure of which one in twenty may be off is measured once more where it is: off twice, it is wrong. */
async function measured(
  tried: () => Promise<Outcome>,
  { client }: Trial,
  holds: (outcome: Outcome) => void,
): Promise<void> {
  const outcome = await tried();
  try {
    holds(outcome);
  } catch (error) {
    process.stderr.write(`measured once more: ${client}: ${error instanceof Error ? error.message : error}\n`);
    holds(await tried());
  }
}
