// A scenario as steps in time: its cues, the ends of their ttl, and its own end.
import type { ActivateCue, Cue } from './cue.ts';
import type { Scenario } from './scenario.ts';

export type Step =
  | { readonly does: 'cue'; readonly atMs: number; readonly cue: Cue }
  | { readonly does: 'lapse'; readonly atMs: number; readonly cue: ActivateCue }
  | { readonly does: 'end'; readonly atMs: number };

/** Of one moment, first what lapses, then cues as in the file, and the end last. */
const ORDER = { lapse: 0, cue: 1, end: 2 } as const;

export function timelineOf({ cues, endsMs }: Scenario): Step[] {
  const steps: Step[] = cues.map((cue) => ({ does: 'cue', atMs: cue.atMs, cue }));
  for (const cue of cues)
    if (cue.verb === 'activate' && cue.ttlMs !== null && cue.atMs + cue.ttlMs < endsMs)
      steps.push({ does: 'lapse', atMs: cue.atMs + cue.ttlMs, cue });
  steps.push({ does: 'end', atMs: endsMs });
  return steps.sort((a, b) => a.atMs - b.atMs || ORDER[a.does] - ORDER[b.does]);
}
