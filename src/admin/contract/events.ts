// What a stream of events tells, by the name of the event.
import type { PlayEvent } from '../../scenarios/playback-state.ts';
import type { Action } from './contract.ts';
import type { EntryOfKind } from './entry.ts';
import type { CapacityAnswer, CrowdObserved } from './load.ts';
import type { RehearsalLine } from './rehearsal.ts';
import type { State } from './state.ts';
import type { History, Sample, Summary } from './summary.ts';

export interface EventData {
  /** It has ended. */
  exchange: EntryOfKind<'exchange'>;
  connection: EntryOfKind<'connection'>;
  /** What the box office said that happened. */
  event: EntryOfKind<'event'>;
  /** Events of the box office that were too many to be told one by one. */
  'events-left-out': { readonly count: number };
  action: Action;
  state: State;
  cue: Omit<PlayEvent, 'at'> & { readonly at: string };
  load: { readonly at: string; readonly capacity: CapacityAnswer['observed']; readonly crowd: CrowdObserved | null };
  rehearsal: RehearsalLine;
  /** With `view=summary` alone, as the two after it. */
  history: History;
  summary: Summary;
  sample: Sample;
}
