// Rehearsals of a process: where their records are kept, what they may call, and how this server itself is watched.
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { packageVersion } from '../base/package.ts';
import type { Config } from '../config.ts';
import type { Director } from '../director/director.ts';
import { Rehearsals, type RehearsalsOptions } from '../rehearsal/rehearsals.ts';
import type { Thresholds } from '../scorecard/thresholds.ts';
import { watchEventLoop } from '../telemetry/event-loop-lag.ts';
import type { Log } from '../telemetry/log.ts';
import { Outbound } from '../web/outbound.ts';
import type { WorldRegistry } from '../world/worlds.ts';
import { StartError } from './start-error.ts';

const HOSTS_SETTING = 'SHOWSTOPPER_PROBE_HOSTS';
/** Of an id, so that two of one second differ. */
const RANDOM_BYTES = 4;

interface Parts {
  readonly worlds: WorldRegistry;
  readonly director: Director;
  readonly clock: Clock;
  readonly thresholds: Thresholds;
  readonly log: Log;
  failed(error: unknown): void;
}

/** Throws a StartError that names the folder where it cannot be had; one that can only be read is logged. */
export function openRehearsals({ dataDir: folder, probeHosts: hosts }: Config, { log, ...parts }: Parts): Rehearsals {
  if (folder !== undefined) {
    makeFolder(folder);
    const why = whyUnwritable(folder);
    if (why !== undefined)
      log.warn(
        { folder, why },
        'SHOWSTOPPER_DATA_DIR can only be read: no rehearsal can begin until it can be written',
      );
  }
  return new Rehearsals({
    ...parts,
    folder,
    version: packageVersion(),
    outbound: new Outbound({ clock: parts.clock, hosts, setting: HOSTS_SETTING }),
    watchVitals,
    randomHex: () => randomBytes(RANDOM_BYTES).toString('hex'),
  });
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new StartError(
      `SHOWSTOPPER_DATA_DIR must be a folder, or can be made one, got ${JSON.stringify(folder)}: ${messageOf(error)}`,
    );
  }
}

/** By making a file there, which alone tells; undefined where one can be made. */
function whyUnwritable(folder: string): string | undefined {
  const probe = join(folder, `.writable-${randomBytes(RANDOM_BYTES).toString('hex')}`);
  try {
    writeFileSync(probe, '', { flag: 'wx' });
    rmSync(probe);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const watchVitals: RehearsalsOptions['watchVitals'] = () => {
  const loop = watchEventLoop();
  return {
    lagMs: () => (loop.samples().find(({ labels }) => labels?.quantile === 0.99)?.value ?? 0) * 1000,
    memoryBytes: () => process.memoryUsage.rss(),
    stop: () => loop.stop(),
  };
};
