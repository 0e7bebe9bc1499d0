// Reads a section again when its files change: told by the system, or found by looking every few seconds.
import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import type { Cancel, Clock } from '../base/clock.ts';
import { folderStamp, type Section } from './folder.ts';

/** Several events of one save become one reading. */
export const SETTLE_MS = 150;
/** Bind mounts of containers often tell nothing, so the files are looked at as well. */
export const LOOK_EVERY_MS = 2000;

interface WatchOptions {
  /** `faults` folders. */
  readonly folders: readonly string[];
  readonly section: Section;
  readonly clock: Clock;
  /** Called when something changed, never while an earlier call is running. */
  changed(): Promise<void>;
  failed(error: unknown): void;
}

/** Starts from the files as they are now; returns how to stop. */
export async function watchFolders({ folders, section, clock, changed, failed }: WatchOptions): Promise<Cancel> {
  const stampNow = async (): Promise<string> =>
    (await Promise.all(folders.map((folder) => folderStamp(folder, section)))).join('\n\n');
  let stamp = await stampNow();
  let looking = false;
  let stopped = false;
  const look = async (): Promise<void> => {
    if (looking || stopped) return;
    looking = true;
    try {
      const seen = await stampNow();
      if (seen !== stamp && !stopped) {
        stamp = seen;
        await changed();
      }
    } catch (error) {
      failed(error);
    } finally {
      looking = false;
    }
  };
  let settle: Cancel = () => {};
  const soon = (): void => {
    settle();
    if (!stopped) settle = clock.after(SETTLE_MS, () => void look());
  };
  const watchers = folders.map((folder) => watchOne(join(folder, section.folder), soon));
  const stopLooking = clock.every(LOOK_EVERY_MS, () => void look());
  return () => {
    stopped = true;
    settle();
    stopLooking();
    for (const watcher of watchers) watcher?.close();
  };
}

/** Undefined where the system cannot watch, or the folder is not there yet: then looking has to do. */
function watchOne(folder: string, changed: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, changed);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
