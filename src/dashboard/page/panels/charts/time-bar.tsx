// Holds the charts still, and says which moment their numbers are of; by keyboard the slider moves the cursor of all of them.
import { timeOfDay } from '../../format.ts';
import { WORDS } from '../../words/charts.ts';
import type { Watching } from './shown.ts';

export function TimeBar({ watching }: { readonly watching: Watching }) {
  const { isPaused, pause, goOn } = watching;
  return (
    <div class="time-bar">
      <button type="button" class={isPaused.value ? 'primary' : ''} onClick={isPaused.value ? goOn : pause}>
        {isPaused.value ? WORDS.goOn : WORDS.pause}
      </button>
      <Moment watching={watching} />
      <p class="hint muted" role="status">
        {isPaused.value && WORDS.pausedHint}
      </p>
    </div>
  );
}

function Moment({ watching: { shown, lookedAt, row, isPaused } }: { readonly watching: Watching }) {
  const at = shown.value?.rows.at;
  if (!at) return null;
  const newest = at.length - 1;
  const words = timeOfDay((at[row.value] ?? 0) * 1000);
  const isNewest = lookedAt.value === null;
  return (
    <>
      <label class="moment">
        <span>{WORDS.lookAt}</span>
        <input
          type="range"
          min={0}
          max={newest}
          value={row.value}
          aria-valuetext={words}
          onInput={({ currentTarget: { valueAsNumber } }) => {
            lookedAt.value = valueAsNumber >= newest ? null : (at[valueAsNumber] ?? null);
          }}
        />
      </label>
      <p class="at">
        <time>{words}</time> {isNewest && <span class="muted">{isPaused.value ? WORDS.paused : WORDS.now}</span>}
      </p>
      <button
        type="button"
        class="quiet"
        disabled={isNewest}
        onClick={() => {
          lookedAt.value = null;
        }}
      >
        {WORDS.backToNow}
      </button>
    </>
  );
}
