// Profiles put on the shelf, taken off it, and read again from their folders.
import { Refusal } from '../base/refusal.ts';
import type { Reloaded, Shelf, ShelvedProfile } from '../shelf/shelf.ts';
import type { ActivationTable } from './activation-table.ts';
import { activationsOf } from './activations.ts';
import type { World } from './world-port.ts';

export interface PutProfile {
  readonly profile: ShelvedProfile;
  readonly created: boolean;
}

/** What was done, and how it is written down. */
export interface Shelved<Outcome> {
  readonly outcome: Outcome;
  readonly body: object;
  readonly result: object;
}

export async function putProfile(shelf: Shelf, name: string, text: string): Promise<Shelved<PutProfile>> {
  const put = await shelf.put(name, text);
  const result = { created: put.created, rules: put.profile.checked.length };
  return { outcome: put, body: { profile: name, chars: text.length }, result };
}

/** One in force anywhere stays: whoever plays with it would lose sight of it. */
export function deleteProfile(shelf: Shelf, tables: ReadonlyMap<World, ActivationTable>, name: string): Shelved<void> {
  for (const [other, table] of tables) {
    const activations = activationsOf(table, { name });
    if (activations.length > 0)
      throw new Refusal('conflict', `profile ${name} is in force as ${activations.join(', ')}; deactivate it first`, {
        world: other.name,
        activations,
      });
  }
  shelf.delete(name);
  return { outcome: undefined, body: { profile: name }, result: {} };
}

/** Reads the folders again; profiles deleted from memory that have a file come back. */
export async function reloadProfiles(shelf: Shelf): Promise<Shelved<Reloaded>> {
  const reloaded = await shelf.reload({ forgetDeleted: true });
  const result = { profiles: reloaded.profiles, mistakes: reloaded.mistakes.length };
  return { outcome: reloaded, body: {}, result };
}
