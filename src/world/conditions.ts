// The conditions that kinds meet in a world: those of the process, and what the world's own doors make of them.
import type { Doors } from '../director/doors-port.ts';
import type { Conditions, ProcessConditions } from '../faults/fault.ts';

export function conditionsOf(conditions: ProcessConditions, doors: () => Doors): Conditions {
  return {
    ...conditions,
    get doorless() {
      return doors().missing;
    },
    floodRoom: () => Math.min(conditions.floodRoom(), doors().room),
    notDark: () => doors().notDark,
  };
}
