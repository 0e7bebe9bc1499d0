// Capacity and crowd of a scenario's cues: each laid over the one before it, so that every cue gives them whole.
import type { z } from 'zod';
import { mistakesOf, readPath } from '../base/mistake.ts';
import { type CapacitySettings, capacitySettings } from '../capacity/settings.ts';
import { type CrowdSettings, crowdSettings } from '../crowd/settings.ts';

type Written = Readonly<Record<string, unknown>>;
type Complain = (cue: number, mistake: { readonly path: readonly PropertyKey[]; readonly message: string }) => void;

/** Called once a cue, in file order; null stays null, and what comes after it begins anew. */
export interface LoadReader {
  capacity(cue: number, written: Written | null): CapacitySettings | null;
  crowd(cue: number, written: Written | null): CrowdSettings | null;
}

export function readLoadCues(complain: Complain): LoadReader {
  return {
    capacity: layered('capacity', capacitySettings, complain),
    crowd: layered('crowd', crowdSettings, complain),
  };
}

function layered<Settings>(field: string, schema: z.ZodType<Settings>, complain: Complain) {
  let above: Written = {};
  return (cue: number, written: Written | null): Settings | null => {
    above = written === null ? {} : { ...above, ...written };
    if (written === null) return null;
    const read = schema.safeParse(above, { reportInput: true });
    if (read.success) return read.data;
    for (const { path, message } of mistakesOf(read.error, schema))
      complain(cue, { path: [field, ...readPath(path)], message });
    return null;
  };
}
