// A playback over a world without sockets, for tests of plays by the director.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Load } from '../../src/director/load-port.ts';
import type { PlaybackPort } from '../../src/director/playback-port.ts';
import { createScenarioShelf } from '../../src/shelf/scenario-shelf.ts';
import { createShelf } from '../../src/shelf/shelf.ts';
import { faultsFolder, KNOWN, openStage, PROFILES, quiet, type Stage } from '../director/stage.ts';
import { ManualClock } from '../support/manual-clock.ts';

export interface OpenTheatre extends Stage {
  readonly playback: PlaybackPort;
  readonly load: Load;
}

/** With these scenarios, and these profiles beside the usual ones. */
export async function openTheatre(
  stories: Readonly<Record<string, string>>,
  profiles: Readonly<Record<string, string>> = {},
): Promise<OpenTheatre> {
  const shipped = faultsFolder({ ...PROFILES, ...profiles });
  mkdirSync(join(shipped, 'scenarios'));
  for (const [name, text] of Object.entries(stories)) writeFileSync(join(shipped, 'scenarios', `${name}.yaml`), text);
  const places = { shipped, known: KNOWN, clock: new ManualClock(), log: quiet };
  const shelf = await createShelf(places);
  const scenarios = await createScenarioShelf({ ...places, profiles: shelf });
  onTestFinished(() => scenarios.close());
  const stage = await openStage({ shelf, scenarios });
  const { load, playback } = stage.world;
  onTestFinished(() => playback.player.close());
  return { ...stage, playback, load };
}
