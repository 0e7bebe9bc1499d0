// The colours of the stylesheet as a canvas wants them, read anew when light turns to dark.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { SeriesColour } from './chart-list.ts';

export interface Colours {
  readonly series: Readonly<Record<SeriesColour, string>>;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly surface: string;
  readonly band: string;
  readonly hot: string;
}

/** As they are at `place`, until `stop` is called. */
export function watchColours(place: HTMLElement): { readonly colours: ReadonlySignal<Colours>; stop(): void } {
  const colours = signal(readColours(place));
  const readAnew = (): void => {
    colours.value = readColours(place);
  };
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', readAnew);
  const theme = new MutationObserver(readAnew);
  theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] });
  return {
    colours,
    stop() {
      dark.removeEventListener('change', readAnew);
      theme.disconnect();
    },
  };
}

/** A variable that holds `light-dark(…)` is a colour only once an element has it. */
function readColours(place: HTMLElement): Colours {
  const probe = document.createElement('span');
  probe.hidden = true;
  place.append(probe);
  const read = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const series = { 1: read('series-1'), 2: read('series-2'), 3: read('series-3'), 4: read('series-4') };
  const colours: Colours = {
    series: { ...series, 5: read('series-5') },
    text: read('text'),
    muted: read('muted'),
    line: read('line'),
    surface: read('surface'),
    band: read('band'),
    hot: read('hot'),
  };
  probe.remove();
  return colours;
}
