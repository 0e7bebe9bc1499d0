// What the stream has told of a world, as far as the page keeps it: five minutes of figures, the newest samples and moments.
import { computed, signal } from '@preact/signals';
import type { Action } from '../../../admin/contract/contract.ts';
import type { Playback } from '../../../admin/contract/playback.ts';
import type { State } from '../../../admin/contract/state.ts';
import type { History, Sample, Summary } from '../../../admin/contract/summary.ts';

/** Seconds of figures. */
export const KEPT_S = 300;
const MAX_SAMPLES = 200;
const MAX_MOMENTS = 100;

/** Something that somebody did, or a cue that was played. */
export interface Moment {
  readonly at: number;
  readonly what: 'action' | 'cue';
  readonly told: Action | CueTold;
}

export interface CueTold {
  readonly what: string;
  readonly at: string;
  readonly scenario: string;
  readonly storyTime: string;
  readonly storyMs: number;
  readonly cue: Playback['cue'];
  readonly message: string | null;
}

/** The oldest first. */
export const summaries = signal<readonly Summary[]>([]);
export const latest = computed<Summary | null>(() => summaries.value.at(-1) ?? null);
export const state = signal<State | null>(null);
/** The newest first. */
export const samples = signal<readonly Sample[]>([]);
export const moments = signal<readonly Moment[]>([]);
/** Counts up when a rehearsal of this world has changed. */
export const rehearsalChanges = signal(0);
/** What came that this page does not understand; null: nothing. */
export const garbage = signal<string | null>(null);

export function forgetWorld(): void {
  summaries.value = [];
  state.value = null;
  samples.value = [];
  moments.value = [];
  garbage.value = null;
}

/** What was known stays on show, greyed, until there is something newer. */
export function keepFailed(): void {
  rehearsalChanges.value++;
}

export function take(event: string, data: unknown): void {
  switch (event) {
    case 'history':
      takeHistory(data as History);
      return;
    case 'summary':
      takeSummary(data as Summary);
      return;
    case 'sample':
      samples.value = [data as Sample, ...samples.value].slice(0, MAX_SAMPLES);
      return;
    case 'state':
      state.value = data as State;
      return;
    case 'rehearsal':
      rehearsalChanges.value++;
      return;
    case 'action':
      keepMoment({ at: Date.parse((data as Action).at), what: 'action', told: data as Action });
      return;
    case 'cue':
      keepMoment({ at: Date.parse((data as CueTold).at), what: 'cue', told: data as CueTold });
      return;
  }
}

function takeHistory({ summaries: before }: History): void {
  const known = summaries.value;
  const since = before.at(-1)?.at ?? '';
  summaries.value = [...before, ...known.filter(({ at }) => at > since)].slice(-KEPT_S);
}

function takeSummary(summary: Summary): void {
  if (!Array.isArray(summary.rules) || summary.totals === undefined) {
    garbage.value = 'summary';
    return;
  }
  garbage.value = null;
  const isAnew = summary.startedAt !== latest.value?.startedAt || summary.totals.arrived < latest.value.totals.arrived;
  const since = Date.parse(summary.at) - KEPT_S * 1000;
  const before = isAnew ? [] : summaries.value.filter(({ at, seq }) => Date.parse(at) > since && seq < summary.seq);
  summaries.value = [...before, summary];
}

function keepMoment(moment: Moment): void {
  moments.value = [moment, ...moments.value].slice(0, MAX_MOMENTS);
}

/** What was done before the stream began, for somebody who comes late. */
export function takeActions(before: readonly Action[]): void {
  const known = new Set(moments.value.flatMap(({ what, told }) => (what === 'action' ? [(told as Action).id] : [])));
  const missed = before
    .filter(({ id }) => !known.has(id))
    .map((told): Moment => ({ at: Date.parse(told.at), what: 'action', told }));
  moments.value = [...moments.value, ...missed].sort((one, other) => other.at - one.at).slice(0, MAX_MOMENTS);
}
