// The screen of a world that is watched, as lines: a pure function of what is known and how large the terminal is.
import type { Summary } from '../../admin/contract/summary.ts';
import { cell, drawLine, type Line, type Paint, piece, type Tone } from './cells.ts';
import { countWords, rateWords } from './figures.ts';
import { KEPT_S, type WatchModel } from './model.ts';
import { openColumns, rateColumns, rateNow } from './rates.ts';
import { layOut, type Section } from './section.ts';
import { sparkline } from './sparkline.ts';
import { clientsSection, eventsSection, faultsSection, rehearsalSections } from './tables.ts';
import { capacityWords, clockLine, figuresLine, storyLines, titleLine } from './top.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

const unpainted: Paint = (text) => text;

/** At most as many lines as rows, none wider than the columns. */
export function drawScreen(model: WatchModel, { columns, rows }: Size, paint: Paint = unpainted): string[] {
  return linesOf(model, { columns, rows })
    .slice(0, rows)
    .map((line) => drawLine(line, columns, paint));
}

function linesOf(model: WatchModel, { columns, rows }: Size): Line[] {
  const title = titleLine(model, columns);
  const now = model.summaries.at(-1);
  if (!now) return [title, ...layOut([eventsSection(model)], rows - 1)];
  const top: Line[] = [
    title,
    clockLine(model, now),
    ...storyLines(model, now, columns),
    figuresLine(now),
    ...ratesLines(model.summaries, now, columns),
  ];
  const sections: Section[] = [
    faultsSection(model, now, columns),
    ...rehearsalSections(now, columns),
    clientsSection(model.summaries, columns),
    eventsSection(model),
  ];
  return [...top, ...layOut(sections, rows - top.length)];
}

const NAME_WIDTH = 9;
const NUMBER_WIDTH = 8;
const GAPS = 2;
const MIN_COLUMNS = 10;
/** No column shows less than a second. */
const MAX_COLUMNS = KEPT_S;

const RATES = [
  ['offered', 'arrived', 'plain'],
  ['answered', 'answered', 'good'],
  ['failed', 'failed', 'bad'],
] as const satisfies readonly (readonly [string, keyof Summary['totals'], Tone])[];

/** Those of one unit share one scale, so that their heights can be compared. */
function ratesLines(summaries: readonly Summary[], now: Summary, columns: number): Line[] {
  const room = columns - NAME_WIDTH - NUMBER_WIDTH - GAPS;
  const count = Math.min(Math.max(room, MIN_COLUMNS), MAX_COLUMNS);
  const span = { count, spanS: KEPT_S };
  const drawn = RATES.map(([name, total, tone]) => ({
    name,
    tone,
    now: rateWords(rateNow(summaries, ({ totals }) => totals[total])),
    values: rateColumns(summaries, total, span),
  }));
  const top = Math.max(...drawn.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const open = openColumns(summaries, span);
  const line = (name: string, figure: string, bars: string, tone: Tone): Line => [
    piece(`${cell(name, NAME_WIDTH)} ${cell(figure, NUMBER_WIDTH, 'right')} `),
    piece(bars, tone),
  ];
  return [
    [piece(`last ${KEPT_S / 60} min, up to ${rateWords(top)}   `, 'head'), piece(capacityWords(now))],
    ...drawn.map(({ name, now: figure, values, tone }) => line(name, figure, sparkline(values, top), tone)),
    line('open', countWords(now.open), sparkline(open, Math.max(...open.map((value) => value ?? 0))), 'warn'),
  ];
}
