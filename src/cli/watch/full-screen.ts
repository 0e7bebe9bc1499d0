// The terminal as one screen: on a page of its own, without a cursor, drawn over in place, and left as it was found.
import { styleText } from 'node:util';
import type { Paint, Tone } from './cells.ts';
import type { Size } from './screen.ts';

/** Of `process.stdout`, what is used. */
export interface Terminal {
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
  on(event: 'resize', then: () => void): unknown;
  off(event: 'resize', then: () => void): unknown;
}

const SMALLEST: Size = { columns: 20, rows: 5 };
const USUAL: Size = { columns: 80, rows: 24 };

/** The other page of the terminal, no cursor, no wrapping of lines. */
const ENTER = '\u001B[?1049h\u001B[?25l\u001B[?7l';
const LEAVE = '\u001B[?7h\u001B[?25h\u001B[?1049l';
const HOME = '\u001B[H';
const CLEAR_LINE = '\u001B[K';
const CLEAR_BELOW = '\u001B[J';

export class FullScreen {
  readonly #terminal: Terminal;
  readonly #draw: (size: Size) => readonly string[];
  readonly #redraw = (): void => this.show();
  #isOpen = false;

  /** `draw` is asked for as many lines as there are rows, none wider than the columns. */
  constructor(terminal: Terminal, draw: (size: Size) => readonly string[]) {
    this.#terminal = terminal;
    this.#draw = draw;
  }

  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#terminal.write(ENTER);
    this.#terminal.on('resize', this.#redraw);
  }

  show(): void {
    if (!this.#isOpen) return;
    const { columns = USUAL.columns, rows = USUAL.rows } = this.#terminal;
    const size = { columns: Math.max(columns, SMALLEST.columns), rows: Math.max(rows, SMALLEST.rows) };
    const lines = this.#draw(size).slice(0, size.rows);
    this.#terminal.write(`${HOME}${lines.join(`${CLEAR_LINE}\r\n`)}${CLEAR_LINE}${CLEAR_BELOW}`);
  }

  /** The page and the cursor from before; harmless when called twice. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#terminal.off('resize', this.#redraw);
    this.#terminal.write(LEAVE);
  }
}

const STYLES: Readonly<Record<Exclude<Tone, 'plain'>, Parameters<typeof styleText>[0]>> = {
  head: 'bold',
  quiet: 'dim',
  good: 'green',
  warn: 'yellow',
  bad: 'red',
};

/** Not with NO_COLOR, nor on a terminal that has no colours: Node knows both of a stream. */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  if (!stream.isTTY || !stream.hasColors()) return (text) => text;
  return (text, tone) => (tone === 'plain' ? text : styleText(STYLES[tone], text, { validateStream: false }));
}
