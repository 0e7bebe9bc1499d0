// Rehearsals over a world without sockets on the manual clock, for tests.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Rehearsal } from '../../src/rehearsal/rehearsal.ts';
import { Rehearsals, type RehearsalsOptions } from '../../src/rehearsal/rehearsals.ts';
import { thresholdsOf } from '../../src/scorecard/thresholds.ts';
import { createScenarioShelf } from '../../src/shelf/scenario-shelf.ts';
import { createShelf } from '../../src/shelf/shelf.ts';
import { ADMIN, faultsFolder, KNOWN, openStage, PROFILES, quiet, type Stage } from '../director/stage.ts';
import { exchangeEntry } from '../support/entries.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { soleWorld } from '../support/sole-world.ts';

export interface Rig extends Stage {
  readonly rehearsals: Rehearsals;
  /** How this server and the front door are said to be. */
  readonly said: { lagMs: number; memoryBytes: number; frontDoor: number | string };
  start(file: object): ReturnType<Rehearsals['start']>;
  /** A request of the shop that takes so long by the manual clock, which must be moved. */
  request(about?: Parameters<typeof exchangeEntry>[0]): { end(ended?: 'answered' | 'client-left'): void };
}

export function rehearsalsOf(
  { director, world, clock }: Pick<Stage, 'director' | 'world' | 'clock'>,
  options: Partial<RehearsalsOptions> = {},
  said: Rig['said'] = { lagMs: 0, memoryBytes: 0, frontDoor: 200 },
): Rehearsals {
  let count = 0;
  const rehearsals = new Rehearsals({
    ...{ director, clock, worlds: soleWorld(world), version: '1.2.3', folder: undefined, thresholds: thresholdsOf() },
    outbound: {
      refusal: (url) =>
        url.hostname === '127.0.0.1' ? undefined : `${url.hostname} is not a host of SHOWSTOPPER_PROBE_HOSTS`,
      get: async () =>
        typeof said.frontDoor === 'string' ? { error: said.frontDoor } : { status: said.frontDoor, headers: {} },
    },
    watchVitals: () => ({ lagMs: () => said.lagMs, memoryBytes: () => said.memoryBytes, stop: () => {} }),
    randomHex: () => String(count++).padStart(8, '0'),
    ...options,
  });
  onTestFinished(() => rehearsals.close());
  return rehearsals;
}

export async function openRig(
  options: Partial<RehearsalsOptions> & Parameters<typeof openStage>[0] = {},
): Promise<Rig> {
  const stage = await openStage(options);
  const said: Rig['said'] = { lagMs: 0, memoryBytes: 0, frontDoor: 200 };
  const rehearsals = rehearsalsOf(stage, options, said);
  let requests = 0;
  return {
    ...stage,
    rehearsals,
    said,
    start: (file) => rehearsals.start(stage.world, { text: JSON.stringify(file), by: 'tester' }, ADMIN),
    request(about = {}) {
      const { clock, world } = stage;
      const entry = exchangeEntry({ client: 'shop', requestId: `q-${++requests}`, at: clock.now(), ...about });
      world.journal.open(entry);
      return {
        end: (ended = 'answered') => {
          if (ended === 'answered') entry.status ??= 200;
          world.journal.close(entry, ended, clock.now());
        },
      };
    },
  };
}

/** With such scenarios on the shelf, by their names. */
export async function openPlayed(stories: Readonly<Record<string, string>>): Promise<Rig> {
  const shipped = faultsFolder(PROFILES);
  mkdirSync(join(shipped, 'scenarios'));
  for (const [name, text] of Object.entries(stories)) writeFileSync(join(shipped, 'scenarios', `${name}.yaml`), text);
  const places = { shipped, known: KNOWN, clock: new ManualClock(), log: quiet };
  const shelf = await createShelf(places);
  const scenarios = await createScenarioShelf({ ...places, profiles: shelf });
  onTestFinished(() => scenarios.close());
  return openRig({ shelf, scenarios });
}

/** The shortest file that holds all that a test may be about. */
export const FILE = {
  title: 'It hangs; the shop survives',
  client: 'shop',
  phases: [
    { name: 'calm', for: '30s' },
    { name: 'fault', for: '60s', on: [{ profile: 'hang', operations: ['completeOrder'] }] },
    { name: 'recovery', for: '90s' },
  ],
  hypothesis: [{ metric: 'client-timeout', max: '5s' }],
  blastRadius: { clients: ['shop'], operations: ['completeOrder'], longest: '5m' },
};

export type State = Awaited<ReturnType<Rehearsals['get']>>;
export type { Rehearsal };
