// What the stream has told of a world, as far as the page keeps it: five minutes of figures, the newest samples and moments.
import { computed, signal } from '@preact/signals';
import type { Action } from '../../../admin/contract/contract.ts';
import type { State } from '../../../admin/contract/state.ts';
import type { History, Sample, Summary } from '../../../admin/contract/summary.ts';
import type { CueTold, Moment } from './moment.ts';
import { SHAPES } from './shapes.ts';

/** Seconds of figures. */
export const KEPT_S = 300;
const MAX_SAMPLES = 200;
const MAX_MOMENTS = 100;

/** The oldest first. */
export const summaries = signal<readonly Summary[]>([]);
export const latest = computed<Summary | null>(() => summaries.value.at(-1) ?? null);
export const state = signal<State | null>(null);
/** The newest first. */
export const samples = signal<readonly Sample[]>([]);
export const moments = signal<readonly Moment[]>([]);
/** Counts up when a rehearsal of this world has changed. */
export const rehearsalChanges = signal(0);
/** Name of the event that came last in a form that this page does not understand; null: all is understood. */
export const garbage = signal<string | null>(null);

export function forgetWorld(): void {
  summaries.value = [];
  state.value = null;
  samples.value = [];
  moments.value = [];
  garbage.value = null;
}

/** The stream has broken, and what happened meanwhile is not known. */
export function rehearsalMayHaveChanged(): void {
  rehearsalChanges.value++;
}

/** False for what this page does not understand, of which nothing is kept. */
export function take(event: string, data: unknown): boolean {
  const isUnderstood = SHAPES.get(event)?.(data) ?? true;
  if (isUnderstood) keep(event, data);
  if (!isUnderstood) garbage.value = event;
  else if (garbage.peek() === event) garbage.value = null;
  return isUnderstood;
}

function keep(event: string, data: unknown): void {
  switch (event) {
    case 'history':
      takeHistory(data as History);
      return;
    case 'summary':
      takeSummary(data as Summary);
      return;
    case 'unreadable':
      keepUnreadable((data as { readonly event: string }).event);
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

/** What this page does not read need not be readable. */
function keepUnreadable(event: string): void {
  if (SHAPES.has(event)) garbage.value = event;
}

function takeHistory({ summaries: before }: History): void {
  const last = before.at(-1);
  if (last === undefined) return;
  const later = summaries.value.filter(({ at, startedAt }) => at > last.at && startedAt === last.startedAt);
  summaries.value = [...before, ...later].slice(-KEPT_S);
}

function takeSummary(summary: Summary): void {
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
    .filter((action) => SHAPES.get('action')?.(action) && !known.has(action.id))
    .map((told): Moment => ({ at: Date.parse(told.at), what: 'action', told }));
  moments.value = [...moments.value, ...missed].sort((one, other) => other.at - one.at).slice(0, MAX_MOMENTS);
}
