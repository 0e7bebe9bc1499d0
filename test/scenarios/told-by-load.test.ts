// The storms that are shipped, played with the real queue and the real crowd: what the other customers see in each phase.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type CapacityDriver, createDriver } from '../../src/capacity/driver.ts';
import type { Load } from '../../src/director/load-port.ts';
import { Player } from '../../src/scenarios/player.ts';
import { OPERATION_NAMES } from '../../src/upstream/operations/operations.ts';
import { createLoad } from '../../src/world/load.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { ROOT, shippedProfiles } from '../support/shipped.ts';
import { piece, RecordingStage } from './recording-stage.ts';

/** A stage whose capacity and crowd are real, and whose profiles are only written down. */
class LoadStage extends RecordingStage {
  readonly driver: CapacityDriver;
  readonly load: Load;

  constructor(clock: ManualClock) {
    super(clock);
    this.driver = createDriver({ clock, seed: () => 1 });
    this.load = createLoad({ driver: this.driver, seed: () => 1 });
  }

  override async capacity(...asked: Parameters<RecordingStage['capacity']>): Promise<void> {
    this.load.setCapacity(asked[0]);
    await super.capacity(...asked);
  }

  override async crowd(...asked: Parameters<RecordingStage['crowd']>): Promise<void> {
    this.load.setCrowd(...asked);
    await super.crowd(...asked);
  }
}

const names = {
  operations: OPERATION_NAMES,
  doors: ['main'],
  profiles: shippedProfiles().map(({ name }) => name),
};

/** Goodput a second at each of these moments, then undone. */
async function goodput(name: string, speed: number, moments: readonly string[]): Promise<Record<string, number>> {
  const clock = new ManualClock();
  const stage = new LoadStage(clock);
  const player = new Player({ stage, clock });
  onTestFinished(() => stage.driver.stop());
  const text = readFileSync(join(ROOT, 'faults/scenarios', `${name}.yaml`), 'utf8');
  await player.play(piece(text, name, names), { speed, seed: 1399 });
  const seen: Record<string, number> = {};
  for (const moment of moments) {
    while (player.status.storyTime !== moment) await clock.advanceAsync(500);
    seen[moment] = Math.round(stage.driver.observed()?.goodput ?? -1);
  }
  await player.stop();
  expect([stage.driver.settings, stage.load.crowd(), stage.load.observed()]).toEqual([null, null, null]);
  expect(clock.pending).toBe(0);
  return seen;
}

test('metastable-retry-storm: a stall of ten seconds never heals by itself, and heals with budgets', async () => {
  const seen = await goodput('metastable-retry-storm', 1, ['+55s', '+1m9s', '+1m40s', '+2m55s', '+4m30s']);
  expect(seen['+55s']).toBeGreaterThan(300);
  for (const moment of ['+1m9s', '+1m40s', '+2m55s']) expect(seen[moment]).toBeLessThan(2);
  expect(seen['+4m30s']).toBeGreaterThan(300);
});

test('fajr-1399: on sale, nothing for 56 minutes, a trickle, and most calls at the end', async () => {
  const seen = await goodput('fajr-1399', 60, ['13:59', '14:01', '14:20', '14:57', '15:30', '16:50', '18:59']);
  for (const moment of ['13:59', '14:01']) expect(seen[moment]).toBeGreaterThan(250);
  for (const moment of ['14:20', '14:57']) expect(seen[moment]).toBe(0);
  for (const moment of ['15:30', '16:50']) {
    expect(seen[moment]).toBeGreaterThan(50);
    expect(seen[moment]).toBeLessThan(250);
  }
  expect(seen['18:59']).toBeGreaterThan(250);
});

test('slow-brown-out: what 250 customers a second get done sinks only when the capacity is below them', async () => {
  const seen = await goodput('slow-brown-out', 10, ['+4m', '+14m', '+19m', '+29m']);
  for (const moment of ['+4m', '+14m', '+29m']) expect(seen[moment]).toBeGreaterThan(220);
  expect(seen['+19m']).toBeLessThan(210);
});

test('game-day-150: with whole capacity the storm goes on, fed by retries alone', async () => {
  const seen = await goodput('game-day-150', 10, ['+1h24m', '+1h30m', '+1h40m', '+1h49m']);
  expect(seen['+1h24m']).toBeGreaterThan(300);
  for (const moment of ['+1h30m', '+1h40m', '+1h49m']) expect(seen[moment]).toBeLessThan(2);
});
