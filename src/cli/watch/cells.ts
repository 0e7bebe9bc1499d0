// Text in the columns of a terminal: as wide as it is shown there, cut or filled to a width, and nothing in it that a terminal obeys.
import stringWidth from 'string-width';
import { harmless } from '../terminal.ts';

/** What a piece of a line is about, for those who see colours. */
export type Tone = 'plain' | 'head' | 'quiet' | 'good' | 'warn' | 'bad';

export interface Piece {
  readonly text: string;
  readonly tone: Tone;
}

export type Line = readonly Piece[];

/** Colours a piece; the text itself stays. */
export type Paint = (text: string, tone: Tone) => string;

export const piece = (text: string, tone: Tone = 'plain'): Piece => ({ text: oneLine(text), tone });

const PRINTABLE_ASCII = /^[\u0020-\u007e]*$/;
const LINE_BREAKS = /[\t\r\n]+/g;
const graphemes = new Intl.Segmenter();

const oneLine = (text: string): string => harmless(text.replace(LINE_BREAKS, ' '));

export const widthOf = (text: string): number => (PRINTABLE_ASCII.test(text) ? text.length : stringWidth(text));

/** The text, or as much of it as fits with `…` behind it. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += widthOf(segment);
    if (used > width - 1) break;
    kept += segment;
  }
  return width > 0 ? `${kept}…` : '';
}

/** Cut or filled to exactly this width. */
export function cell(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const shown = cut(oneLine(text), width);
  const fill = ' '.repeat(Math.max(0, width - widthOf(shown)));
  return align === 'left' ? shown + fill : fill + shown;
}

/** A line within the width, painted piece by piece. */
export function drawLine(line: Line, columns: number, paint: Paint): string {
  let room = columns;
  let drawn = '';
  for (const { text, tone } of line) {
    const shown = cut(text, room);
    room -= widthOf(shown);
    drawn += tone === 'plain' || shown.trim() === '' ? shown : paint(shown, tone);
    if (room <= 0) break;
  }
  return drawn.trimEnd();
}
