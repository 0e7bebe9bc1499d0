// Capacity and crowd set from outside a story: what may be asked, and how it is written down.
import { MAX_MISTAKES } from '../base/mistake.ts';
import { unknownName } from '../base/unknown-name.ts';
import { type CapacitySettings, writtenCapacity } from '../capacity/settings.ts';
import { type CrowdSettings, writtenCrowd } from '../crowd/settings.ts';
import type { KnownNames } from '../faults/check.ts';
import type { Pace } from '../scenarios/scenario-port.ts';
import type { ActivationTable } from './activation-table.ts';
import { refuse } from './terms.ts';
import type { World } from './world-port.ts';

export interface CapacityRequest {
  /** Null turns it off. */
  readonly capacity: CapacitySettings | null;
  readonly by?: string | undefined;
}

export interface CrowdRequest {
  /** Null sends everybody away. */
  readonly crowd: CrowdSettings | null;
  /** Unset: the curve begins now, in real time, with the world's seed. */
  readonly pace?: Pace | undefined;
  readonly by?: string | undefined;
}

/** Its own time, beginning now. */
export const AT_ONCE: Pace = { speed: 1, seed: undefined, lateMs: 0 };

/** Gives what is to be written down. */
export function setCapacity(
  { load }: World,
  { guard }: Pick<ActivationTable, 'guard'>,
  { capacity, by }: CapacityRequest,
  known: KnownNames,
): object {
  const unknown = Object.keys(capacity?.serviceTime.byOperation ?? {}).filter(
    (name) => !known.operations.includes(name),
  );
  if (unknown.length > 0)
    throw refuse(
      unknown.slice(0, MAX_MISTAKES).map((name) => ({
        path: `serviceTime.byOperation.${name}`,
        message: unknownName('operation', name, known.operations),
      })),
      unknown.length,
    );
  if (capacity !== null) guard?.sweeping('capacity');
  load.setCapacity(capacity);
  return { capacity: capacity && writtenCapacity(capacity), ...(by !== undefined && { by }) };
}

/** Gives what is to be written down. */
export function setCrowd(
  { load }: World,
  { guard }: Pick<ActivationTable, 'guard'>,
  { crowd, pace = AT_ONCE, by }: CrowdRequest,
): object {
  if (crowd !== null) guard?.sweeping('crowd');
  load.setCrowd(crowd, pace);
  return { crowd: crowd && writtenCrowd(crowd), ...(by !== undefined && { by }) };
}
