// What the charts show: the newest five minutes, at most once a second and never while nobody looks, or those of the moment of the pause.
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Summary } from '../../../../admin/contract/summary.ts';
import { summaries } from '../../live/kept.ts';
import { bandsAt, type FaultBand, faultBands } from './fault-bands.ts';
import { nearestRow, type Rows, rowsOf } from './rows.ts';

const MIN_BETWEEN_MS = 1000;

export interface Shown {
  readonly rows: Rows;
  readonly bands: readonly FaultBand[];
  readonly latest: Summary;
}

export interface Watching {
  /** Null: nothing was told yet. */
  readonly shown: ReadonlySignal<Shown | null>;
  readonly isPaused: ReadonlySignal<boolean>;
  /** The moment that is looked at on all charts, in epoch seconds; null: the newest. */
  readonly lookedAt: Signal<number | null>;
  /** Index of its row; -1 without rows. */
  readonly row: ReadonlySignal<number>;
  readonly bandsThen: ReadonlySignal<readonly FaultBand[]>;
  pause(): void;
  goOn(): void;
  stop(): void;
}

export function watchSummaries(): Watching {
  const known = signal<readonly Summary[]>(summaries.peek());
  const isPaused = signal(false);
  const lookedAt = signal<number | null>(null);
  const shown = computed(() => shownOf(known.value));
  const row = computed(() => rowAt(shown.value, lookedAt.value));
  const bandsThen = computed(() => {
    const at = shown.value?.rows.at[row.value];
    return at === undefined ? [] : bandsAt(shown.value?.bands ?? [], at);
  });
  const stop = slowly(() => {
    if (!isPaused.peek()) known.value = summaries.peek();
  });
  return {
    ...{ shown, isPaused, lookedAt, row, bandsThen, stop },
    pause() {
      isPaused.value = true;
    },
    goOn: () =>
      batch(() => {
        isPaused.value = false;
        lookedAt.value = null;
        known.value = summaries.peek();
      }),
  };
}

function shownOf(known: readonly Summary[]): Shown | null {
  const latest = known.at(-1);
  return latest ? { rows: rowsOf(known), bands: faultBands(known), latest } : null;
}

/** A moment that has left the five minutes is no longer looked at. */
function rowAt(shown: Shown | null, moment: number | null): number {
  if (!shown) return -1;
  const newest = shown.rows.at.length - 1;
  return moment === null || moment < (shown.rows.at[0] ?? 0) ? newest : nearestRow(shown.rows, moment);
}

/** Shows when something new was told: soon, but not sooner after the last time than may be, and when somebody sees it. */
function slowly(show: () => void): () => void {
  let shownAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const due = (): void => {
    timer = undefined;
    if (document.hidden) return;
    shownAt = Date.now();
    show();
  };
  const ask = (): void => {
    timer ??= setTimeout(due, Math.max(0, shownAt + MIN_BETWEEN_MS - Date.now()));
  };
  const ended = effect(() => {
    summaries.value;
    ask();
  });
  document.addEventListener('visibilitychange', ask);
  return () => {
    ended();
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', ask);
  };
}
