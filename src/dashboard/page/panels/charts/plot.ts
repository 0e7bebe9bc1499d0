// One chart on its canvas: axes, lines, the bands of faults behind them, and the cursor that all charts have in common.
import uPlot from 'uplot';
import { KEPT_S } from '../../live/kept.ts';
import type { Chart } from './chart-list.ts';
import type { Colours } from './colours.ts';
import type { FaultBand } from './fault-bands.ts';
import { COUNT_STEPS, rangeOf } from './scales.ts';

export interface Look {
  colours(): Colours;
  bands(): readonly FaultBand[];
}

/** In the size of the root's font. */
const AXIS_FONT_EM = 0.75;
const Y_WIDTH_EM = 3.6;
const X_HEIGHT_EM = 1.65;
/** CSS pixels; a band of one second is seen too. */
const MIN_BAND_WIDTH = 3;
const TAG_HEIGHT = 14;
/** Bands that begin at the same time have their numbers one below the other. */
const TAG_ROWS = 4;

const HOUR_MINUTE = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

export interface Size {
  readonly width: number;
  readonly height: number;
}

export function plotOptions(chart: Chart, look: Look, size: Size): uPlot.Options {
  const { colours } = look;
  return {
    ...size,
    padding: [8, 8, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 }, bind: NO_HANDLERS },
    scales: {
      x: { time: true, range: (_plot, _min, max) => [max - KEPT_S, max] },
      y: {
        distr: chart.scale === 'latency' ? 3 : 1,
        range: (_plot, min, max) => rangeOf(chart.scale, min, max),
      },
    },
    series: [
      {},
      ...chart.lines.map(({ name, colour, dash }) => ({
        label: name,
        stroke: () => colours().series[colour],
        width: 2,
        points: { show: true, filter: isolated, size: 4, fill: () => colours().series[colour] },
        ...(dash && { dash: [...dash] }),
      })),
    ],
    axes: axesOf(chart, colours),
    hooks: { drawClear: [(plot) => drawBands(plot, look)], draw: [(plot) => drawTags(plot, look)] },
  };
}

/** The cursor follows what is looked at, which a pointer on any chart, or the slider, has set. */
const NO_HANDLERS: uPlot.Cursor.Bind = {
  mousedown: () => null,
  mouseup: () => null,
  click: () => null,
  dblclick: () => null,
  mousemove: () => null,
  mouseleave: () => null,
  mouseenter: () => null,
};

function axesOf({ scale, words }: Chart, colours: Look['colours']): uPlot.Axis[] {
  const emPx = rootFontPx();
  const common = {
    stroke: () => colours().muted,
    grid: { stroke: () => colours().line, width: 1 },
    ticks: { show: false },
    font: `${AXIS_FONT_EM * emPx}px system-ui, sans-serif`,
  };
  return [
    {
      ...common,
      size: X_HEIGHT_EM * emPx,
      space: 2.75 * emPx,
      incrs: [60, 120],
      values: (_plot, splits) => splits.map((at) => HOUR_MINUTE.format(at * 1000)),
    },
    {
      ...common,
      size: Y_WIDTH_EM * emPx,
      space: 1.75 * emPx,
      ...(scale === 'latency' ? { grid: { ...common.grid, filter: powersOfTen } } : {}),
      ...(scale === 'from-zero' || scale === 'near' ? { incrs: COUNT_STEPS } : {}),
      ...(scale === 'share' ? { incrs: [0.25, 0.5] } : {}),
      values: (_plot, splits) => splits.map((value) => (value === null ? '' : tickWords(scale, value, words))),
    },
  ];
}

const powersOfTen: uPlot.Axis.Filter = (_plot, splits) =>
  splits.map((value) => (Number.isInteger(Math.log10(value)) ? value : null));

/** On a logarithmic axis `10.0 s` says no more than `10 s`. */
const tickWords = (scale: Chart['scale'], value: number, words: Chart['words']): string =>
  scale === 'latency' ? (value < 1000 ? `${value} ms` : `${value / 1000} s`) : words(value);

/** A second between two gaps would have no line. */
const isolated = (plot: uPlot, series: number): number[] => {
  const values = plot.data[series] ?? [];
  const alone: number[] = [];
  for (let at = 0; at < values.length; at++)
    if (values[at] != null && values[at - 1] == null && values[at + 1] == null) alone.push(at);
  return alone;
};

/** Behind the lines. */
function drawBands(plot: uPlot, { bands, colours }: Look): void {
  const { ctx, bbox } = plot;
  const { band, hot } = colours();
  within(plot, () => {
    for (const { from, to } of bands()) {
      const left = Math.max(bbox.left, plot.valToPos(from, 'x', true));
      const width = Math.max(MIN_BAND_WIDTH * uPlot.pxRatio, plot.valToPos(to, 'x', true) - left);
      ctx.fillStyle = band;
      ctx.fillRect(left, bbox.top, width, bbox.height);
      ctx.fillStyle = hot;
      ctx.fillRect(left, bbox.top, uPlot.pxRatio, bbox.height);
    }
  });
}

/** The number of a band at its beginning, before the lines. */
function drawTags(plot: uPlot, { bands, colours }: Look): void {
  const { ctx, bbox } = plot;
  const ratio = (uPlot.pxRatio * rootFontPx()) / 16;
  const { hot, surface } = colours();
  within(plot, () => {
    ctx.font = `bold ${11 * ratio}px system-ui, sans-serif`;
    ctx.textBaseline = 'top';
    ctx.textAlign = 'left';
    for (const { number, from } of bands()) {
      const left = Math.max(bbox.left, plot.valToPos(from, 'x', true));
      const top = bbox.top + ((number - 1) % TAG_ROWS) * TAG_HEIGHT * ratio;
      ctx.fillStyle = hot;
      ctx.fillRect(left, top, ctx.measureText(String(number)).width + 6 * ratio, TAG_HEIGHT * ratio);
      ctx.fillStyle = surface;
      ctx.fillText(String(number), left + 3 * ratio, top + 2 * ratio);
    }
  });
}

/** Nothing is drawn beyond the axes. */
function within({ ctx, bbox }: uPlot, draw: () => void): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  draw();
  ctx.restore();
}

/** Larger on a projector, as everything is. */
const rootFontPx = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
