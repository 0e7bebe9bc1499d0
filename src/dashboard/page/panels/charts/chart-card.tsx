// One chart with its title, and its numbers as text: of the moment that is looked at, or the newest.
import { useComputed } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { WORDS } from '../../words/charts.ts';
import type { Chart, Line } from './chart-list.ts';
import { type Colours, watchColours } from './colours.ts';
import { plotOptions } from './plot.ts';
import type { Value } from './rows.ts';
import type { Watching } from './shown.ts';

interface ChartProps {
  readonly chart: Chart;
  readonly watching: Watching;
}

export function ChartCard({ chart, watching }: ChartProps) {
  const why = useComputed(() =>
    watching.shown.value ? (chart.emptyWhy?.(watching.shown.value.latest) ?? null) : null,
  );
  const id = `chart-${chart.title.replaceAll(' ', '-').toLowerCase()}`;
  return (
    <section class="card chart" aria-labelledby={id}>
      <h2 id={id}>{chart.title}</h2>
      {why.value === null ? (
        <>
          <Canvas chart={chart} watching={watching} />
          <Numbers chart={chart} watching={watching} />
        </>
      ) : (
        <p class="empty">{why}</p>
      )}
    </section>
  );
}

function Canvas({ chart, watching }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => (place.current ? drawIn(place.current, chart, watching) : undefined), [chart, watching]);
  return <div ref={place} class="canvas" role="img" aria-label={WORDS.drawn(chart.title)} />;
}

/** Draws whenever there is something new to show, and ends it all when the chart goes. */
function drawIn(place: HTMLElement, chart: Chart, { shown, lookedAt, row }: Watching): () => void {
  const { colours, stop } = watchColours(place);
  const look = { colours: (): Colours => colours.peek(), bands: () => shown.peek()?.bands ?? [] };
  const size = () => ({ width: place.clientWidth, height: place.clientHeight });
  const data = (): uPlot.AlignedData => {
    const rows = shown.peek()?.rows ?? { at: [], summaries: [] };
    return [[...rows.at], ...chart.lines.map((line) => line.values(rows))];
  };
  const plot = new uPlot(plotOptions(chart, look, size()), data(), place);
  const ends = [
    stop,
    shown.subscribe(() => plot.setData(data())),
    colours.subscribe(() => plot.redraw(false)),
    row.subscribe(() => showCursor(plot, lookedAt.peek() === null ? null : row.peek())),
    followPointer(plot, lookedAt),
  ];
  const resized = new ResizeObserver(() => plot.setSize(size()));
  resized.observe(place);
  return () => {
    for (const end of ends) end();
    resized.disconnect();
    plot.destroy();
  };
}

function showCursor(plot: uPlot, row: number | null): void {
  const at = row === null ? undefined : plot.data[0][row];
  plot.setCursor(at === undefined ? { left: -10, top: -10 } : { left: plot.valToPos(at, 'x'), top: 0 }, false);
}

function followPointer(plot: uPlot, lookedAt: Watching['lookedAt']): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  const look = (event: PointerEvent): void => {
    lookedAt.value = plot.data[0][plot.posToIdx(event.offsetX)] ?? null;
  };
  plot.over.addEventListener('pointermove', look, { signal });
  plot.over.addEventListener('pointerdown', look, { signal });
  plot.over.addEventListener(
    'pointerleave',
    ({ pointerType }) => {
      if (pointerType === 'mouse') lookedAt.value = null;
    },
    { signal },
  );
  return () => ended.abort();
}

function Numbers({ chart, watching: { shown, row } }: ChartProps) {
  const rows = shown.value?.rows;
  const summary = rows?.summaries[row.value];
  if (!rows) return null;
  return (
    <ul class="values">
      {chart.lines.map((line) => (
        <LineNumber key={line.name} line={line} values={line.values(rows)} at={row.value} words={chart.words} />
      ))}
      {chart.facts?.map(({ name, words }) => (
        <li key={name}>
          <span class="muted">{name}</span> <b class="number">{summary ? words(summary) : chart.words(null)}</b>
        </li>
      ))}
    </ul>
  );
}

interface LineNumberProps {
  readonly line: Line;
  readonly values: readonly Value[];
  readonly at: number;
  words(value: Value): string;
}

function LineNumber({ line, values, at, words }: LineNumberProps) {
  const known = values.filter((value) => value !== null);
  return (
    <li>
      <i class={`swatch series-${line.colour} ${line.dash ? 'dashed' : ''}`} aria-hidden="true" />
      <span class="muted">{line.name}</span> <b class="number">{words(values[at] ?? null)}</b>
      {known.length > 0 && <span class="visually-hidden">, {WORDS.highest(words(Math.max(...known)))}</span>}
    </li>
  );
}
