// Capacity and crowd of a scenario's cues: each laid over the one before it, so that every cue gives them whole.
import type { z } from 'zod';
import { mistakesOf, readPath } from '../base/mistake.ts';
import { unknownName } from '../base/unknown-name.ts';
import { type CapacitySettings, capacitySettings } from '../capacity/settings.ts';
import { type CrowdSettings, crowdSettings } from '../crowd/settings.ts';
import type { KnownNames } from '../faults/known-names.ts';

type Written = Readonly<Record<string, unknown>>;
type Complain = (cue: number, mistake: { readonly path: readonly PropertyKey[]; readonly message: string }) => void;

/** Called once a cue, in file order; null stays null, and what comes after it begins anew. */
export interface LoadReader {
  capacity(cue: number, written: Written | null): CapacitySettings | null;
  crowd(cue: number, written: Written | null): CrowdSettings | null;
}

export function readLoadCues(complain: Complain, known: Pick<KnownNames, 'operations'>): LoadReader {
  const capacity = layered('capacity', capacitySettings, complain);
  return {
    capacity: (cue, written) => {
      const settings = capacity(cue, written);
      const named = Object.keys(settings?.serviceTime.byOperation ?? {});
      for (const name of named.filter((one) => !known.operations.includes(one)))
        complain(cue, {
          path: ['capacity', 'serviceTime', 'byOperation', name],
          message: unknownName('operation', name, known.operations),
        });
      return settings;
    },
    crowd: layered('crowd', crowdSettings, complain),
  };
}

function layered<Settings>(field: string, schema: z.ZodType<Settings>, complain: Complain) {
  let above: Written = {};
  return (cue: number, written: Written | null): Settings | null => {
    if (written === null) {
      above = {};
      return null;
    }
    const whole = { ...above, ...written };
    const read = schema.safeParse(whole, { reportInput: true });
    if (read.success) {
      above = whole;
      return read.data;
    }
    const mistakes = mistakesOf(read.error, schema);
    for (const { path, message } of mistakes) complain(cue, { path: [field, ...readPath(path)], message });
    const wrong = new Set(mistakes.map(({ path }) => String(readPath(path)[0])));
    above = Object.fromEntries(Object.entries(whole).filter(([name]) => !wrong.has(name))); // told here, and not of every cue below
    return null;
  };
}
